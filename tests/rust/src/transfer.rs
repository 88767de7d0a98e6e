//! Moves one large object in parts, eight at a time: `transfer upload|download BUCKET KEY FILE`.
//!
//! The SDK for Rust has no transfer manager yet but one in preview, so this is what its guide shows: parts
//! of a file by `ByteStream::read_from`, ranges by GetObject. Everything is as it comes but the retries:
//! ten attempts instead of three, and no quota of them, as one sets for a server that restarts. A body
//! that breaks off is no request that failed: the SDK leaves it to its user to ask again, as here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::{RetryPartition, TokenBucket};
use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const PART_BYTES: u64 = 8 << 20;
const AT_A_TIME: usize = 8;
/// How often a range is asked for whose body breaks off.
const BODIES_MAX: usize = 3;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [direction, bucket, key, path] = &words[..] else { return Err("four words".into()) };
    let settings: SdkConfig = aws_config::defaults(BehaviorVersion::latest())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::standard().with_max_attempts(10))
        .load()
        .await;
    let config = aws_sdk_s3::config::Builder::from(&settings).retry_partition(
        RetryPartition::custom("unlimited").token_bucket(TokenBucket::unlimited()).build(),
    );
    let object = Arc::new(Object {
        s3: Client::from_conf(config.build()),
        bucket: bucket.clone(),
        key: key.clone(),
        path: path.into(),
    });
    match direction.as_str() {
        "upload" => upload(object).await,
        "download" => download(object).await,
        other => Err(format!("what is {other}?").into()),
    }
}

struct Object {
    s3: Client,
    bucket: String,
    key: String,
    path: PathBuf,
}

async fn upload(it: Arc<Object>) -> Outcome {
    let size = tokio::fs::metadata(&it.path).await?.len();
    let create = it.s3.create_multipart_upload().bucket(&it.bucket).key(&it.key);
    let created = create.checksum_algorithm(ChecksumAlgorithm::Crc32).send().await?;
    let id: Arc<str> = created.upload_id().ok_or("no upload id")?.into();
    let parts = in_parts(size, {
        let (it, id) = (it.clone(), id.clone());
        move |number, from, length| {
            let (it, id) = (it.clone(), id.clone());
            async move { it.send_part(&id, number, from, length).await }
        }
    });
    let all = CompletedMultipartUpload::builder().set_parts(Some(parts.await?)).build();
    let complete = it.s3.complete_multipart_upload().bucket(&it.bucket).key(&it.key);
    complete.upload_id(&*id).multipart_upload(all).send().await?;
    Ok(())
}

async fn download(it: Arc<Object>) -> Outcome {
    let head = it.s3.head_object().bucket(&it.bucket).key(&it.key).send().await?;
    let size = head.content_length().ok_or("no length")?.try_into()?;
    tokio::fs::File::create(&it.path).await?.set_len(size).await?;
    in_parts(size, move |_, from, length| {
        let it = it.clone();
        async move { it.fetch(from, length).await }
    })
    .await?;
    Ok(())
}

impl Object {
    async fn send_part(
        &self,
        id: &str,
        number: i32,
        from: u64,
        length: u64,
    ) -> Outcome<CompletedPart> {
        let body =
            ByteStream::read_from().path(&self.path).offset(from).length(Length::Exact(length));
        let part = self.s3.upload_part().bucket(&self.bucket).key(&self.key).upload_id(id);
        let done = part.part_number(number).body(body.build().await?).send().await?;
        let part = CompletedPart::builder().part_number(number).set_e_tag(done.e_tag);
        Ok(part.set_checksum_crc32(done.checksum_crc32).build())
    }

    async fn fetch(&self, from: u64, length: u64) -> Outcome {
        let range = format!("bytes={from}-{}", from + length - 1);
        let mut bodies = 0;
        let bytes = loop {
            let get = self.s3.get_object().bucket(&self.bucket).key(&self.key).range(&range);
            bodies += 1;
            match get.send().await?.body.collect().await {
                Ok(bytes) => break bytes.into_bytes(),
                Err(error) if bodies == BODIES_MAX => return Err(error.into()),
                Err(_) => {}
            }
        };
        write_at(&self.path, from, &bytes).await
    }
}

async fn write_at(path: &Path, from: u64, bytes: &[u8]) -> Outcome {
    let mut file = tokio::fs::OpenOptions::new().write(true).open(path).await?;
    file.seek(std::io::SeekFrom::Start(from)).await?;
    file.write_all(bytes).await?;
    Ok(file.flush().await?)
}

/// Does `work(number, from, length)` for every part of `size` bytes; gives what each gave, in order.
async fn in_parts<T, F>(size: u64, work: impl Fn(i32, u64, u64) -> F) -> Outcome<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = Outcome<T>> + Send + 'static,
{
    let permits = Arc::new(Semaphore::new(AT_A_TIME));
    let mut running = JoinSet::new();
    for (number, from) in (1..).zip((0..size).step_by(PART_BYTES as usize)) {
        let permit = permits.clone().acquire_owned().await?;
        let part = work(number, from, PART_BYTES.min(size - from));
        running.spawn(async move {
            let done = part.await;
            drop(permit);
            done.map(|it| (number, it))
        });
    }
    let mut done = Vec::new();
    while let Some(it) = running.join_next().await {
        done.push(it??);
    }
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, it)| it).collect())
}
