//! PutBucketAbac: from now on a bucket's tags count for access, or no longer.

use wire::documents::AbacStatus;
use wire::inputs::PutBucketAbacInput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutBucketAbac;

impl Handler for PutBucketAbac {
    type Input = PutBucketAbacInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketAbacInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let status = AbacStatus::read(&Element::parse(&document, "AbacStatus")?)?.status;
        let document = match status.as_deref() {
            Some("Enabled") => Some("Enabled".into()),
            Some("Disabled") => None,
            _ => return Err(Error::new(Code::MalformedXML)),
        };
        let bucket = exchange.bucket();
        let set = permit.store().set_config(&bucket, store::Config::Abac, document).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
