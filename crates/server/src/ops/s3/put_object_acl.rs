//! PutObjectAcl.

use wire::inputs::PutObjectAclInput;
use wire::{Error, RequestHead};

use super::{acl, check_version, find};
use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutObjectAcl;

impl Handler for PutObjectAcl {
    type Input = PutObjectAclInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutObjectAclInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:PutObjectVersionAcl")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        check_version(input.version_id.as_deref())?;
        find(exchange, permit.store()).await?;
        acl::check_new_list(exchange).await?;
        Ok(Answer::empty(200))
    }
}
