//! OptionsObject: a browser asks whether a page of another origin may make a request. And what the
//! answers to such requests say. Nobody is authenticated: rules grant nothing, and browsers send no
//! credentials with their question.

use http::request::Parts;
use store::{Bucket, Config, Store, StoreError};
use wire::cors::{Cors, CorsRequest};
use wire::{Code, Error, Target};

use crate::gateway::Gateway;
use crate::pipeline::Answer;

/// The answer to a preflight.
pub(crate) async fn preflight(
    gateway: &Gateway,
    head: &Parts,
    target: &Target,
) -> Result<Answer, Error> {
    let request = CorsRequest::of_preflight(&head.method, &head.headers)?;
    let rules = match gateway.vault.cors(target.bucket().unwrap_or_default()).await {
        Ok(rules) => rules,
        Err(StoreError::NoSuchBucket) => return Err(request.no_such_bucket()),
        Err(error) => return Err(Error::new(Code::ServiceUnavailable).because(error)),
    };
    let headers = request.preflight(rules.as_ref(), target.key().is_some())?;
    Ok(Answer { headers, ..Answer::empty(200) })
}

/// Adds what a page of another origin is told to the answer to its request, whatever that is: a
/// script that may not read an error learns nothing from it.
pub(crate) async fn tell_other_origin(
    gateway: &Gateway,
    head: &Parts,
    target: &Target,
    answer: &mut Answer,
) {
    let Some(request) = CorsRequest::of(&head.method, &head.headers) else { return };
    let Some(bucket) = target.bucket() else { return };
    if let Ok(Some(rules)) = gateway.vault.cors(bucket).await {
        answer.headers.extend(rules.answer(&request));
    }
}

/// A bucket's rules, as PutBucketCors keeps them.
pub(crate) async fn rules(store: &Store, bucket: &Bucket) -> Result<Option<Cors>, StoreError> {
    let document = store.config(bucket, Config::Cors).await?;
    let read = |it: &[u8]| Cors::read(it).map_err(|e| StoreError::Damaged(format!("cors: {e}")));
    document.map(|it| read(&it)).transpose()
}
