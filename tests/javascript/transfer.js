// One large file by the AWS SDK for JavaScript v3: `node transfer.js upload|download FILE BUCKET KEY`.
// Credentials, region and endpoint are the environment's.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const MIB = 1 << 20;
const ATTEMPTS = 10;
const [what, file, Bucket, Key] = process.argv.slice(2);
const s3 = new S3Client({ forcePathStyle: true, maxAttempts: ATTEMPTS });

async function upload() {
  // Part size and parts at a time are the library's: 5 MiB and four.
  await new Upload({ client: s3, params: { Bucket, Key, Body: createReadStream(file) } }).done();
}

// The SDK has no transfer manager for downloads: ranges, a few at a time, as its documentation shows.
async function download() {
  const { ContentLength: length, ETag: IfMatch } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const to = await open(file, 'w');
  const starts = Array.from({ length: Math.ceil(length / (8 * MIB)) }, (_, number) => number * 8 * MIB).values();
  const worker = async () => {
    for (const start of starts) await range(to, { Bucket, Key, IfMatch }, start, Math.min(start + 8 * MIB, length));
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await to.close();
}

// The SDK tries again until an answer has begun; what breaks behind that is the application's to repeat.
async function range(to, object, start, end) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const got = await s3.send(new GetObjectCommand({ ...object, Range: `bytes=${start}-${end - 1}` }));
      const bytes = await got.Body.transformToByteArray();
      if (bytes.length !== end - start) throw new Error(`${bytes.length} bytes of ${end - start}`);
      await to.write(bytes, 0, bytes.length, start);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((resume) => { setTimeout(resume, 100 * 2 ** attempt); });
    }
  }
}

await { upload, download }[what]();
