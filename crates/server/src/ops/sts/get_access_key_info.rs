//! GetAccessKeyInfo: the account that an access key's id contains, whether the key is still there or
//! not, as on AWS.

use types::AccessKeyId;
use wire::sts::{GetAccessKeyInfoInput, GetAccessKeyInfoOutput};
use wire::{Code, Error, QueryInput, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetAccessKeyInfo;

impl Handler for GetAccessKeyInfo {
    type Input = GetAccessKeyInfoInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetAccessKeyInfoInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let gateway = exchange.gateway;
        // Root's key may have an id that the operator chose, which contains nothing.
        let is_root = gateway.root_keys.current().id.as_str() == input.access_key_id;
        let account = match is_root {
            true => Some(gateway.account),
            false => AccessKeyId::chosen(&input.access_key_id).account(),
        };
        let account = account.ok_or_else(|| {
            Error::new(Code::ValidationError)
                .message("The access key ID contains no account: no key has it")
        })?;
        Ok(exchange.answer(&GetAccessKeyInfoOutput { account: Some(account.to_string()) }))
    }
}
