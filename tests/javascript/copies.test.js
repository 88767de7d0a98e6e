// Copies, parts that are copied, attributes, tags, conditions and bodies of nothing, by the AWS SDK for
// JavaScript v3. test_javascript.py starts the server and this file.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand,
  CreateMultipartUploadCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand,
  DeleteObjectTaggingCommand, GetObjectAttributesCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand,
  ListMultipartUploadsCommand, paginateListObjectsV2, paginateListParts, PutObjectCommand, PutObjectTaggingCommand,
  S3Client, UploadPartCommand, UploadPartCopyCommand,
} from '@aws-sdk/client-s3';

const MIB = 1 << 20;
const Bucket = 'javascript-copies';
const Other = 'javascript-copied';
const s3 = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
const sourceOf = (Key) => `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`;
const ago = (seconds) => new Date(Date.now() - 1000 * seconds);

before(async () => {
  for (const name of [Bucket, Other]) await s3.send(new CreateBucketCommand({ Bucket: name }));
});

after(async () => {
  for (const name of [Bucket, Other]) {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: name })) {
      const Objects = Contents.map(({ Key }) => ({ Key }));
      if (Objects.length) await s3.send(new DeleteObjectsCommand({ Bucket: name, Delete: { Objects } }));
    }
    await s3.send(new DeleteBucketCommand({ Bucket: name }));
  }
});

const fails = (name, status, command) => assert.rejects(s3.send(command), (error) => {
  assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status], String(error));
  return true;
});

test('a copy across buckets has metadata and tags, one onto itself changes something', async () => {
  const Key = '원본 +%2F.txt';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', Metadata: { a: '1' }, Tagging: 'kind=letter&to=you' }));
  const CopySource = sourceOf(Key);
  const { CopyObjectResult: copied } = await s3.send(new CopyObjectCommand({ Bucket: Other, Key: 'copies/한 글', CopySource }));
  assert.ok(copied.LastModified);
  const got = await s3.send(new GetObjectCommand({ Bucket: Other, Key: 'copies/한 글' }));
  assert.equal(await got.Body.transformToString(), 'hello');
  assert.deepEqual([got.Metadata, got.TagCount, got.ETag], [{ a: '1' }, 2, copied.ETag]);

  await fails('InvalidRequest', 400, new CopyObjectCommand({ Bucket, Key, CopySource }));
  const replace = { MetadataDirective: 'REPLACE', Metadata: { b: '2' }, TaggingDirective: 'REPLACE', Tagging: 'c=3' };
  await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...replace }));
  assert.deepEqual((await s3.send(new HeadObjectCommand({ Bucket, Key }))).Metadata, { b: '2' });
  const tags = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
  assert.deepEqual(tags.TagSet, [{ Key: 'c', Value: '3' }]);
  await fails('InvalidStorageClass', 400, new CopyObjectCommand({ Bucket: Other, Key, CopySource, StorageClass: 'GLACIER' }));
});

test('conditions of a copy\'s source and of its destination', async () => {
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'x' }));
  const copy = (conditions) => new CopyObjectCommand({ Bucket: Other, Key: 'conditional', CopySource: `${Bucket}/source`, ...conditions });
  for (const conditions of [
    { CopySourceIfMatch: ETag }, { CopySourceIfNoneMatch: '"x"' }, { CopySourceIfModifiedSince: ago(3600) },
    { CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: ago(3600) }, { IfMatch: ETag },
  ]) await s3.send(copy(conditions));
  for (const conditions of [
    { CopySourceIfMatch: '"x"' }, { CopySourceIfNoneMatch: ETag }, { CopySourceIfUnmodifiedSince: ago(3600) },
    { CopySourceIfNoneMatch: ETag, CopySourceIfModifiedSince: ago(3600) }, { IfMatch: '"x"' }, { IfNoneMatch: '*' },
  ]) await fails('PreconditionFailed', 412, copy(conditions));
});

test('ranges are copied into parts, on conditions, and attributes tell of them', async () => {
  const [first, second] = [randomBytes(5 * MIB), randomBytes(6 * MIB)];
  const { ETag: source } = await s3.send(new PutObjectCommand({ Bucket, Key: 'ranges', Body: second }));
  const of = { Bucket: Other, Key: 'of ranges' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...of, ChecksumAlgorithm: 'SHA256' }));
  const one = await s3.send(new UploadPartCommand({ ...of, UploadId, PartNumber: 1, Body: first, ChecksumAlgorithm: 'SHA256' }));
  const Parts = [{ PartNumber: 1, ETag: one.ETag, ChecksumSHA256: one.ChecksumSHA256 }];
  const part = { ...of, UploadId, CopySource: `${Bucket}/ranges` };
  await fails('PreconditionFailed', 412, new UploadPartCopyCommand({ ...part, PartNumber: 2, CopySourceIfNoneMatch: source }));
  for (const [PartNumber, CopySourceRange] of [[2, `bytes=0-${5 * MIB - 1}`], [3, `bytes=${5 * MIB}-${6 * MIB - 1}`]]) {
    const { CopyPartResult: { ETag, ChecksumSHA256 } } = await s3.send(
      new UploadPartCopyCommand({ ...part, PartNumber, CopySourceRange, CopySourceIfMatch: source }),
    );
    Parts.push({ PartNumber, ETag, ChecksumSHA256 });
  }
  const listed = [];
  for await (const { Parts: some, IsTruncated: more } of paginateListParts({ client: s3, pageSize: 2 }, { ...of, UploadId })) {
    listed.push(...some);
    // By itself it never ends, also on AWS: behind the last part the next marker is "0", and it begins again.
    if (!more) break;
  }
  assert.deepEqual(listed.map((it) => it.Size), [5 * MIB, 5 * MIB, MIB]);
  const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket: Other, Prefix: 'of ' }));
  assert.deepEqual(Uploads.map((it) => it.UploadId), [UploadId]);
  const done = await s3.send(new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload: { Parts } }));
  assert.match(done.ChecksumSHA256, /-3$/);
  const got = await s3.send(new GetObjectCommand(of));
  assert.ok(Buffer.concat([first, second]).equals(await buffer(got.Body)));
  const ObjectAttributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
  const about = await s3.send(new GetObjectAttributesCommand({ ...of, ObjectAttributes, MaxParts: 2 }));
  assert.deepEqual([about.ObjectSize, about.StorageClass, about.Checksum.ChecksumType], [11 * MIB, 'STANDARD', 'COMPOSITE']);
  const { TotalPartsCount, IsTruncated, Parts: told } = about.ObjectParts;
  assert.deepEqual([TotalPartsCount, IsTruncated], [3, true]);
  assert.deepEqual(told.map((it) => it.ChecksumSHA256), Parts.slice(0, 2).map((it) => it.ChecksumSHA256));
});

test('nothing: an object, a part, an upload that is given up', async () => {
  const nothing = `"${createHash('md5').digest('hex')}"`;
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'nothing', Body: '' }));
  assert.equal(ETag, nothing);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'nothing' }));
  assert.deepEqual([got.ContentLength, (await buffer(got.Body)).length], [0, 0]);
  await fails('InvalidRange', 416, new GetObjectCommand({ Bucket, Key: 'nothing', Range: 'bytes=0-0' }));
  const of = { Bucket, Key: 'nothing in parts' };
  const begin = async () => ({ ...of, UploadId: (await s3.send(new CreateMultipartUploadCommand(of))).UploadId });
  const upload = await begin();
  const part = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: '' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part.ETag }] };
  const done = await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
  assert.match(done.ETag, /-1"$/);
  assert.equal((await s3.send(new HeadObjectCommand(of))).ContentLength, 0);
  const copied = await s3.send(new CopyObjectCommand({ Bucket: Other, Key: 'nothing', CopySource: `${Bucket}/nothing` }));
  assert.equal(copied.CopyObjectResult.ETag, nothing);
  const other = await begin();
  await s3.send(new AbortMultipartUploadCommand(other));
  await fails('NoSuchUpload', 404, new UploadPartCommand({ ...other, PartNumber: 1, Body: '' }));
});

test('conditions of reads, writes and deletions', async () => {
  const of = { Bucket, Key: 'conditions' };
  const { ETag: first } = await s3.send(new PutObjectCommand({ ...of, Body: '1', IfNoneMatch: '*' }));
  const { ETag: second } = await s3.send(new PutObjectCommand({ ...of, Body: '2', IfMatch: first }));
  await fails('PreconditionFailed', 412, new PutObjectCommand({ ...of, Body: '3', IfMatch: first }));
  await fails('NoSuchKey', 404, new PutObjectCommand({ ...of, Key: 'none', Body: '3', IfMatch: first }));
  await fails('NotImplemented', 501, new PutObjectCommand({ ...of, Body: '3', IfNoneMatch: first }));
  for (const conditions of [{ IfNoneMatch: second }, { IfModifiedSince: new Date() }]) {
    await assert.rejects(s3.send(new GetObjectCommand({ ...of, ...conditions })), (error) => error.$metadata.httpStatusCode === 304);
  }
  await fails('PreconditionFailed', 412, new GetObjectCommand({ ...of, IfUnmodifiedSince: ago(3600) }));
  await s3.send(new HeadObjectCommand({ ...of, IfMatch: second, IfUnmodifiedSince: ago(3600) }));
  await s3.send(new HeadObjectCommand({ ...of, IfNoneMatch: first, IfModifiedSince: ago(3600) }));
  await fails('PreconditionFailed', 412, new DeleteObjectCommand({ ...of, IfMatch: first }));
  const Objects = [{ Key: 'conditions', ETag: first }, { Key: 'none', ETag: first }, { Key: 'conditions', ETag: second }];
  const told = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.deepEqual(told.Errors.map((it) => it.Code), ['PreconditionFailed', 'NoSuchKey']);
  assert.deepEqual(told.Deleted.map((it) => it.Key), ['conditions']);
});

test('tags come and go, storage classes but STANDARD are refused', async () => {
  const of = { Bucket, Key: 'tagged' };
  const TagSet = [{ Key: '색', Value: '파랑 +=' }];
  await s3.send(new PutObjectCommand({ ...of, Body: 'x', StorageClass: 'STANDARD' }));
  await s3.send(new PutObjectTaggingCommand({ ...of, Tagging: { TagSet } }));
  assert.deepEqual((await s3.send(new GetObjectTaggingCommand(of))).TagSet, TagSet);
  await s3.send(new DeleteObjectTaggingCommand(of));
  assert.deepEqual((await s3.send(new GetObjectTaggingCommand(of))).TagSet, []);
  for (const command of [PutObjectCommand, CreateMultipartUploadCommand]) {
    await fails('InvalidStorageClass', 400, new command({ ...of, StorageClass: 'STANDARD_IA' }));
  }
});
