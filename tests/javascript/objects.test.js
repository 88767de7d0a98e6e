// The AWS SDK for JavaScript v3 as an application uses it, checksums as they come by default.
// test_javascript.py starts the server and this file; the environment says where and with which key.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand,
  NoSuchKey, PutObjectCommand, S3Client, S3ServiceException, UploadPartCommand, CreateMultipartUploadCommand,
  CompleteMultipartUploadCommand, paginateListObjectsV2, waitUntilBucketExists,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const MIB = 1 << 20;
const Bucket = 'javascript';
// Credentials, region and endpoint are the environment's.
const s3 = new S3Client({ forcePathStyle: true, maxAttempts: 1 });

before(async () => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await waitUntilBucketExists({ client: s3, maxWaitTime: 20 }, { Bucket });
});

after(async () => {
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

// Notes the headers of the next request that a client sends.
function spy(client) {
  const seen = {};
  client.middlewareStack.add((next) => async (args) => {
    Object.assign(seen, args.request.headers);
    return next(args);
  }, { step: 'finalizeRequest', priority: 'low', name: 'spy', override: true });
  return seen;
}

test('a buffer, with the checksum that the SDK sends by default', async () => {
  const client = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
  const headers = spy(client);
  const body = randomBytes(100_000);
  const put = await client.send(new PutObjectCommand({ Bucket, Key: 'buffer', Body: body, ContentType: 'image/png' }));
  assert.equal(put.ETag, `"${createHash('md5').update(body).digest('hex')}"`);
  assert.ok(headers['x-amz-checksum-crc32'], 'CRC32 is the default');
  assert.equal(put.ChecksumCRC32, headers['x-amz-checksum-crc32']);
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'buffer' }));
  assert.equal(got.ContentType, 'image/png');
  assert.equal(got.ChecksumCRC32, put.ChecksumCRC32, 'the SDK asks for it and verifies it while reading');
  assert.ok(body.equals(await buffer(got.Body)));
});

test('a stream, in aws-chunks with the checksum in a trailer', async () => {
  const client = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
  const headers = spy(client);
  const body = randomBytes(3 * MIB + 7);
  const Body = Readable.from((function* pieces() {
    for (let at = 0; at < body.length; at += 50_000) yield body.subarray(at, at + 50_000);
  })());
  await client.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: body.length }));
  assert.equal(headers['x-amz-content-sha256'], 'STREAMING-UNSIGNED-PAYLOAD-TRAILER');
  assert.equal(headers['x-amz-trailer'], 'x-amz-checksum-crc32');
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
  assert.equal(got.ContentLength, body.length);
  assert.equal(got.ContentEncoding, undefined, 'aws-chunked is not kept');
  assert.ok(body.equals(await buffer(got.Body)));
});

for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
  test(`${algorithm} on request`, async () => {
    const Key = `checksum-${algorithm}`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ChecksumAlgorithm: algorithm }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.ok(head[`Checksum${algorithm}`]);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.equal(await got.Body.transformToString(), 'hello');
  });
}

// The SDK computes no others, but sends what it is given.
for (const [algorithm, hash] of [['SHA512', 'sha512'], ['MD5', 'md5']]) {
  test(`${algorithm} that is computed before`, async () => {
    const [Key, member] = [`checksum-${algorithm}`, `Checksum${algorithm}`];
    const sum = createHash(hash).update('hello').digest('base64');
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', [member]: sum }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.equal(head[member], sum);
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'other', [member]: sum })), { name: 'BadDigest' });
  });
}

test('lib-storage sends a large stream in parts', async () => {
  const body = randomBytes(17 * MIB);
  const upload = new Upload({
    client: s3,
    params: { Bucket, Key: 'parts', Body: Readable.from([body.subarray(0, 9 * MIB), body.subarray(9 * MIB)]), ContentType: 'video/mp4' },
    partSize: 5 * MIB,
    queueSize: 3,
  });
  const done = await upload.done();
  assert.match(done.ETag, /-4"$/);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts' }));
  assert.equal(got.ContentType, 'video/mp4');
  assert.ok(body.equals(await buffer(got.Body)));
  const range = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts', Range: `bytes=${5 * MIB - 1}-${5 * MIB}` }));
  assert.ok(body.subarray(5 * MIB - 1, 5 * MIB + 1).equals(await buffer(range.Body)));
});

test('parts by hand, with checksums', async () => {
  const Key = 'by-hand';
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32' }));
  const Parts = [];
  for (const [index, Body] of [randomBytes(5 * MIB), randomBytes(10)].entries()) {
    const part = { Bucket, Key, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm: 'CRC32' };
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand(part));
    assert.ok(ChecksumCRC32);
    Parts.push({ PartNumber: index + 1, ETag, ChecksumCRC32 });
  }
  const done = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  assert.match(done.ChecksumCRC32, /-2$/);
});

test('listing: pages, folders, awkward keys', async () => {
  const keys = ['list/a b+c', 'list/한글.txt', 'list/deep/1', 'list/deep/2', 'list/<&>', 'list/z'];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const seen = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Prefix: 'list/' })) {
    assert.ok(page.KeyCount <= 2);
    seen.push(...(page.Contents ?? []).map((it) => it.Key));
  }
  const inOrder = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  assert.deepEqual(seen, keys.toSorted(inOrder));
  const folders = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: 'list/', Delimiter: '/' })) {
    folders.push(...(page.CommonPrefixes ?? []).map((it) => it.Prefix));
  }
  assert.deepEqual(folders, ['list/deep/']);
});

test('presigned URLs for a browser', async () => {
  const Key = 'presigned 사진.png';
  const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentType: 'image/png' }), { expiresIn: 60 });
  const sent = await fetch(put, { method: 'PUT', body: 'png', headers: { 'content-type': 'image/png' } });
  assert.equal(sent.status, 200, await sent.text());
  const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 });
  const got = await fetch(get);
  assert.equal(got.headers.get('content-type'), 'image/png');
  assert.equal(await got.text(), 'png');
  assert.equal((await fetch(get.replace('.png', '.jpg'))).status, 403, 'it is for one object');
});

test('errors are the SDK\'s classes', async () => {
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key: 'missing' })), (error) => {
    assert.ok(error instanceof NoSuchKey);
    assert.equal(error.$metadata.httpStatusCode, 404);
    assert.ok(error.$metadata.requestId);
    return true;
  });
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key: 'missing' })), { name: 'NotFound' });
  await assert.rejects(
    s3.send(new PutObjectCommand({ Bucket, Key: 'buffer', Body: '', IfNoneMatch: '*' })),
    (error) => error instanceof S3ServiceException && error.name === 'PreconditionFailed',
  );
});

test('virtual-host style', async () => {
  const { port } = new URL(process.env.AWS_ENDPOINT_URL);
  const client = new S3Client({ endpoint: `http://localhost:${port}`, maxAttempts: 1 });
  // Not every resolver knows that *.localhost is this machine: connect there, keep the Host.
  client.middlewareStack.add((next) => async (args) => {
    args.request.headers.host = `${args.request.hostname}:${port}`;
    args.request.hostname = '127.0.0.1';
    return next(args);
  }, { step: 'finalizeRequest', priority: 'low', name: 'to this machine' });
  const headers = spy(client);
  await client.send(new PutObjectCommand({ Bucket, Key: 'by-host', Body: 'x' }));
  assert.equal(headers.host, `${Bucket}.localhost:${port}`);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'by-host' }));
  assert.equal(await got.Body.transformToString(), 'x');
});
