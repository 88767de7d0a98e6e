//! PutBucketOwnershipControls.

use wire::documents::OwnershipControls;
use wire::inputs::PutBucketOwnershipControlsInput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::OWNER_ENFORCED;

pub(crate) struct PutBucketOwnershipControls;

impl Handler for PutBucketOwnershipControls {
    type Input = PutBucketOwnershipControlsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketOwnershipControlsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let controls = OwnershipControls::read(&Element::parse(&document, "OwnershipControls")?)?;
        let [rule] = &*controls.rules else { return Err(Error::new(Code::MalformedXML)) };
        match rule.object_ownership.as_deref().unwrap_or_default() {
            OWNER_ENFORCED => {}
            // With these, who writes an object may own it, and grants of ACLs count.
            ownership @ ("BucketOwnerPreferred" | "ObjectWriter") => {
                return Err(Error::new(Code::NotImplemented).message(format!(
                    "ObjectOwnership {ownership} needs ACLs, which are not implemented in this \
                     version"
                )));
            }
            _ => return Err(Error::new(Code::MalformedXML)),
        }
        let bucket = exchange.bucket();
        let document = Some(OWNER_ENFORCED.into());
        let set = permit.store().set_config(&bucket, store::Config::Ownership, document).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
