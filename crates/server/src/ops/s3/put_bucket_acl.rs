//! PutBucketAcl.

use wire::inputs::PutBucketAclInput;
use wire::{Error, RequestHead};

use super::acl;
use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutBucketAcl;

impl Handler for PutBucketAcl {
    type Input = PutBucketAclInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketAclInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        acl::check_new_list(exchange).await?;
        Ok(Answer::empty(200))
    }
}
