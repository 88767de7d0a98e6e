//! What policies see of a request: condition keys and their values ("AWS global condition context
//! keys", IAM User Guide; "Actions, resources, and condition keys for Amazon S3", Service
//! Authorization Reference), gathered when a policy asks for one and not before.
//!
//! A key that has no value in a request is absent; one whose meaning isn't here (organizations, VPCs,
//! MFA ...) always is.

use policy::{Keys, Requester};
use types::Timestamp;
use wire::OperationId;

use crate::authorize::Ask;
use crate::pipeline::Exchange;
use crate::proxies;

/// The condition keys of a request and of one question about it.
pub(crate) struct RequestKeys<'e, 'a> {
    pub(crate) exchange: &'e Exchange<'a>,
    pub(crate) ask: &'e Ask,
}

impl Keys for RequestKeys<'_, '_> {
    fn values(&self, key: &str) -> Vec<String> {
        let named = self.ask.keys.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
        let mut values: Vec<String> = named.map(|(_, value)| value.clone()).collect();
        if values.is_empty() {
            let value = match key.split_once(':') {
                Some(("aws", name)) => self.global(name),
                Some(("s3", name)) => self.s3(name),
                _ => None,
            };
            values.extend(value);
        }
        values
    }
}

/// How a request was signed.
enum Signing {
    Header,
    Query,
    Query2,
    Form,
}

impl RequestKeys<'_, '_> {
    fn global(&self, name: &str) -> Option<String> {
        let exchange = self.exchange;
        let (gateway, headers) = (exchange.gateway, exchange.head.headers);
        let proxies = &gateway.trusted_proxies;
        match name {
            "sourceip" => Some(exchange.client().to_string()),
            "securetransport" => {
                let said = proxies::secure(proxies, exchange.remote.address.ip(), headers);
                Some(said.unwrap_or(exchange.remote.tls.is_some()).to_string())
            }
            "currenttime" => Some(now().iso8601()),
            "epochtime" => Some(now().seconds().to_string()),
            "useragent" => self.header("user-agent"),
            "referer" => self.header("referer"),
            "requestedregion" => Some(self.region().to_owned()),
            "resourceaccount" => Some(exchange.owner().to_string()),
            "principalisawsservice" | "viaawsservice" => Some("false".into()),
            _ => match name.split_once('/') {
                Some(("principaltag", tag)) => exchange.caller.tag(tag).map(str::to_owned),
                Some(("resourcetag", tag)) => self.bucket_tag(tag),
                _ => self.principal(name),
            },
        }
    }

    /// Whose account, as whom ("Principal key values", IAM User Guide).
    fn principal(&self, name: &str) -> Option<String> {
        let who = self.exchange.caller.requester();
        match name {
            "principalaccount" => who.account().map(|it| it.to_string()),
            "principalarn" => match who {
                Requester::RoleSession { role_arn, .. } => Some(role_arn.clone()),
                _ => who.arn(),
            },
            "principaltype" => Some(
                match who {
                    Requester::Anonymous => "Anonymous",
                    Requester::Root { .. } => "Account",
                    Requester::User { .. } => "User",
                    Requester::RoleSession { .. } => "AssumedRole",
                    Requester::FederatedUser { .. } => "FederatedUser",
                    Requester::Service(_) | Requester::Federated(_) => return None,
                }
                .into(),
            ),
            "userid" => who.user_id(),
            "username" => match who {
                Requester::User { arn, .. } => arn.rsplit('/').next().map(str::to_owned),
                _ => None,
            },
            _ => None,
        }
    }

    fn s3(&self, name: &str) -> Option<String> {
        let exchange = self.exchange;
        match name {
            "authtype" => Some(
                match self.signing()? {
                    Signing::Header => "REST-HEADER",
                    Signing::Query | Signing::Query2 => "REST-QUERY-STRING",
                    Signing::Form => "POST",
                }
                .into(),
            ),
            "signatureversion" => Some(
                match self.signing()? {
                    Signing::Query2 => "AWS",
                    Signing::Form if self.field("awsaccesskeyid").is_some() => "AWS",
                    Signing::Header | Signing::Query | Signing::Form => "AWS4-HMAC-SHA256",
                }
                .into(),
            ),
            "signatureage" => Some(now().since(self.signed_at()?).as_millis().to_string()),
            "tlsversion" => exchange.remote.tls.map(|it| it.number().to_owned()),
            "resourceaccount" => Some(exchange.owner().to_string()),
            "x-amz-content-sha256" => self.content_sha256(),
            "prefix" | "delimiter" | "max-keys" => self.of_listing(name),
            "annotation-prefix" | "max-annotation-results"
                if exchange.operation.id == OperationId::ListObjectAnnotations =>
            {
                self.query(name)
            }
            "versionid" => self.query("versionId"),
            "if-match" | "if-none-match" if self.writes() => self.header(name),
            "objectcreationoperation" => match exchange.operation.id {
                OperationId::PutObject
                | OperationId::PostObject
                | OperationId::CopyObject
                | OperationId::CompleteMultipartUpload => Some("true".into()),
                OperationId::CreateMultipartUpload
                | OperationId::UploadPart
                | OperationId::UploadPartCopy => Some("false".into()),
                _ => None,
            },
            _ if name.starts_with("x-amz-") => self.header(name),
            _ => match name.split_once('/') {
                Some(("buckettag", tag)) => self.bucket_tag(tag),
                Some(("existingobjecttag", tag)) => self.object_tag(tag),
                _ => None,
            },
        }
    }

    /// A tag of the object that is there, whose name is in any case; for the actions that the Service
    /// Authorization Reference gives the key.
    fn object_tag(&self, tag: &str) -> Option<String> {
        let action = self.ask.action.strip_prefix("s3:")?;
        let action = policy::names::service("s3")?.action(action)?;
        let tags = match &self.ask.elsewhere {
            Some(elsewhere) => &elsewhere.object_tags,
            None => &self.exchange.object_tags,
        };
        let is_told = action.keys.contains(&"s3:ExistingObjectTag/");
        let named = tags.iter().find(|(key, _)| key.to_lowercase() == tag.to_lowercase());
        named.filter(|_| is_told).map(|(_, value)| value.clone())
    }

    /// Where the bucket is, else where the server says it is.
    fn region(&self) -> &str {
        let location = self.exchange.bucket_if_named().map(|it| it.location.as_str());
        location.filter(|it| !it.is_empty()).unwrap_or(&self.exchange.gateway.region)
    }

    fn header(&self, name: &str) -> Option<String> {
        let value = self.exchange.head.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// A field of the form that it is.
    fn field(&self, name: &str) -> Option<&str> {
        self.exchange.head.posted?.get(name)
    }

    fn query(&self, name: &str) -> Option<String> {
        self.exchange.head.query.get(name).map(str::to_owned)
    }

    /// Parameters of listings; of other requests they say nothing.
    fn of_listing(&self, name: &str) -> Option<String> {
        let lists = matches!(
            self.exchange.operation.id,
            OperationId::ListObjects
                | OperationId::ListObjectsV2
                | OperationId::ListObjectVersions
                | OperationId::ListMultipartUploads
        );
        if lists { self.query(name) } else { None }
    }

    fn writes(&self) -> bool {
        let method = self.exchange.head.method;
        method != http::Method::GET && method != http::Method::HEAD
    }

    /// A tag of the bucket, of a question about it or an object in it: the Service Authorization
    /// Reference gives both the key. Tags count for access in buckets of which that is wanted
    /// ("PutBucketAbac", S3 API Reference).
    fn bucket_tag(&self, key: &str) -> Option<String> {
        let bucket = match &self.ask.elsewhere {
            Some(elsewhere) => &elsewhere.bucket,
            None => self.exchange.bucket_if_named()?,
        };
        let settings = crate::settings::Settings::of(bucket).ok().filter(|it| it.abac)?;
        let named = |it: &&wire::documents::Tag| {
            it.key.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(key))
        };
        settings.tags.iter().find(named)?.value.clone()
    }

    fn signing(&self) -> Option<Signing> {
        let (query, headers) = (self.exchange.head.query, self.exchange.head.headers);
        if !self.exchange.is_signed() {
            return None;
        }
        Some(if self.exchange.operation.id == OperationId::PostObject {
            Signing::Form
        } else if query.has("AWSAccessKeyId") {
            Signing::Query2
        } else if headers.contains_key(http::header::AUTHORIZATION) {
            Signing::Header
        } else {
            Signing::Query
        })
    }

    /// When the signature was made, as it says. Version 2 only says when it ends.
    fn signed_at(&self) -> Option<Timestamp> {
        match self.signing()? {
            Signing::Query => Timestamp::parse_basic(self.exchange.head.query.get("X-Amz-Date")?),
            Signing::Header => {
                let date = self.header("x-amz-date");
                let basic = date.as_deref().and_then(Timestamp::parse_basic);
                basic.or_else(|| Timestamp::parse_http_date(&self.header("date")?))
            }
            Signing::Form => Timestamp::parse_basic(self.field("x-amz-date")?),
            Signing::Query2 => None,
        }
    }

    fn content_sha256(&self) -> Option<String> {
        let said = self.header("x-amz-content-sha256");
        said.or_else(|| self.query("X-Amz-Content-Sha256")).or_else(|| {
            // A presigned URL without it leaves the body unsigned.
            matches!(self.signing(), Some(Signing::Query)).then(|| "UNSIGNED-PAYLOAD".into())
        })
    }
}

fn now() -> Timestamp {
    Timestamp::from(std::time::SystemTime::now())
}
