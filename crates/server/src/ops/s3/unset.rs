//! Configurations that can't be set yet: reading them answers what AWS answers when they aren't set,
//! because clients, Terraform and test suites probe; removing them removes nothing, and setting them to
//! what is the case anyway is done already. Any other setting is NotImplemented.

use wire::outputs::{
    GetBucketAccelerateConfigurationOutput, GetBucketLoggingOutput,
    GetBucketNotificationConfigurationOutput, GetBucketRequestPaymentOutput,
    GetBucketVersioningOutput,
};
use wire::xml::{Element, Writer};
use wire::{Code, Error, OperationId, RequestHead};

use super::{annotations, check_version, find};
use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct Unset;

impl Handler for Unset {
    type Input = ();

    fn decode(_: &RequestHead<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn ask(exchange: &Exchange<'_>, (): &()) -> Result<Option<Ask>, Error> {
        let names_version = exchange.head.query.has("versionId");
        let of_version = annotations::action_of_version(exchange.operation.id);
        Ok(Some(match of_version.filter(|_| names_version) {
            Some(action) => Ask::of_target(exchange).for_action(action),
            None => Ask::of_target(exchange),
        }))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        (): (),
    ) -> Result<Answer, Error> {
        use OperationId as Id;
        let code = match exchange.operation.id {
            Id::GetBucketVersioning => {
                return Ok(Answer::of(GetBucketVersioningOutput::default()));
            }
            Id::GetBucketLogging => {
                return Ok(Answer::of(GetBucketLoggingOutput::default()));
            }
            Id::GetBucketNotificationConfiguration => {
                return Ok(Answer::of(GetBucketNotificationConfigurationOutput::default()));
            }
            Id::GetBucketAccelerateConfiguration => {
                return Ok(Answer::of(GetBucketAccelerateConfigurationOutput::default()));
            }
            Id::GetBucketRequestPayment => {
                let payer = Some("BucketOwner".into());
                return Ok(Answer::of(GetBucketRequestPaymentOutput { payer }));
            }
            Id::ListBucketAnalyticsConfigurations => {
                return Ok(none_of("ListBucketAnalyticsConfigurationResult"));
            }
            Id::ListBucketIntelligentTieringConfigurations => {
                return Ok(none_of("ListBucketIntelligentTieringConfigurationsOutput"));
            }
            Id::ListBucketInventoryConfigurations => {
                return Ok(none_of("ListInventoryConfigurationsResult"));
            }
            Id::ListBucketMetricsConfigurations => {
                return Ok(none_of("ListMetricsConfigurationsResult"));
            }
            Id::DeleteBucketEncryption
            | Id::DeleteBucketLifecycle
            | Id::DeleteBucketReplication
            | Id::DeleteBucketWebsite => return Ok(Answer::empty(204)),
            Id::PutBucketLogging
            | Id::PutBucketNotificationConfiguration
            | Id::PutBucketRequestPayment => {
                let (document, _) = exchange.document().await?;
                restated(exchange.operation.id, &document)?;
                return Ok(Answer::empty(200));
            }
            Id::GetObjectLegalHold
            | Id::GetObjectRetention
            | Id::PutObjectLegalHold
            | Id::PutObjectRetention => {
                return Err(Error::new(Code::InvalidRequest)
                    .message("Bucket is missing Object Lock Configuration"));
            }
            Id::PutObjectLockConfiguration => return Err(Error::new(Code::InvalidBucketState)),
            Id::DeleteBucketAnalyticsConfiguration
            | Id::DeleteBucketIntelligentTieringConfiguration
            | Id::DeleteBucketInventoryConfiguration
            | Id::DeleteBucketMetricsConfiguration
            | Id::GetBucketAnalyticsConfiguration
            | Id::GetBucketIntelligentTieringConfiguration
            | Id::GetBucketInventoryConfiguration
            | Id::GetBucketMetricsConfiguration => {
                return Err(Error::new(Code::NoSuchConfiguration));
            }
            Id::DeleteObjectAnnotation | Id::GetObjectAnnotation | Id::ListObjectAnnotations => {
                return annotations::answer(exchange, permit.store()).await;
            }
            // Nothing is archived: S3 says so of every object of class STANDARD.
            Id::RestoreObject => {
                check_version(exchange.head.query.get("versionId"))?;
                find(exchange, permit.store()).await?;
                return Err(Error::new(Code::InvalidObjectState)
                    .message("Restore is not allowed for the object's current storage class")
                    .with("StorageClass", "STANDARD"));
            }
            Id::DeleteBucketMetadataConfiguration | Id::GetBucketMetadataConfiguration => {
                Code::MetadataConfigurationNotFound
            }
            Id::GetBucketWebsite => Code::NoSuchWebsiteConfiguration,
            Id::GetBucketLifecycleConfiguration => Code::NoSuchLifecycleConfiguration,
            // differs from AWS, which answers AES256: ours must not say so before it is true.
            Id::GetBucketEncryption => Code::ServerSideEncryptionConfigurationNotFoundError,
            Id::GetBucketReplication => Code::ReplicationConfigurationNotFoundError,
            Id::GetObjectLockConfiguration => Code::ObjectLockConfigurationNotFoundError,
            other => unreachable!("{other:?} isn't a row of status unset"),
        };
        Err(Error::new(code).with("BucketName", exchange.bucket_name()))
    }
}

/// A list of configurations without any.
fn none_of(root: &str) -> Answer {
    let mut xml = Writer::new();
    xml.root(root, |xml| xml.boolean("IsTruncated", false));
    Answer::empty(200).with_xml(xml.finish())
}

/// Takes a document that says what is the case: no logs, no notifications, the owner pays.
fn restated(operation: OperationId, document: &[u8]) -> Result<(), Error> {
    let more = |what: &'static str| Err(Error::new(Code::NotImplemented).message(what));
    match operation {
        OperationId::PutBucketLogging => {
            let status = Element::parse(document, "BucketLoggingStatus")?;
            match status.check_members(&["LoggingEnabled"], &["LoggingEnabled"]) {
                Ok(()) => more("PutBucketLogging is not implemented in this version"),
                Err(_) => status.check_members(&[], &[]),
            }
        }
        OperationId::PutBucketNotificationConfiguration => {
            const KINDS: [&str; 4] = [
                "CloudFunctionConfiguration",
                "EventBridgeConfiguration",
                "QueueConfiguration",
                "TopicConfiguration",
            ];
            let wanted = Element::parse(document, "NotificationConfiguration")?;
            wanted.check_members(&KINDS, &[])?;
            wanted.check_members(&[], &[]).or_else(|_| {
                more("PutBucketNotificationConfiguration is not implemented in this version")
            })
        }
        _ => {
            let wanted = Element::parse(document, "RequestPaymentConfiguration")?;
            wanted.check_members(&["Payer"], &["Payer"])?;
            match wanted.one("Payer", Element::to_text)?.as_deref() {
                Some("BucketOwner") => Ok(()),
                Some("Requester") => more("Requester pays is not implemented in this version"),
                _ => Err(Error::new(Code::MalformedXML)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_case_is_taken() {
        use OperationId::{PutBucketLogging, PutBucketNotificationConfiguration};
        let logs = "<BucketLoggingStatus><LoggingEnabled/></BucketLoggingStatus>";
        let events = "<NotificationConfiguration><EventBridgeConfiguration/>\
                      </NotificationConfiguration>";
        let payer = |it: &str| {
            format!(
                "<RequestPaymentConfiguration><Payer>{it}</Payer></RequestPaymentConfiguration>"
            )
        };
        let pays = OperationId::PutBucketRequestPayment;
        for (operation, document, wanted) in [
            (PutBucketLogging, "<BucketLoggingStatus/>", None),
            (PutBucketLogging, logs, Some(Code::NotImplemented)),
            (PutBucketLogging, &logs.replace("LoggingEnabled", "L"), Some(Code::MalformedXML)),
            (PutBucketNotificationConfiguration, "<NotificationConfiguration/>", None),
            (PutBucketNotificationConfiguration, events, Some(Code::NotImplemented)),
            (
                PutBucketNotificationConfiguration,
                &events.replace("EventBridge", "E"),
                Some(Code::MalformedXML),
            ),
            (pays, &payer("BucketOwner"), None),
            (pays, &payer("Requester"), Some(Code::NotImplemented)),
            (pays, &payer("Random"), Some(Code::MalformedXML)),
            (pays, "<RequestPaymentConfiguration/>", Some(Code::MalformedXML)),
        ] {
            let got = restated(operation, document.as_bytes());
            assert_eq!(got.err().map(|it| it.code()), wanted, "{document}");
        }
    }
}
