//! Generated from model/ by `cargo xtask gen`: what operations answer.

use http::{HeaderMap, HeaderName};
use types::{ChecksumAlgorithm, Timestamp};

use super::documents::*;
use crate::checksums::Checksums;
use crate::operation::Service;
use crate::output::{Output, put_boolean, put_metadata, put_number, put_text, put_time};
use crate::xml::Writer;
/// What AbortMultipartUpload answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AbortMultipartUploadOutput {
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for AbortMultipartUploadOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What CompleteMultipartUpload answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompleteMultipartUploadOutput {
    /// `Location`.
    pub location: Option<String>,
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `x-amz-expiration`.
    pub expiration: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `ChecksumCRC32`.
    pub checksum_crc32: Option<String>,
    /// `ChecksumCRC32C`.
    pub checksum_crc32c: Option<String>,
    /// `ChecksumCRC64NVME`.
    pub checksum_crc64nvme: Option<String>,
    /// `ChecksumSHA1`.
    pub checksum_sha1: Option<String>,
    /// `ChecksumSHA256`.
    pub checksum_sha256: Option<String>,
    /// `ChecksumSHA512`.
    pub checksum_sha512: Option<String>,
    /// `ChecksumMD5`.
    pub checksum_md5: Option<String>,
    /// `ChecksumXXHASH64`.
    pub checksum_xxhash64: Option<String>,
    /// `ChecksumXXHASH3`.
    pub checksum_xxhash3: Option<String>,
    /// `ChecksumXXHASH128`.
    pub checksum_xxhash128: Option<String>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for CompleteMultipartUploadOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-expiration") },
            &mut self.expiration,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "CompleteMultipartUploadResult", |xml| {
            if let Some(it) = &self.location {
                xml.text("Location", it);
            }
            if let Some(it) = &self.bucket {
                xml.text("Bucket", it);
            }
            if let Some(it) = &self.key {
                xml.text("Key", it);
            }
            if let Some(it) = &self.etag {
                xml.text("ETag", it);
            }
            if let Some(it) = &self.checksum_crc32 {
                xml.text("ChecksumCRC32", it);
            }
            if let Some(it) = &self.checksum_crc32c {
                xml.text("ChecksumCRC32C", it);
            }
            if let Some(it) = &self.checksum_crc64nvme {
                xml.text("ChecksumCRC64NVME", it);
            }
            if let Some(it) = &self.checksum_sha1 {
                xml.text("ChecksumSHA1", it);
            }
            if let Some(it) = &self.checksum_sha256 {
                xml.text("ChecksumSHA256", it);
            }
            if let Some(it) = &self.checksum_sha512 {
                xml.text("ChecksumSHA512", it);
            }
            if let Some(it) = &self.checksum_md5 {
                xml.text("ChecksumMD5", it);
            }
            if let Some(it) = &self.checksum_xxhash64 {
                xml.text("ChecksumXXHASH64", it);
            }
            if let Some(it) = &self.checksum_xxhash3 {
                xml.text("ChecksumXXHASH3", it);
            }
            if let Some(it) = &self.checksum_xxhash128 {
                xml.text("ChecksumXXHASH128", it);
            }
            if let Some(it) = &self.checksum_type {
                xml.text("ChecksumType", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

impl Checksums for CompleteMultipartUploadOutput {
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &self.checksum_xxhash128,
        }
    }

    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &mut self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &mut self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &mut self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &mut self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &mut self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &mut self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &mut self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &mut self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &mut self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &mut self.checksum_xxhash128,
        }
    }
}

/// What CopyObject answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopyObjectOutput {
    /// `x-amz-expiration`.
    pub expiration: Option<String>,
    /// `x-amz-copy-source-version-id`.
    pub copy_source_version_id: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// The document.
    pub document: CopyObjectResult,
}

impl Output for CopyObjectOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-expiration") },
            &mut self.expiration,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-copy-source-version-id") },
            &mut self.copy_source_version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "CopyObjectResult", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What CreateBucket answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateBucketOutput {
    /// `location`.
    pub location: Option<String>,
    /// `x-amz-bucket-arn`.
    pub bucket_arn: Option<String>,
}

impl Output for CreateBucketOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(headers, const { HeaderName::from_static("location") }, &mut self.location);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-bucket-arn") },
            &mut self.bucket_arn,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What CreateMultipartUpload answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateMultipartUploadOutput {
    /// `x-amz-abort-date`.
    pub abort_date: Option<Timestamp>,
    /// `x-amz-abort-rule-id`.
    pub abort_rule_id: Option<String>,
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `UploadId`.
    pub upload_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-checksum-type`.
    pub checksum_type: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for CreateMultipartUploadOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_time(headers, const { HeaderName::from_static("x-amz-abort-date") }, self.abort_date);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-abort-rule-id") },
            &mut self.abort_rule_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-algorithm") },
            &mut self.checksum_algorithm,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-type") },
            &mut self.checksum_type,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "InitiateMultipartUploadResult", |xml| {
            if let Some(it) = &self.bucket {
                xml.text("Bucket", it);
            }
            if let Some(it) = &self.key {
                xml.text("Key", it);
            }
            if let Some(it) = &self.upload_id {
                xml.text("UploadId", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What DeleteBucket answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketOutput {}

impl Output for DeleteBucketOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteBucketCors answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketCorsOutput {}

impl Output for DeleteBucketCorsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteBucketOwnershipControls answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketOwnershipControlsOutput {}

impl Output for DeleteBucketOwnershipControlsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteBucketPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketPolicyOutput {}

impl Output for DeleteBucketPolicyOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteBucketTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketTaggingOutput {}

impl Output for DeleteBucketTaggingOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteObject answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectOutput {
    /// `x-amz-delete-marker`.
    pub delete_marker: Option<bool>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for DeleteObjectOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_boolean(
            headers,
            const { HeaderName::from_static("x-amz-delete-marker") },
            self.delete_marker,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteObjectTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectTaggingOutput {
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for DeleteObjectTaggingOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What DeleteObjects answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectsOutput {
    /// `Deleted`.
    pub deleted: Vec<DeletedObject>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `Error`.
    pub errors: Vec<DeleteError>,
}

impl Output for DeleteObjectsOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "DeleteResult", |xml| {
            for it in &self.deleted {
                xml.element("Deleted", |xml| it.write(xml));
            }
            for it in &self.errors {
                xml.element("Error", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
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

/// What GetBucketAbac answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketAbacOutput {
    /// The document.
    pub document: AbacStatus,
}

impl Output for GetBucketAbacOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "AbacStatus", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketAccelerateConfiguration answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketAccelerateConfigurationOutput {
    /// `Status`.
    pub status: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for GetBucketAccelerateConfigurationOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "AccelerateConfiguration", |xml| {
            if let Some(it) = &self.status {
                xml.text("Status", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketAcl answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketAclOutput {
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `AccessControlList`.
    pub grants: Vec<Grant>,
}

impl Output for GetBucketAclOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What GetBucketCors answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketCorsOutput {
    /// `CORSRule`.
    pub cors_rules: Vec<CORSRule>,
}

impl Output for GetBucketCorsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "CORSConfiguration", |xml| {
            for it in &self.cors_rules {
                xml.element("CORSRule", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketLocation answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketLocationOutput {
    /// `LocationConstraint`.
    pub location_constraint: Option<String>,
}

impl Output for GetBucketLocationOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What GetBucketLogging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketLoggingOutput {
    /// `LoggingEnabled`.
    pub logging_enabled: Option<LoggingEnabled>,
}

impl Output for GetBucketLoggingOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "BucketLoggingStatus", |xml| {
            if let Some(it) = &self.logging_enabled {
                xml.element("LoggingEnabled", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketNotificationConfiguration answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketNotificationConfigurationOutput {
    /// `TopicConfiguration`.
    pub topic_configurations: Vec<TopicConfiguration>,
    /// `QueueConfiguration`.
    pub queue_configurations: Vec<QueueConfiguration>,
    /// `CloudFunctionConfiguration`.
    pub lambda_function_configurations: Vec<LambdaFunctionConfiguration>,
    /// `EventBridgeConfiguration`.
    pub event_bridge_configuration: Option<EventBridgeConfiguration>,
}

impl Output for GetBucketNotificationConfigurationOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "NotificationConfiguration", |xml| {
            if let Some(it) = &self.event_bridge_configuration {
                xml.element("EventBridgeConfiguration", |xml| it.write(xml));
            }
            for it in &self.topic_configurations {
                xml.element("TopicConfiguration", |xml| it.write(xml));
            }
            for it in &self.queue_configurations {
                xml.element("QueueConfiguration", |xml| it.write(xml));
            }
            for it in &self.lambda_function_configurations {
                xml.element("CloudFunctionConfiguration", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketOwnershipControls answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketOwnershipControlsOutput {
    /// The document.
    pub document: OwnershipControls,
}

impl Output for GetBucketOwnershipControlsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "OwnershipControls", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketPolicyOutput {}

impl Output for GetBucketPolicyOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What GetBucketPolicyStatus answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketPolicyStatusOutput {
    /// The document.
    pub document: PolicyStatus,
}

impl Output for GetBucketPolicyStatusOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "PolicyStatus", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketRequestPayment answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketRequestPaymentOutput {
    /// `Payer`.
    pub payer: Option<String>,
}

impl Output for GetBucketRequestPaymentOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "RequestPaymentConfiguration", |xml| {
            if let Some(it) = &self.payer {
                xml.text("Payer", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetBucketTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketTaggingOutput {
    /// `TagSet`.
    pub tag_set: Vec<Tag>,
}

impl Output for GetBucketTaggingOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "Tagging", |xml| {
            xml.element("TagSet", |xml| {
                for it in &self.tag_set {
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

/// What GetBucketVersioning answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketVersioningOutput {
    /// `Status`.
    pub status: Option<String>,
    /// `MfaDelete`.
    pub mfa_delete: Option<String>,
}

impl Output for GetBucketVersioningOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "VersioningConfiguration", |xml| {
            if let Some(it) = &self.status {
                xml.text("Status", it);
            }
            if let Some(it) = &self.mfa_delete {
                xml.text("MfaDelete", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetObject answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectOutput {
    /// `x-amz-delete-marker`.
    pub delete_marker: Option<bool>,
    /// `accept-ranges`.
    pub accept_ranges: Option<String>,
    /// `x-amz-expiration`.
    pub expiration: Option<String>,
    /// `x-amz-restore`.
    pub restore: Option<String>,
    /// `last-modified`.
    pub last_modified: Option<Timestamp>,
    /// `content-length`.
    pub content_length: Option<i64>,
    /// `etag`.
    pub etag: Option<String>,
    /// `x-amz-checksum-crc32`.
    pub checksum_crc32: Option<String>,
    /// `x-amz-checksum-crc32c`.
    pub checksum_crc32c: Option<String>,
    /// `x-amz-checksum-crc64nvme`.
    pub checksum_crc64nvme: Option<String>,
    /// `x-amz-checksum-sha1`.
    pub checksum_sha1: Option<String>,
    /// `x-amz-checksum-sha256`.
    pub checksum_sha256: Option<String>,
    /// `x-amz-checksum-sha512`.
    pub checksum_sha512: Option<String>,
    /// `x-amz-checksum-md5`.
    pub checksum_md5: Option<String>,
    /// `x-amz-checksum-xxhash64`.
    pub checksum_xxhash64: Option<String>,
    /// `x-amz-checksum-xxhash3`.
    pub checksum_xxhash3: Option<String>,
    /// `x-amz-checksum-xxhash128`.
    pub checksum_xxhash128: Option<String>,
    /// `x-amz-checksum-type`.
    pub checksum_type: Option<String>,
    /// `x-amz-missing-meta`.
    pub missing_meta: Option<i64>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `cache-control`.
    pub cache_control: Option<String>,
    /// `content-disposition`.
    pub content_disposition: Option<String>,
    /// `content-encoding`.
    pub content_encoding: Option<String>,
    /// `content-language`.
    pub content_language: Option<String>,
    /// `content-range`.
    pub content_range: Option<String>,
    /// `content-type`.
    pub content_type: Option<String>,
    /// `expires`.
    pub expires: Option<String>,
    /// `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-replication-status`.
    pub replication_status: Option<String>,
    /// `x-amz-mp-parts-count`.
    pub parts_count: Option<i64>,
    /// `x-amz-tagging-count`.
    pub tag_count: Option<i64>,
}

impl Output for GetObjectOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_boolean(
            headers,
            const { HeaderName::from_static("x-amz-delete-marker") },
            self.delete_marker,
        );
        put_text(
            headers,
            const { HeaderName::from_static("accept-ranges") },
            &mut self.accept_ranges,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-expiration") },
            &mut self.expiration,
        );
        put_text(headers, const { HeaderName::from_static("x-amz-restore") }, &mut self.restore);
        put_time(headers, const { HeaderName::from_static("last-modified") }, self.last_modified);
        put_number(
            headers,
            const { HeaderName::from_static("content-length") },
            self.content_length,
        );
        put_text(headers, const { HeaderName::from_static("etag") }, &mut self.etag);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32") },
            &mut self.checksum_crc32,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32c") },
            &mut self.checksum_crc32c,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc64nvme") },
            &mut self.checksum_crc64nvme,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha1") },
            &mut self.checksum_sha1,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha256") },
            &mut self.checksum_sha256,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha512") },
            &mut self.checksum_sha512,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-md5") },
            &mut self.checksum_md5,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash64") },
            &mut self.checksum_xxhash64,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash3") },
            &mut self.checksum_xxhash3,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash128") },
            &mut self.checksum_xxhash128,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-type") },
            &mut self.checksum_type,
        );
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-missing-meta") },
            self.missing_meta,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("cache-control") },
            &mut self.cache_control,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-disposition") },
            &mut self.content_disposition,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-encoding") },
            &mut self.content_encoding,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-language") },
            &mut self.content_language,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-range") },
            &mut self.content_range,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-type") },
            &mut self.content_type,
        );
        put_text(headers, const { HeaderName::from_static("expires") }, &mut self.expires);
        put_metadata(headers, "x-amz-meta-", &self.metadata);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-replication-status") },
            &mut self.replication_status,
        );
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-mp-parts-count") },
            self.parts_count,
        );
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-tagging-count") },
            self.tag_count,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

impl Checksums for GetObjectOutput {
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &self.checksum_xxhash128,
        }
    }

    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &mut self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &mut self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &mut self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &mut self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &mut self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &mut self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &mut self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &mut self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &mut self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &mut self.checksum_xxhash128,
        }
    }
}

/// What GetObjectAcl answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectAclOutput {
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `AccessControlList`.
    pub grants: Vec<Grant>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for GetObjectAclOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What GetObjectAttributes answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectAttributesOutput {
    /// `x-amz-delete-marker`.
    pub delete_marker: Option<bool>,
    /// `last-modified`.
    pub last_modified: Option<Timestamp>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Checksum`.
    pub checksum: Option<Checksum>,
    /// `ObjectParts`.
    pub object_parts: Option<GetObjectAttributesParts>,
    /// `StorageClass`.
    pub storage_class: Option<String>,
    /// `ObjectSize`.
    pub object_size: Option<i64>,
}

impl Output for GetObjectAttributesOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_boolean(
            headers,
            const { HeaderName::from_static("x-amz-delete-marker") },
            self.delete_marker,
        );
        put_time(headers, const { HeaderName::from_static("last-modified") }, self.last_modified);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "GetObjectAttributesResponse", |xml| {
            if let Some(it) = &self.etag {
                xml.text("ETag", it);
            }
            if let Some(it) = &self.checksum {
                xml.element("Checksum", |xml| it.write(xml));
            }
            if let Some(it) = &self.object_parts {
                xml.element("ObjectParts", |xml| it.write(xml));
            }
            if let Some(it) = &self.storage_class {
                xml.text("StorageClass", it);
            }
            if let Some(it) = &self.object_size {
                xml.number("ObjectSize", *it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What GetObjectTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectTaggingOutput {
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `TagSet`.
    pub tag_set: Vec<Tag>,
}

impl Output for GetObjectTaggingOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "Tagging", |xml| {
            xml.element("TagSet", |xml| {
                for it in &self.tag_set {
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

/// What GetPublicAccessBlock answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPublicAccessBlockOutput {
    /// The document.
    pub document: PublicAccessBlockConfiguration,
}

impl Output for GetPublicAccessBlockOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "PublicAccessBlockConfiguration", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What HeadBucket answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadBucketOutput {
    /// `x-amz-bucket-arn`.
    pub bucket_arn: Option<String>,
    /// `x-amz-bucket-location-type`.
    pub bucket_location_type: Option<String>,
    /// `x-amz-bucket-location-name`.
    pub bucket_location_name: Option<String>,
    /// `x-amz-bucket-region`.
    pub bucket_region: Option<String>,
    /// `x-amz-access-point-alias`.
    pub access_point_alias: Option<bool>,
}

impl Output for HeadBucketOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-bucket-arn") },
            &mut self.bucket_arn,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-bucket-location-type") },
            &mut self.bucket_location_type,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-bucket-location-name") },
            &mut self.bucket_location_name,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-bucket-region") },
            &mut self.bucket_region,
        );
        put_boolean(
            headers,
            const { HeaderName::from_static("x-amz-access-point-alias") },
            self.access_point_alias,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What HeadObject answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadObjectOutput {
    /// `x-amz-delete-marker`.
    pub delete_marker: Option<bool>,
    /// `accept-ranges`.
    pub accept_ranges: Option<String>,
    /// `x-amz-expiration`.
    pub expiration: Option<String>,
    /// `x-amz-restore`.
    pub restore: Option<String>,
    /// `x-amz-archive-status`.
    pub archive_status: Option<String>,
    /// `last-modified`.
    pub last_modified: Option<Timestamp>,
    /// `content-length`.
    pub content_length: Option<i64>,
    /// `x-amz-checksum-crc32`.
    pub checksum_crc32: Option<String>,
    /// `x-amz-checksum-crc32c`.
    pub checksum_crc32c: Option<String>,
    /// `x-amz-checksum-crc64nvme`.
    pub checksum_crc64nvme: Option<String>,
    /// `x-amz-checksum-sha1`.
    pub checksum_sha1: Option<String>,
    /// `x-amz-checksum-sha256`.
    pub checksum_sha256: Option<String>,
    /// `x-amz-checksum-sha512`.
    pub checksum_sha512: Option<String>,
    /// `x-amz-checksum-md5`.
    pub checksum_md5: Option<String>,
    /// `x-amz-checksum-xxhash64`.
    pub checksum_xxhash64: Option<String>,
    /// `x-amz-checksum-xxhash3`.
    pub checksum_xxhash3: Option<String>,
    /// `x-amz-checksum-xxhash128`.
    pub checksum_xxhash128: Option<String>,
    /// `x-amz-checksum-type`.
    pub checksum_type: Option<String>,
    /// `etag`.
    pub etag: Option<String>,
    /// `x-amz-missing-meta`.
    pub missing_meta: Option<i64>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `cache-control`.
    pub cache_control: Option<String>,
    /// `content-disposition`.
    pub content_disposition: Option<String>,
    /// `content-encoding`.
    pub content_encoding: Option<String>,
    /// `content-language`.
    pub content_language: Option<String>,
    /// `content-type`.
    pub content_type: Option<String>,
    /// `content-range`.
    pub content_range: Option<String>,
    /// `expires`.
    pub expires: Option<String>,
    /// `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-replication-status`.
    pub replication_status: Option<String>,
    /// `x-amz-mp-parts-count`.
    pub parts_count: Option<i64>,
    /// `x-amz-tagging-count`.
    pub tag_count: Option<i64>,
}

impl Output for HeadObjectOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_boolean(
            headers,
            const { HeaderName::from_static("x-amz-delete-marker") },
            self.delete_marker,
        );
        put_text(
            headers,
            const { HeaderName::from_static("accept-ranges") },
            &mut self.accept_ranges,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-expiration") },
            &mut self.expiration,
        );
        put_text(headers, const { HeaderName::from_static("x-amz-restore") }, &mut self.restore);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-archive-status") },
            &mut self.archive_status,
        );
        put_time(headers, const { HeaderName::from_static("last-modified") }, self.last_modified);
        put_number(
            headers,
            const { HeaderName::from_static("content-length") },
            self.content_length,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32") },
            &mut self.checksum_crc32,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32c") },
            &mut self.checksum_crc32c,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc64nvme") },
            &mut self.checksum_crc64nvme,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha1") },
            &mut self.checksum_sha1,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha256") },
            &mut self.checksum_sha256,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha512") },
            &mut self.checksum_sha512,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-md5") },
            &mut self.checksum_md5,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash64") },
            &mut self.checksum_xxhash64,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash3") },
            &mut self.checksum_xxhash3,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash128") },
            &mut self.checksum_xxhash128,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-type") },
            &mut self.checksum_type,
        );
        put_text(headers, const { HeaderName::from_static("etag") }, &mut self.etag);
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-missing-meta") },
            self.missing_meta,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("cache-control") },
            &mut self.cache_control,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-disposition") },
            &mut self.content_disposition,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-encoding") },
            &mut self.content_encoding,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-language") },
            &mut self.content_language,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-type") },
            &mut self.content_type,
        );
        put_text(
            headers,
            const { HeaderName::from_static("content-range") },
            &mut self.content_range,
        );
        put_text(headers, const { HeaderName::from_static("expires") }, &mut self.expires);
        put_metadata(headers, "x-amz-meta-", &self.metadata);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-replication-status") },
            &mut self.replication_status,
        );
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-mp-parts-count") },
            self.parts_count,
        );
        put_number(
            headers,
            const { HeaderName::from_static("x-amz-tagging-count") },
            self.tag_count,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

impl Checksums for HeadObjectOutput {
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &self.checksum_xxhash128,
        }
    }

    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &mut self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &mut self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &mut self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &mut self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &mut self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &mut self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &mut self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &mut self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &mut self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &mut self.checksum_xxhash128,
        }
    }
}

/// What ListBuckets answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListBucketsOutput {
    /// `Buckets`.
    pub buckets: Vec<Bucket>,
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `ContinuationToken`.
    pub continuation_token: Option<String>,
    /// `Prefix`.
    pub prefix: Option<String>,
}

impl Output for ListBucketsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListAllMyBucketsResult", |xml| {
            if let Some(it) = &self.owner {
                xml.element("Owner", |xml| it.write(xml));
            }
            xml.element("Buckets", |xml| {
                for it in &self.buckets {
                    xml.element("Bucket", |xml| it.write(xml));
                }
            });
            if let Some(it) = &self.continuation_token {
                xml.text("ContinuationToken", it);
            }
            if let Some(it) = &self.prefix {
                xml.text("Prefix", it);
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListMultipartUploads answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMultipartUploadsOutput {
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `KeyMarker`.
    pub key_marker: Option<String>,
    /// `UploadIdMarker`.
    pub upload_id_marker: Option<String>,
    /// `NextKeyMarker`.
    pub next_key_marker: Option<String>,
    /// `Prefix`.
    pub prefix: Option<String>,
    /// `Delimiter`.
    pub delimiter: Option<String>,
    /// `NextUploadIdMarker`.
    pub next_upload_id_marker: Option<String>,
    /// `MaxUploads`.
    pub max_uploads: Option<i64>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Upload`.
    pub uploads: Vec<MultipartUpload>,
    /// `CommonPrefixes`.
    pub common_prefixes: Vec<CommonPrefix>,
    /// `EncodingType`.
    pub encoding_type: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for ListMultipartUploadsOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListMultipartUploadsResult", |xml| {
            if let Some(it) = &self.bucket {
                xml.text("Bucket", it);
            }
            if let Some(it) = &self.key_marker {
                xml.text("KeyMarker", it);
            }
            if let Some(it) = &self.upload_id_marker {
                xml.text("UploadIdMarker", it);
            }
            if let Some(it) = &self.next_key_marker {
                xml.text("NextKeyMarker", it);
            }
            if let Some(it) = &self.prefix {
                xml.text("Prefix", it);
            }
            if let Some(it) = &self.delimiter {
                xml.text("Delimiter", it);
            }
            if let Some(it) = &self.next_upload_id_marker {
                xml.text("NextUploadIdMarker", it);
            }
            if let Some(it) = &self.max_uploads {
                xml.number("MaxUploads", *it);
            }
            if let Some(it) = &self.is_truncated {
                xml.boolean("IsTruncated", *it);
            }
            if let Some(it) = &self.encoding_type {
                xml.text("EncodingType", it);
            }
            for it in &self.uploads {
                xml.element("Upload", |xml| it.write(xml));
            }
            for it in &self.common_prefixes {
                xml.element("CommonPrefixes", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListObjectVersions answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectVersionsOutput {
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `KeyMarker`.
    pub key_marker: Option<String>,
    /// `VersionIdMarker`.
    pub version_id_marker: Option<String>,
    /// `NextKeyMarker`.
    pub next_key_marker: Option<String>,
    /// `NextVersionIdMarker`.
    pub next_version_id_marker: Option<String>,
    /// `Version`.
    pub versions: Vec<ObjectVersion>,
    /// `DeleteMarker`.
    pub delete_markers: Vec<DeleteMarkerEntry>,
    /// `Name`.
    pub name: Option<String>,
    /// `Prefix`.
    pub prefix: Option<String>,
    /// `Delimiter`.
    pub delimiter: Option<String>,
    /// `MaxKeys`.
    pub max_keys: Option<i64>,
    /// `CommonPrefixes`.
    pub common_prefixes: Vec<CommonPrefix>,
    /// `EncodingType`.
    pub encoding_type: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for ListObjectVersionsOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListVersionsResult", |xml| {
            if let Some(it) = &self.is_truncated {
                xml.boolean("IsTruncated", *it);
            }
            if let Some(it) = &self.key_marker {
                xml.text("KeyMarker", it);
            }
            if let Some(it) = &self.version_id_marker {
                xml.text("VersionIdMarker", it);
            }
            if let Some(it) = &self.next_key_marker {
                xml.text("NextKeyMarker", it);
            }
            if let Some(it) = &self.next_version_id_marker {
                xml.text("NextVersionIdMarker", it);
            }
            if let Some(it) = &self.name {
                xml.text("Name", it);
            }
            if let Some(it) = &self.prefix {
                xml.text("Prefix", it);
            }
            if let Some(it) = &self.delimiter {
                xml.text("Delimiter", it);
            }
            if let Some(it) = &self.max_keys {
                xml.number("MaxKeys", *it);
            }
            if let Some(it) = &self.encoding_type {
                xml.text("EncodingType", it);
            }
            for it in &self.versions {
                xml.element("Version", |xml| it.write(xml));
            }
            for it in &self.delete_markers {
                xml.element("DeleteMarker", |xml| it.write(xml));
            }
            for it in &self.common_prefixes {
                xml.element("CommonPrefixes", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListObjects answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectsOutput {
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `NextMarker`.
    pub next_marker: Option<String>,
    /// `Contents`.
    pub contents: Vec<Object>,
    /// `Name`.
    pub name: Option<String>,
    /// `Prefix`.
    pub prefix: Option<String>,
    /// `Delimiter`.
    pub delimiter: Option<String>,
    /// `MaxKeys`.
    pub max_keys: Option<i64>,
    /// `CommonPrefixes`.
    pub common_prefixes: Vec<CommonPrefix>,
    /// `EncodingType`.
    pub encoding_type: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for ListObjectsOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListBucketResult", |xml| {
            if let Some(it) = &self.is_truncated {
                xml.boolean("IsTruncated", *it);
            }
            if let Some(it) = &self.marker {
                xml.text("Marker", it);
            }
            if let Some(it) = &self.next_marker {
                xml.text("NextMarker", it);
            }
            if let Some(it) = &self.name {
                xml.text("Name", it);
            }
            if let Some(it) = &self.prefix {
                xml.text("Prefix", it);
            }
            if let Some(it) = &self.delimiter {
                xml.text("Delimiter", it);
            }
            if let Some(it) = &self.max_keys {
                xml.number("MaxKeys", *it);
            }
            if let Some(it) = &self.encoding_type {
                xml.text("EncodingType", it);
            }
            for it in &self.contents {
                xml.element("Contents", |xml| it.write(xml));
            }
            for it in &self.common_prefixes {
                xml.element("CommonPrefixes", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListObjectsV2 answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectsV2Output {
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Contents`.
    pub contents: Vec<Object>,
    /// `Name`.
    pub name: Option<String>,
    /// `Prefix`.
    pub prefix: Option<String>,
    /// `Delimiter`.
    pub delimiter: Option<String>,
    /// `MaxKeys`.
    pub max_keys: Option<i64>,
    /// `CommonPrefixes`.
    pub common_prefixes: Vec<CommonPrefix>,
    /// `EncodingType`.
    pub encoding_type: Option<String>,
    /// `KeyCount`.
    pub key_count: Option<i64>,
    /// `ContinuationToken`.
    pub continuation_token: Option<String>,
    /// `NextContinuationToken`.
    pub next_continuation_token: Option<String>,
    /// `StartAfter`.
    pub start_after: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for ListObjectsV2Output {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListBucketResult", |xml| {
            if let Some(it) = &self.is_truncated {
                xml.boolean("IsTruncated", *it);
            }
            if let Some(it) = &self.name {
                xml.text("Name", it);
            }
            if let Some(it) = &self.prefix {
                xml.text("Prefix", it);
            }
            if let Some(it) = &self.delimiter {
                xml.text("Delimiter", it);
            }
            if let Some(it) = &self.max_keys {
                xml.number("MaxKeys", *it);
            }
            if let Some(it) = &self.encoding_type {
                xml.text("EncodingType", it);
            }
            if let Some(it) = &self.key_count {
                xml.number("KeyCount", *it);
            }
            if let Some(it) = &self.continuation_token {
                xml.text("ContinuationToken", it);
            }
            if let Some(it) = &self.next_continuation_token {
                xml.text("NextContinuationToken", it);
            }
            if let Some(it) = &self.start_after {
                xml.text("StartAfter", it);
            }
            for it in &self.contents {
                xml.element("Contents", |xml| it.write(xml));
            }
            for it in &self.common_prefixes {
                xml.element("CommonPrefixes", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What ListParts answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPartsOutput {
    /// `x-amz-abort-date`.
    pub abort_date: Option<Timestamp>,
    /// `x-amz-abort-rule-id`.
    pub abort_rule_id: Option<String>,
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `UploadId`.
    pub upload_id: Option<String>,
    /// `PartNumberMarker`.
    pub part_number_marker: Option<i64>,
    /// `NextPartNumberMarker`.
    pub next_part_number_marker: Option<i64>,
    /// `MaxParts`.
    pub max_parts: Option<i64>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Part`.
    pub parts: Vec<Part>,
    /// `Initiator`.
    pub initiator: Option<Initiator>,
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `StorageClass`.
    pub storage_class: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `ChecksumAlgorithm`.
    pub checksum_algorithm: Option<String>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for ListPartsOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_time(headers, const { HeaderName::from_static("x-amz-abort-date") }, self.abort_date);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-abort-rule-id") },
            &mut self.abort_rule_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "ListPartsResult", |xml| {
            if let Some(it) = &self.bucket {
                xml.text("Bucket", it);
            }
            if let Some(it) = &self.key {
                xml.text("Key", it);
            }
            if let Some(it) = &self.upload_id {
                xml.text("UploadId", it);
            }
            if let Some(it) = &self.part_number_marker {
                xml.number("PartNumberMarker", *it);
            }
            if let Some(it) = &self.next_part_number_marker {
                xml.number("NextPartNumberMarker", *it);
            }
            if let Some(it) = &self.max_parts {
                xml.number("MaxParts", *it);
            }
            if let Some(it) = &self.is_truncated {
                xml.boolean("IsTruncated", *it);
            }
            if let Some(it) = &self.initiator {
                xml.element("Initiator", |xml| it.write(xml));
            }
            if let Some(it) = &self.owner {
                xml.element("Owner", |xml| it.write(xml));
            }
            if let Some(it) = &self.storage_class {
                xml.text("StorageClass", it);
            }
            if let Some(it) = &self.checksum_algorithm {
                xml.text("ChecksumAlgorithm", it);
            }
            if let Some(it) = &self.checksum_type {
                xml.text("ChecksumType", it);
            }
            for it in &self.parts {
                xml.element("Part", |xml| it.write(xml));
            }
            let _ = xml;
        });
    }
    fn has_body(&self) -> bool {
        true
    }
}

/// What PutBucketAbac answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketAbacOutput {}

impl Output for PutBucketAbacOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutBucketAcl answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketAclOutput {}

impl Output for PutBucketAclOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutBucketCors answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketCorsOutput {}

impl Output for PutBucketCorsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutBucketOwnershipControls answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketOwnershipControlsOutput {}

impl Output for PutBucketOwnershipControlsOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutBucketPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketPolicyOutput {}

impl Output for PutBucketPolicyOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutBucketTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketTaggingOutput {}

impl Output for PutBucketTaggingOutput {
    fn put_headers(&mut self, _: &mut HeaderMap) {}
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutObject answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectOutput {
    /// `x-amz-expiration`.
    pub expiration: Option<String>,
    /// `etag`.
    pub etag: Option<String>,
    /// `x-amz-checksum-crc32`.
    pub checksum_crc32: Option<String>,
    /// `x-amz-checksum-crc32c`.
    pub checksum_crc32c: Option<String>,
    /// `x-amz-checksum-crc64nvme`.
    pub checksum_crc64nvme: Option<String>,
    /// `x-amz-checksum-sha1`.
    pub checksum_sha1: Option<String>,
    /// `x-amz-checksum-sha256`.
    pub checksum_sha256: Option<String>,
    /// `x-amz-checksum-sha512`.
    pub checksum_sha512: Option<String>,
    /// `x-amz-checksum-md5`.
    pub checksum_md5: Option<String>,
    /// `x-amz-checksum-xxhash64`.
    pub checksum_xxhash64: Option<String>,
    /// `x-amz-checksum-xxhash3`.
    pub checksum_xxhash3: Option<String>,
    /// `x-amz-checksum-xxhash128`.
    pub checksum_xxhash128: Option<String>,
    /// `x-amz-checksum-type`.
    pub checksum_type: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// `x-amz-object-size`.
    pub size: Option<i64>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for PutObjectOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-expiration") },
            &mut self.expiration,
        );
        put_text(headers, const { HeaderName::from_static("etag") }, &mut self.etag);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32") },
            &mut self.checksum_crc32,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32c") },
            &mut self.checksum_crc32c,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc64nvme") },
            &mut self.checksum_crc64nvme,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha1") },
            &mut self.checksum_sha1,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha256") },
            &mut self.checksum_sha256,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha512") },
            &mut self.checksum_sha512,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-md5") },
            &mut self.checksum_md5,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash64") },
            &mut self.checksum_xxhash64,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash3") },
            &mut self.checksum_xxhash3,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash128") },
            &mut self.checksum_xxhash128,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-type") },
            &mut self.checksum_type,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
        put_number(headers, const { HeaderName::from_static("x-amz-object-size") }, self.size);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

impl Checksums for PutObjectOutput {
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &self.checksum_xxhash128,
        }
    }

    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &mut self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &mut self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &mut self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &mut self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &mut self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &mut self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &mut self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &mut self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &mut self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &mut self.checksum_xxhash128,
        }
    }
}

/// What PutObjectAcl answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectAclOutput {
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
}

impl Output for PutObjectAclOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

/// What PutObjectTagging answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectTaggingOutput {
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for PutObjectTaggingOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
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

/// What UploadPart answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPartOutput {
    /// `etag`.
    pub etag: Option<String>,
    /// `x-amz-checksum-crc32`.
    pub checksum_crc32: Option<String>,
    /// `x-amz-checksum-crc32c`.
    pub checksum_crc32c: Option<String>,
    /// `x-amz-checksum-crc64nvme`.
    pub checksum_crc64nvme: Option<String>,
    /// `x-amz-checksum-sha1`.
    pub checksum_sha1: Option<String>,
    /// `x-amz-checksum-sha256`.
    pub checksum_sha256: Option<String>,
    /// `x-amz-checksum-sha512`.
    pub checksum_sha512: Option<String>,
    /// `x-amz-checksum-md5`.
    pub checksum_md5: Option<String>,
    /// `x-amz-checksum-xxhash64`.
    pub checksum_xxhash64: Option<String>,
    /// `x-amz-checksum-xxhash3`.
    pub checksum_xxhash3: Option<String>,
    /// `x-amz-checksum-xxhash128`.
    pub checksum_xxhash128: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
}

impl Output for UploadPartOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(headers, const { HeaderName::from_static("etag") }, &mut self.etag);
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32") },
            &mut self.checksum_crc32,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc32c") },
            &mut self.checksum_crc32c,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-crc64nvme") },
            &mut self.checksum_crc64nvme,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha1") },
            &mut self.checksum_sha1,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha256") },
            &mut self.checksum_sha256,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-sha512") },
            &mut self.checksum_sha512,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-md5") },
            &mut self.checksum_md5,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash64") },
            &mut self.checksum_xxhash64,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash3") },
            &mut self.checksum_xxhash3,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-checksum-xxhash128") },
            &mut self.checksum_xxhash128,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, _: &mut Writer) {}
    fn has_body(&self) -> bool {
        false
    }
}

impl Checksums for UploadPartOutput {
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &self.checksum_xxhash128,
        }
    }

    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {
        match algorithm {
            ChecksumAlgorithm::Crc32 => &mut self.checksum_crc32,
            ChecksumAlgorithm::Crc32c => &mut self.checksum_crc32c,
            ChecksumAlgorithm::Crc64Nvme => &mut self.checksum_crc64nvme,
            ChecksumAlgorithm::Sha1 => &mut self.checksum_sha1,
            ChecksumAlgorithm::Sha256 => &mut self.checksum_sha256,
            ChecksumAlgorithm::Sha512 => &mut self.checksum_sha512,
            ChecksumAlgorithm::Md5 => &mut self.checksum_md5,
            ChecksumAlgorithm::XxHash64 => &mut self.checksum_xxhash64,
            ChecksumAlgorithm::XxHash3 => &mut self.checksum_xxhash3,
            ChecksumAlgorithm::XxHash128 => &mut self.checksum_xxhash128,
        }
    }
}

/// What UploadPartCopy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPartCopyOutput {
    /// `x-amz-copy-source-version-id`.
    pub copy_source_version_id: Option<String>,
    /// `x-amz-request-charged`.
    pub request_charged: Option<String>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// The document.
    pub document: CopyPartResult,
}

impl Output for UploadPartCopyOutput {
    fn put_headers(&mut self, headers: &mut HeaderMap) {
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-copy-source-version-id") },
            &mut self.copy_source_version_id,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-request-charged") },
            &mut self.request_charged,
        );
        put_text(
            headers,
            const { HeaderName::from_static("x-amz-version-id") },
            &mut self.version_id,
        );
    }
    fn write(&self, xml: &mut Writer) {
        xml.root_in(Service::S3, "CopyPartResult", |xml| self.document.write(xml));
    }
    fn has_body(&self) -> bool {
        true
    }
}
