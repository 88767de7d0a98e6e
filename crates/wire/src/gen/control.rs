//! Generated from model/ by `cargo xtask gen`: S3 Control.

use http::HeaderMap;

use crate::error::Error;
use crate::head::RequestHead;
use crate::operation::Service;
use crate::output::Output;
use crate::xml::{Element, Writer};
/// What DeletePublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePublicAccessBlockInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
}

impl DeletePublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { account_id: head.header_text("x-amz-account-id")? })
    }
}

/// What GetPublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPublicAccessBlockInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
}

impl GetPublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { account_id: head.header_text("x-amz-account-id")? })
    }
}

/// What ListTagsForResource is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
    /// `resourceArn`.
    pub resource_arn: String,
}

impl ListTagsForResourceInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            account_id: head.header_text("x-amz-account-id")?,
            resource_arn: head.path_text("/tags/", "")?,
        })
    }
}

/// What PutPublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutPublicAccessBlockInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
}

impl PutPublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { account_id: head.header_text("x-amz-account-id")? })
    }
}

/// What TagResource is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
    /// `resourceArn`.
    pub resource_arn: String,
}

impl TagResourceInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            account_id: head.header_text("x-amz-account-id")?,
            resource_arn: head.path_text("/tags/", "")?,
        })
    }
}

/// What UntagResource is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceInput {
    /// `x-amz-account-id`.
    pub account_id: Option<String>,
    /// `resourceArn`.
    pub resource_arn: String,
    /// `tagKeys`.
    pub tag_keys: Vec<String>,
}

impl UntagResourceInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            account_id: head.header_text("x-amz-account-id")?,
            resource_arn: head.path_text("/tags/", "")?,
            tag_keys: head.query_list("tagKeys")?,
        })
    }
}

/// What DeletePublicAccessBlock answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePublicAccessBlockOutput {}

impl Output for DeletePublicAccessBlockOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What GetPublicAccessBlock answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPublicAccessBlockOutput {
    /// The document.
    pub document: PublicAccessBlockConfiguration,
}

impl Output for GetPublicAccessBlockOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3Control, "PublicAccessBlockConfiguration", |xml| {
            self.document.write(xml)
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListTagsForResource answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceOutput {
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl Output for ListTagsForResourceOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3Control, "ListTagsForResourceResult", |xml| {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("Tag", |xml| it.write(xml));
                }
            });
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What PutPublicAccessBlock answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutPublicAccessBlockOutput {}

impl Output for PutPublicAccessBlockOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What TagResource answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceOutput {}

impl Output for TagResourceOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What UntagResource answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceOutput {}

impl Output for UntagResourceOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// `PublicAccessBlockConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublicAccessBlockConfiguration {
    /// `BlockPublicAcls`.
    pub block_public_acls: Option<bool>,
    /// `IgnorePublicAcls`.
    pub ignore_public_acls: Option<bool>,
    /// `BlockPublicPolicy`.
    pub block_public_policy: Option<bool>,
    /// `RestrictPublicBuckets`.
    pub restrict_public_buckets: Option<bool>,
}

impl PublicAccessBlockConfiguration {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.block_public_acls {
            xml.boolean("BlockPublicAcls", *it);
        }
        if let Some(it) = &self.ignore_public_acls {
            xml.boolean("IgnorePublicAcls", *it);
        }
        if let Some(it) = &self.block_public_policy {
            xml.boolean("BlockPublicPolicy", *it);
        }
        if let Some(it) = &self.restrict_public_buckets {
            xml.boolean("RestrictPublicBuckets", *it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(
            &["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"],
            &[],
        )?;
        Ok(Self {
            block_public_acls: element.one("BlockPublicAcls", Element::to_boolean)?,
            ignore_public_acls: element.one("IgnorePublicAcls", Element::to_boolean)?,
            block_public_policy: element.one("BlockPublicPolicy", Element::to_boolean)?,
            restrict_public_buckets: element.one("RestrictPublicBuckets", Element::to_boolean)?,
        })
    }
}

/// `Tag`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// `Key`.
    pub key: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

impl Tag {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.value {
            xml.text("Value", it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Key", "Value"], &["Key", "Value"])?;
        Ok(Self {
            key: element.one("Key", Element::to_text)?,
            value: element.one("Value", Element::to_text)?,
        })
    }
}

/// `TagResourceRequest`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceRequest {
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl TagResourceRequest {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Tags"], &["Tags"])?;
        Ok(Self { tags: element.list("Tags", "Tag", Tag::read)? })
    }
}
