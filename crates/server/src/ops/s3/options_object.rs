//! OptionsObject: a browser asks whether a page of another origin may make a request. And what the
//! answers to such requests say. Nobody is authenticated: rules grant nothing, and browsers send no
//! credentials with their question.

use http::request::Parts;
use store::StoreError;
use wire::cors::CorsRequest;
use wire::{Code, Error, Target};

use crate::gateway::Gateway;
use crate::pipeline::Answer;
use crate::settings::Settings;

/// The answer to a preflight.
pub(crate) async fn preflight(
    gateway: &Gateway,
    head: &Parts,
    target: &Target,
) -> Result<Answer, Error> {
    let request = CorsRequest::of_preflight(&head.method, &head.headers)?;
    let bucket = match gateway.vault.bucket(target.bucket().unwrap_or_default()).await {
        Ok(bucket) => bucket,
        Err(StoreError::NoSuchBucket) => return Err(request.no_such_bucket()),
        Err(error) => return Err(Error::new(Code::ServiceUnavailable).because(error)),
    };
    let rules = Settings::of(&bucket)?.cors.as_ref();
    let headers = request.preflight(rules, target.key().is_some())?;
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
    let Ok(bucket) = gateway.vault.bucket(bucket).await else { return };
    if let Some(rules) = Settings::of(&bucket).ok().and_then(|it| it.cors.as_ref()) {
        answer.headers.extend(rules.answer(&request));
    }
}
