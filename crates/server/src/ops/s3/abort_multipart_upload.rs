//! AbortMultipartUpload.

use wire::inputs::AbortMultipartUploadInput;
use wire::{Error, RequestHead};

use super::upload_id;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct AbortMultipartUpload;

impl Handler for AbortMultipartUpload {
    type Input = AbortMultipartUploadInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        AbortMultipartUploadInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let id = upload_id(input.upload_id.as_deref())?;
        let aborted = permit.store().abort_upload(&exchange.bucket(), &exchange.key()?, id).await;
        aborted.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
