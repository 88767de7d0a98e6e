//! PutBucketCors. The rules are kept as a document of their own form.

use wire::cors::{Cors, DOCUMENT_BYTES_MAX};
use wire::inputs::PutBucketCorsInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutBucketCors;

impl Handler for PutBucketCors {
    type Input = PutBucketCorsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketCorsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, has_digest) = exchange.document_up_to(DOCUMENT_BYTES_MAX).await?;
        if !has_digest {
            return Err(Error::new(Code::InvalidRequest)
                .message("Missing required header for this request: Content-MD5"));
        }
        let document = Cors::read(&document)?.to_document();
        let bucket = exchange.bucket();
        let set = permit.store().set_config(&bucket, store::Config::Cors, Some(document.into()));
        set.await.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
