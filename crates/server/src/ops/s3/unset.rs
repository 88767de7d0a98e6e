//! Configurations that can't be set yet: reading them answers what AWS answers when they aren't set,
//! because clients, Terraform and test suites probe. Setting them is NotImplemented.

use wire::outputs::{
    GetBucketAccelerateConfigurationOutput, GetBucketLoggingOutput,
    GetBucketNotificationConfigurationOutput, GetBucketRequestPaymentOutput,
    GetBucketVersioningOutput,
};
use wire::{Code, Error, OperationId, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct Unset;

impl Handler for Unset {
    type Input = ();

    fn decode(_: &RequestHead<'_>) -> Result<(), Error> {
        Ok(())
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        (): (),
    ) -> Result<Answer, Error> {
        let code = match exchange.operation.id {
            OperationId::GetBucketVersioning => {
                return Ok(Answer::of(&GetBucketVersioningOutput::default()));
            }
            OperationId::GetBucketLogging => {
                return Ok(Answer::of(&GetBucketLoggingOutput::default()));
            }
            OperationId::GetBucketNotificationConfiguration => {
                return Ok(Answer::of(&GetBucketNotificationConfigurationOutput::default()));
            }
            OperationId::GetBucketAccelerateConfiguration => {
                return Ok(Answer::of(&GetBucketAccelerateConfigurationOutput::default()));
            }
            OperationId::GetBucketRequestPayment => {
                let payer = Some("BucketOwner".into());
                return Ok(Answer::of(&GetBucketRequestPaymentOutput { payer }));
            }
            OperationId::GetBucketWebsite => Code::NoSuchWebsiteConfiguration,
            OperationId::GetBucketLifecycleConfiguration => Code::NoSuchLifecycleConfiguration,
            // differs from AWS, which answers AES256: ours must not say so before it is true.
            OperationId::GetBucketEncryption => {
                Code::ServerSideEncryptionConfigurationNotFoundError
            }
            OperationId::GetBucketReplication => Code::ReplicationConfigurationNotFoundError,
            OperationId::GetObjectLockConfiguration => Code::ObjectLockConfigurationNotFoundError,
            other => unreachable!("{other:?} isn't a row of status unset"),
        };
        Err(Error::new(code).with("BucketName", exchange.bucket_name()))
    }
}
