//! ListAccessKeys.

use std::sync::Arc;

use iam::{AccessKey, Iam};
use wire::iam::{AccessKeyMetadata, ListAccessKeysInput, ListAccessKeysOutput};

use super::action::{Action, On, Stop};
use super::shapes::{key_status, page_request};
use crate::authorize::Ask;

pub(crate) struct ListAccessKeys;

impl Action for ListAccessKeys {
    type Input = ListAccessKeysInput;
    type Output = ListAccessKeysOutput;

    fn asks(on: &On, input: &ListAccessKeysInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListAccessKeysInput,
    ) -> Result<ListAccessKeysOutput, Stop> {
        let user = on.account.user(&on.named(&input.user_name)?)?;
        let keys = on.account.keys_of(user);
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(keys, |it| it.id.to_string(), &request)?;
        let of = |key: &Arc<AccessKey>| AccessKeyMetadata {
            user_name: Some(user.name.clone()),
            access_key_id: Some(key.id.to_string()),
            status: Some(key_status(key.active)),
            create_date: Some(key.created),
        };
        Ok(ListAccessKeysOutput {
            access_key_metadata: page.items.into_iter().map(of).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
