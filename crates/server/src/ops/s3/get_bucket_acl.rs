//! GetBucketAcl.

use wire::inputs::GetBucketAclInput;
use wire::{Error, RequestHead};

use super::acl;
use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketAcl;

impl Handler for GetBucketAcl {
    type Input = GetBucketAclInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketAclInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        Ok(acl::answer(exchange.owner()))
    }
}
