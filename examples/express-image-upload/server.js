// Images from a browser into S3, through Express 5. The bucket stays private: the page shows images
// by presigned URLs, and a browser may also send a file straight to the bucket by one.
//
// `createApp` takes what it needs as arguments; the last lines alone read the environment.

import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import {
  CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import express from 'express';
import multer, { MulterError } from 'multer';
import { page } from './page.js';

const IMAGE_BYTES_MAX = 5 * 1024 * 1024;
const IMAGES_PER_UPLOAD_MAX = 5;
const IMAGES_SHOWN_MAX = 60;
// Long enough to load the page, short enough that a copied link is of little use.
const URL_SECONDS = 300;
const FOLDER = 'images/';

// What a browser says of a file is a claim; its first bytes are not.
const KINDS = [
  { type: 'image/png', extension: 'png', starts: (it) => it.subarray(0, 8).toString('hex') === '89504e470d0a1a0a' },
  { type: 'image/jpeg', extension: 'jpg', starts: (it) => it.subarray(0, 3).toString('hex') === 'ffd8ff' },
  { type: 'image/gif', extension: 'gif', starts: (it) => /^GIF8[79]a$/.test(it.subarray(0, 6).toString('latin1')) },
  {
    type: 'image/webp',
    extension: 'webp',
    starts: (it) => it.subarray(0, 4).toString('latin1') === 'RIFF' && it.subarray(8, 12).toString('latin1') === 'WEBP',
  },
];

// The name in the bucket is ours: a name that a user chose can collide, lie or misbehave in a URL.
const newKey = (kind) => `${FOLDER}${randomUUID()}.${kind.extension}`;
const isOurKey = (key) => /^images\/[0-9a-f-]{36}\.(png|jpg|gif|webp)$/.test(key);

// `signer` presigns what browsers upload; see `clients` for why it isn't `s3`.
export function createApp({ s3, signer, bucket }) {
  const app = express();
  app.disable('x-powered-by');

  // In memory, because an image is small and its first bytes are looked at before it is sent on.
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: IMAGE_BYTES_MAX, files: IMAGES_PER_UPLOAD_MAX, fields: 0 },
  });

  const store = ({ buffer }, kind) => s3.send(new PutObjectCommand({
    Bucket: bucket,
    Key: newKey(kind),
    Body: buffer,
    ContentType: kind.type,
    // A key is never used twice, so a browser may keep the image for good.
    CacheControl: 'private, max-age=31536000, immutable',
  }));

  // Express 5 hands a rejected promise to the error handler: no try/catch in the routes.
  app.get('/', async (request, response) => {
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: FOLDER, MaxKeys: IMAGES_SHOWN_MAX }));
    const images = await Promise.all((listed.Contents ?? []).map(async ({ Key, Size }) => ({
      key: Key,
      size: Size,
      url: await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key }), { expiresIn: URL_SECONDS }),
    })));
    response.type('html').send(page(images, IMAGE_BYTES_MAX));
  });

  // 1. Through this server: the form sends the images here, and we put them into the bucket.
  app.post('/images', upload.array('images', IMAGES_PER_UPLOAD_MAX), async (request, response) => {
    const files = request.files.map((file) => ({ file, kind: KINDS.find((it) => it.starts(file.buffer)) }));
    if (files.length === 0) return response.status(400).send('Choose an image first.');
    if (files.some(({ kind }) => !kind)) return response.status(415).send('Only PNG, JPEG, GIF and WebP.');
    await Promise.all(files.map(({ file, kind }) => store(file, kind)));
    return response.redirect(303, '/');
  });

  // 2. Past this server: the browser asks for a URL and puts the image into the bucket itself.
  // The URL is for this one key, type and length; whoever has it can do nothing else.
  app.post('/upload-urls', express.json({ limit: '1kb' }), async (request, response) => {
    const { type, size } = request.body ?? {};
    const kind = KINDS.find((it) => it.type === type);
    if (!kind) return response.status(415).send('Only PNG, JPEG, GIF and WebP.');
    if (!Number.isInteger(size) || size < 1 || size > IMAGE_BYTES_MAX) return response.status(413).send('Too large.');
    const key = newKey(kind);
    const put = new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: kind.type, ContentLength: size });
    // The browser has to send exactly these headers: they are part of what is signed.
    const url = await getSignedUrl(signer, put, {
      expiresIn: 60,
      signableHeaders: new Set(['host', 'content-type', 'content-length']),
    });
    return response.json({ key, url, headers: { 'content-type': kind.type } });
  });

  app.get('/images/:name', async (request, response) => {
    const key = FOLDER + request.params.name;
    if (!isOurKey(key)) return response.status(404).send('No such image.');
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: URL_SECONDS });
    return response.redirect(302, url);
  });

  app.delete('/images/:name', async (request, response) => {
    const key = FOLDER + request.params.name;
    if (!isOurKey(key)) return response.status(404).send('No such image.');
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    return response.status(204).end();
  });

  // Four arguments make it an error handler, used or not.
  app.use((error, request, response, next) => { // eslint-disable-line no-unused-vars
    if (error instanceof MulterError) {
      return response.status(error.code === 'LIMIT_FILE_SIZE' ? 413 : 400).send(error.message);
    }
    if (error.status >= 400 && error.status < 500) return response.status(error.status).send(error.message);
    // What S3 said is for the log: a visitor could do nothing with it.
    console.error(error.name, error.message, error.$metadata?.requestId ?? '');
    return response.status(502).send('The image store is not available.');
  });

  return app;
}

// Key, secret, region and endpoint come from the AWS_ variables or from ~/.aws, never from the source.
// By default the SDK adds a checksum to every upload. In a URL it would be the checksum of an empty
// body, since nothing is known yet of the one that will be sent: the signer leaves it out.
export function clients() {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL } = process.env;
  const settings = {
    // The AWS CLI reads the one, this SDK by itself only the other.
    region: AWS_REGION ?? AWS_DEFAULT_REGION,
    // Onggi understands bucket names in the host too, but the name has to resolve then.
    forcePathStyle: Boolean(AWS_ENDPOINT_URL),
  };
  return {
    s3: new S3Client(settings),
    signer: new S3Client({ ...settings, requestChecksumCalculation: 'WHEN_REQUIRED' }),
  };
}

// Makes the bucket at the first start. On AWS you would have made it yourself.
export async function ensureBucket({ s3, bucket }) {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { S3_BUCKET: bucket, PORT = '3000' } = process.env;
  if (!bucket) {
    console.error('Set S3_BUCKET, and for Onggi AWS_ENDPOINT_URL; see README.md.');
    process.exit(1);
  }
  const { s3, signer } = clients();
  await ensureBucket({ s3, bucket });
  const server = createApp({ s3, signer, bucket }).listen(Number(PORT), '127.0.0.1', (error) => {
    if (error) throw error;
    console.log(`http://127.0.0.1:${server.address().port}`);
  });
}
