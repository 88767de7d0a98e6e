//! Generated from model/ by `cargo xtask gen`: what STS is asked and answers.

use crate::error::Error;
use crate::form::{Form, QueryInput, Rule};
use crate::head::RequestHead;
use crate::operation::Service;
use crate::output::QueryOutput;
use crate::pattern;
use crate::xml::Writer;

/// `accessKeyIdType`.
const ACCESS_KEY_ID_TYPE: Rule =
    Rule { length: 16..=128, pattern: Some(pattern::WORD), one_of: &[], is_secret: false };

/// What GetAccessKeyInfo is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccessKeyInfoInput {
    /// `AccessKeyId`.
    pub access_key_id: String,
}

impl QueryInput for GetAccessKeyInfoInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Sts);
        let read = Self { access_key_id: form.needed_text("AccessKeyId", &ACCESS_KEY_ID_TYPE) };
        form.finish(read)
    }
}

/// What GetAccessKeyInfo answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccessKeyInfoOutput {
    /// `Account`.
    pub account: Option<String>,
}

impl QueryOutput for GetAccessKeyInfoOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Sts, "GetAccessKeyInfoResponse", request_id, |xml| {
            xml.element("GetAccessKeyInfoResult", |xml| {
                if let Some(it) = &self.account {
                    xml.text("Account", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What GetCallerIdentity is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityInput {}

impl QueryInput for GetCallerIdentityInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What GetCallerIdentity answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityOutput {
    /// `UserId`.
    pub user_id: Option<String>,
    /// `Account`.
    pub account: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
}

impl QueryOutput for GetCallerIdentityOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Sts, "GetCallerIdentityResponse", request_id, |xml| {
            xml.element("GetCallerIdentityResult", |xml| {
                if let Some(it) = &self.user_id {
                    xml.text("UserId", it);
                }
                if let Some(it) = &self.account {
                    xml.text("Account", it);
                }
                if let Some(it) = &self.arn {
                    xml.text("Arn", it);
                }
                let _ = xml;
            })
        });
    }
}
