//! Generated from model/ by `cargo xtask gen`: what operations are asked, in query and headers.

use types::{ChecksumAlgorithm, Timestamp};

use crate::checksums::Checksums;
use crate::error::Error;
use crate::head::RequestHead;
/// What AbortMultipartUpload is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AbortMultipartUploadInput {
    /// `uploadId`.
    pub upload_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl AbortMultipartUploadInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            upload_id: head.query_text("uploadId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What CompleteMultipartUpload is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompleteMultipartUploadInput {
    /// `uploadId`.
    pub upload_id: Option<String>,
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
    /// `x-amz-mp-object-size`.
    pub mpu_object_size: Option<i64>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

impl CompleteMultipartUploadInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            upload_id: head.query_text("uploadId")?,
            checksum_crc32: head.header_text("x-amz-checksum-crc32")?,
            checksum_crc32c: head.header_text("x-amz-checksum-crc32c")?,
            checksum_crc64nvme: head.header_text("x-amz-checksum-crc64nvme")?,
            checksum_sha1: head.header_text("x-amz-checksum-sha1")?,
            checksum_sha256: head.header_text("x-amz-checksum-sha256")?,
            checksum_sha512: head.header_text("x-amz-checksum-sha512")?,
            checksum_md5: head.header_text("x-amz-checksum-md5")?,
            checksum_xxhash64: head.header_text("x-amz-checksum-xxhash64")?,
            checksum_xxhash3: head.header_text("x-amz-checksum-xxhash3")?,
            checksum_xxhash128: head.header_text("x-amz-checksum-xxhash128")?,
            checksum_type: head.header_text("x-amz-checksum-type")?,
            mpu_object_size: head.header_number("x-amz-mp-object-size")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            if_match: head.header_text("if-match")?,
            if_none_match: head.header_text("if-none-match")?,
        })
    }
}

impl Checksums for CompleteMultipartUploadInput {
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

/// What CopyObject is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopyObjectInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `x-amz-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `x-amz-copy-source`.
    pub copy_source: Option<String>,
    /// `x-amz-copy-source-if-match`.
    pub copy_source_if_match: Option<String>,
    /// `x-amz-copy-source-if-modified-since`.
    pub copy_source_if_modified_since: Option<Timestamp>,
    /// `x-amz-copy-source-if-none-match`.
    pub copy_source_if_none_match: Option<String>,
    /// `x-amz-copy-source-if-unmodified-since`.
    pub copy_source_if_unmodified_since: Option<Timestamp>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
    /// `x-amz-metadata-directive`.
    pub metadata_directive: Option<String>,
    /// `x-amz-tagging-directive`.
    pub tagging_directive: Option<String>,
    /// `x-amz-object-annotation-directive`.
    pub annotation_directive: Option<String>,
    /// `x-amz-tagging`.
    pub tagging: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-source-expected-bucket-owner`.
    pub expected_source_bucket_owner: Option<String>,
}

impl CopyObjectInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            cache_control: head.header_text("cache-control")?,
            checksum_algorithm: head.header_text("x-amz-checksum-algorithm")?,
            content_disposition: head.header_text("content-disposition")?,
            content_encoding: head.header_text("content-encoding")?,
            content_language: head.header_text("content-language")?,
            content_type: head.header_text("content-type")?,
            copy_source: head.header_text("x-amz-copy-source")?,
            copy_source_if_match: head.header_text("x-amz-copy-source-if-match")?,
            copy_source_if_modified_since: head
                .header_time("x-amz-copy-source-if-modified-since")?,
            copy_source_if_none_match: head.header_text("x-amz-copy-source-if-none-match")?,
            copy_source_if_unmodified_since: head
                .header_time("x-amz-copy-source-if-unmodified-since")?,
            expires: head.header_text("expires")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
            if_match: head.header_text("if-match")?,
            if_none_match: head.header_text("if-none-match")?,
            metadata: head.user_metadata("x-amz-meta-")?,
            metadata_directive: head.header_text("x-amz-metadata-directive")?,
            tagging_directive: head.header_text("x-amz-tagging-directive")?,
            annotation_directive: head.header_text("x-amz-object-annotation-directive")?,
            tagging: head.header_text("x-amz-tagging")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            expected_source_bucket_owner: head.header_text("x-amz-source-expected-bucket-owner")?,
        })
    }
}

/// What CreateBucket is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateBucketInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write`.
    pub grant_write: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
}

impl CreateBucketInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write: head.header_text("x-amz-grant-write")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
        })
    }
}

/// What CreateMultipartUpload is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateMultipartUploadInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
    /// `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
    /// `x-amz-tagging`.
    pub tagging: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-checksum-type`.
    pub checksum_type: Option<String>,
}

impl CreateMultipartUploadInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            cache_control: head.header_text("cache-control")?,
            content_disposition: head.header_text("content-disposition")?,
            content_encoding: head.header_text("content-encoding")?,
            content_language: head.header_text("content-language")?,
            content_type: head.header_text("content-type")?,
            expires: head.header_text("expires")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
            metadata: head.user_metadata("x-amz-meta-")?,
            tagging: head.header_text("x-amz-tagging")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            checksum_algorithm: head.header_text("x-amz-checksum-algorithm")?,
            checksum_type: head.header_text("x-amz-checksum-type")?,
        })
    }
}

/// What DeleteBucket is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteBucketInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What DeleteBucketCors is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketCorsInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteBucketCorsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What DeleteBucketOwnershipControls is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketOwnershipControlsInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteBucketOwnershipControlsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What DeleteBucketPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketPolicyInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteBucketPolicyInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What DeleteBucketTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteBucketTaggingInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteBucketTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What DeleteObject is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-bypass-governance-retention`.
    pub bypass_governance_retention: Option<bool>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
}

impl DeleteObjectInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            bypass_governance_retention: head
                .header_boolean("x-amz-bypass-governance-retention")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            if_match: head.header_text("if-match")?,
        })
    }
}

/// What DeleteObjectTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectTaggingInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeleteObjectTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What DeleteObjects is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteObjectsInput {
    /// `x-amz-bypass-governance-retention`.
    pub bypass_governance_retention: Option<bool>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
}

impl DeleteObjectsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            bypass_governance_retention: head
                .header_boolean("x-amz-bypass-governance-retention")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
        })
    }
}

/// What DeletePublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePublicAccessBlockInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl DeletePublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketAbac is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketAbacInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketAbacInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketAcl is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketAclInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketAclInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketCors is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketCorsInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketCorsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketLocation is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketLocationInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketLocationInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketOwnershipControls is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketOwnershipControlsInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketOwnershipControlsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketPolicyInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketPolicyInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketPolicyStatus is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketPolicyStatusInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketPolicyStatusInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetBucketTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetBucketTaggingInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetBucketTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What GetObject is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectInput {
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-Modified-Since`.
    pub if_modified_since: Option<Timestamp>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `If-Unmodified-Since`.
    pub if_unmodified_since: Option<Timestamp>,
    /// `Range`.
    pub range: Option<String>,
    /// `response-cache-control`.
    pub response_cache_control: Option<String>,
    /// `response-content-disposition`.
    pub response_content_disposition: Option<String>,
    /// `response-content-encoding`.
    pub response_content_encoding: Option<String>,
    /// `response-content-language`.
    pub response_content_language: Option<String>,
    /// `response-content-type`.
    pub response_content_type: Option<String>,
    /// `response-expires`.
    pub response_expires: Option<Timestamp>,
    /// `versionId`.
    pub version_id: Option<String>,
    /// `partNumber`.
    pub part_number: Option<i64>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-checksum-mode`.
    pub checksum_mode: Option<String>,
}

impl GetObjectInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            if_match: head.header_text("if-match")?,
            if_modified_since: head.header_time("if-modified-since")?,
            if_none_match: head.header_text("if-none-match")?,
            if_unmodified_since: head.header_time("if-unmodified-since")?,
            range: head.header_text("range")?,
            response_cache_control: head.query_text("response-cache-control")?,
            response_content_disposition: head.query_text("response-content-disposition")?,
            response_content_encoding: head.query_text("response-content-encoding")?,
            response_content_language: head.query_text("response-content-language")?,
            response_content_type: head.query_text("response-content-type")?,
            response_expires: head.query_time("response-expires")?,
            version_id: head.query_text("versionId")?,
            part_number: head.query_number("partNumber")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            checksum_mode: head.header_text("x-amz-checksum-mode")?,
        })
    }
}

/// What GetObjectAcl is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectAclInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetObjectAclInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What GetObjectAttributes is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectAttributesInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-max-parts`.
    pub max_parts: Option<i64>,
    /// `x-amz-part-number-marker`.
    pub part_number_marker: Option<i64>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-object-attributes`.
    pub object_attributes: Option<String>,
}

impl GetObjectAttributesInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            max_parts: head.header_number("x-amz-max-parts")?,
            part_number_marker: head.header_number("x-amz-part-number-marker")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            object_attributes: head.header_text("x-amz-object-attributes")?,
        })
    }
}

/// What GetObjectTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectTaggingInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetObjectTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What GetPublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPublicAccessBlockInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl GetPublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What HeadBucket is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadBucketInput {
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl HeadBucketInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self { expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")? })
    }
}

/// What HeadObject is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadObjectInput {
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-Modified-Since`.
    pub if_modified_since: Option<Timestamp>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `If-Unmodified-Since`.
    pub if_unmodified_since: Option<Timestamp>,
    /// `Range`.
    pub range: Option<String>,
    /// `response-cache-control`.
    pub response_cache_control: Option<String>,
    /// `response-content-disposition`.
    pub response_content_disposition: Option<String>,
    /// `response-content-encoding`.
    pub response_content_encoding: Option<String>,
    /// `response-content-language`.
    pub response_content_language: Option<String>,
    /// `response-content-type`.
    pub response_content_type: Option<String>,
    /// `response-expires`.
    pub response_expires: Option<Timestamp>,
    /// `versionId`.
    pub version_id: Option<String>,
    /// `partNumber`.
    pub part_number: Option<i64>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-checksum-mode`.
    pub checksum_mode: Option<String>,
}

impl HeadObjectInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            if_match: head.header_text("if-match")?,
            if_modified_since: head.header_time("if-modified-since")?,
            if_none_match: head.header_text("if-none-match")?,
            if_unmodified_since: head.header_time("if-unmodified-since")?,
            range: head.header_text("range")?,
            response_cache_control: head.query_text("response-cache-control")?,
            response_content_disposition: head.query_text("response-content-disposition")?,
            response_content_encoding: head.query_text("response-content-encoding")?,
            response_content_language: head.query_text("response-content-language")?,
            response_content_type: head.query_text("response-content-type")?,
            response_expires: head.query_time("response-expires")?,
            version_id: head.query_text("versionId")?,
            part_number: head.query_number("partNumber")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            checksum_mode: head.header_text("x-amz-checksum-mode")?,
        })
    }
}

/// What ListBuckets is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListBucketsInput {
    /// `max-buckets`.
    pub max_buckets: Option<i64>,
    /// `continuation-token`.
    pub continuation_token: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `bucket-region`.
    pub bucket_region: Option<String>,
}

impl ListBucketsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            max_buckets: head.query_number("max-buckets")?,
            continuation_token: head.query_text("continuation-token")?,
            prefix: head.query_text("prefix")?,
            bucket_region: head.query_text("bucket-region")?,
        })
    }
}

/// What ListMultipartUploads is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMultipartUploadsInput {
    /// `delimiter`.
    pub delimiter: Option<String>,
    /// `encoding-type`.
    pub encoding_type: Option<String>,
    /// `key-marker`.
    pub key_marker: Option<String>,
    /// `max-uploads`.
    pub max_uploads: Option<i64>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `upload-id-marker`.
    pub upload_id_marker: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl ListMultipartUploadsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            delimiter: head.query_text("delimiter")?,
            encoding_type: head.query_text("encoding-type")?,
            key_marker: head.query_text("key-marker")?,
            max_uploads: head.query_number("max-uploads")?,
            prefix: head.query_text("prefix")?,
            upload_id_marker: head.query_text("upload-id-marker")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What ListObjectVersions is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectVersionsInput {
    /// `delimiter`.
    pub delimiter: Option<String>,
    /// `encoding-type`.
    pub encoding_type: Option<String>,
    /// `key-marker`.
    pub key_marker: Option<String>,
    /// `max-keys`.
    pub max_keys: Option<i64>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `version-id-marker`.
    pub version_id_marker: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl ListObjectVersionsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            delimiter: head.query_text("delimiter")?,
            encoding_type: head.query_text("encoding-type")?,
            key_marker: head.query_text("key-marker")?,
            max_keys: head.query_number("max-keys")?,
            prefix: head.query_text("prefix")?,
            version_id_marker: head.query_text("version-id-marker")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What ListObjects is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectsInput {
    /// `delimiter`.
    pub delimiter: Option<String>,
    /// `encoding-type`.
    pub encoding_type: Option<String>,
    /// `marker`.
    pub marker: Option<String>,
    /// `max-keys`.
    pub max_keys: Option<i64>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl ListObjectsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            delimiter: head.query_text("delimiter")?,
            encoding_type: head.query_text("encoding-type")?,
            marker: head.query_text("marker")?,
            max_keys: head.query_number("max-keys")?,
            prefix: head.query_text("prefix")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What ListObjectsV2 is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListObjectsV2Input {
    /// `delimiter`.
    pub delimiter: Option<String>,
    /// `encoding-type`.
    pub encoding_type: Option<String>,
    /// `max-keys`.
    pub max_keys: Option<i64>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `continuation-token`.
    pub continuation_token: Option<String>,
    /// `fetch-owner`.
    pub fetch_owner: Option<bool>,
    /// `start-after`.
    pub start_after: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl ListObjectsV2Input {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            delimiter: head.query_text("delimiter")?,
            encoding_type: head.query_text("encoding-type")?,
            max_keys: head.query_number("max-keys")?,
            prefix: head.query_text("prefix")?,
            continuation_token: head.query_text("continuation-token")?,
            fetch_owner: head.query_boolean("fetch-owner")?,
            start_after: head.query_text("start-after")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What ListParts is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPartsInput {
    /// `max-parts`.
    pub max_parts: Option<i64>,
    /// `part-number-marker`.
    pub part_number_marker: Option<i64>,
    /// `uploadId`.
    pub upload_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl ListPartsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            max_parts: head.query_number("max-parts")?,
            part_number_marker: head.query_number("part-number-marker")?,
            upload_id: head.query_text("uploadId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutBucketAbac is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketAbacInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutBucketAbacInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutBucketAcl is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketAclInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write`.
    pub grant_write: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutBucketAclInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write: head.header_text("x-amz-grant-write")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutBucketCors is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketCorsInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutBucketCorsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutBucketOwnershipControls is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketOwnershipControlsInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
}

impl PutBucketOwnershipControlsInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
        })
    }
}

/// What PutBucketPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketPolicyInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-confirm-remove-self-bucket-access`.
    pub confirm_remove_self_bucket_access: Option<bool>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutBucketPolicyInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            confirm_remove_self_bucket_access: head
                .header_boolean("x-amz-confirm-remove-self-bucket-access")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutBucketTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutBucketTaggingInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutBucketTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutObject is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Content-Length`.
    pub content_length: Option<i64>,
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
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
    /// `Expires`.
    pub expires: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
    /// `x-amz-meta-`.
    pub metadata: Vec<(String, String)>,
    /// `x-amz-tagging`.
    pub tagging: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutObjectInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            cache_control: head.header_text("cache-control")?,
            content_disposition: head.header_text("content-disposition")?,
            content_encoding: head.header_text("content-encoding")?,
            content_language: head.header_text("content-language")?,
            content_length: head.header_number("content-length")?,
            content_md5: head.header_text("content-md5")?,
            content_type: head.header_text("content-type")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            checksum_crc32: head.header_text("x-amz-checksum-crc32")?,
            checksum_crc32c: head.header_text("x-amz-checksum-crc32c")?,
            checksum_crc64nvme: head.header_text("x-amz-checksum-crc64nvme")?,
            checksum_sha1: head.header_text("x-amz-checksum-sha1")?,
            checksum_sha256: head.header_text("x-amz-checksum-sha256")?,
            checksum_sha512: head.header_text("x-amz-checksum-sha512")?,
            checksum_md5: head.header_text("x-amz-checksum-md5")?,
            checksum_xxhash64: head.header_text("x-amz-checksum-xxhash64")?,
            checksum_xxhash3: head.header_text("x-amz-checksum-xxhash3")?,
            checksum_xxhash128: head.header_text("x-amz-checksum-xxhash128")?,
            expires: head.header_text("expires")?,
            if_match: head.header_text("if-match")?,
            if_none_match: head.header_text("if-none-match")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
            metadata: head.user_metadata("x-amz-meta-")?,
            tagging: head.header_text("x-amz-tagging")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

impl Checksums for PutObjectInput {
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

/// What PutObjectAcl is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectAclInput {
    /// `x-amz-acl`.
    pub acl: Option<String>,
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-grant-full-control`.
    pub grant_full_control: Option<String>,
    /// `x-amz-grant-read`.
    pub grant_read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub grant_read_acp: Option<String>,
    /// `x-amz-grant-write`.
    pub grant_write: Option<String>,
    /// `x-amz-grant-write-acp`.
    pub grant_write_acp: Option<String>,
    /// `versionId`.
    pub version_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutObjectAclInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            acl: head.header_text("x-amz-acl")?,
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            grant_full_control: head.header_text("x-amz-grant-full-control")?,
            grant_read: head.header_text("x-amz-grant-read")?,
            grant_read_acp: head.header_text("x-amz-grant-read-acp")?,
            grant_write: head.header_text("x-amz-grant-write")?,
            grant_write_acp: head.header_text("x-amz-grant-write-acp")?,
            version_id: head.query_text("versionId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutObjectTagging is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutObjectTaggingInput {
    /// `versionId`.
    pub version_id: Option<String>,
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutObjectTaggingInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            version_id: head.query_text("versionId")?,
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What PutPublicAccessBlock is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutPublicAccessBlockInput {
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl PutPublicAccessBlockInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

/// What UploadPart is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPartInput {
    /// `Content-Length`.
    pub content_length: Option<i64>,
    /// `Content-MD5`.
    pub content_md5: Option<String>,
    /// `x-amz-sdk-checksum-algorithm`.
    pub checksum_algorithm: Option<String>,
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
    /// `partNumber`.
    pub part_number: Option<i64>,
    /// `uploadId`.
    pub upload_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
}

impl UploadPartInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            content_length: head.header_number("content-length")?,
            content_md5: head.header_text("content-md5")?,
            checksum_algorithm: head.header_text("x-amz-sdk-checksum-algorithm")?,
            checksum_crc32: head.header_text("x-amz-checksum-crc32")?,
            checksum_crc32c: head.header_text("x-amz-checksum-crc32c")?,
            checksum_crc64nvme: head.header_text("x-amz-checksum-crc64nvme")?,
            checksum_sha1: head.header_text("x-amz-checksum-sha1")?,
            checksum_sha256: head.header_text("x-amz-checksum-sha256")?,
            checksum_sha512: head.header_text("x-amz-checksum-sha512")?,
            checksum_md5: head.header_text("x-amz-checksum-md5")?,
            checksum_xxhash64: head.header_text("x-amz-checksum-xxhash64")?,
            checksum_xxhash3: head.header_text("x-amz-checksum-xxhash3")?,
            checksum_xxhash128: head.header_text("x-amz-checksum-xxhash128")?,
            part_number: head.query_number("partNumber")?,
            upload_id: head.query_text("uploadId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
        })
    }
}

impl Checksums for UploadPartInput {
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

/// What UploadPartCopy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPartCopyInput {
    /// `x-amz-copy-source`.
    pub copy_source: Option<String>,
    /// `x-amz-copy-source-if-match`.
    pub copy_source_if_match: Option<String>,
    /// `x-amz-copy-source-if-modified-since`.
    pub copy_source_if_modified_since: Option<Timestamp>,
    /// `x-amz-copy-source-if-none-match`.
    pub copy_source_if_none_match: Option<String>,
    /// `x-amz-copy-source-if-unmodified-since`.
    pub copy_source_if_unmodified_since: Option<Timestamp>,
    /// `x-amz-copy-source-range`.
    pub copy_source_range: Option<String>,
    /// `partNumber`.
    pub part_number: Option<i64>,
    /// `uploadId`.
    pub upload_id: Option<String>,
    /// `x-amz-expected-bucket-owner`.
    pub expected_bucket_owner: Option<String>,
    /// `x-amz-source-expected-bucket-owner`.
    pub expected_source_bucket_owner: Option<String>,
}

impl UploadPartCopyInput {
    /// Reads query and headers; an error is AWS's for a malformed value.
    pub fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {
            copy_source: head.header_text("x-amz-copy-source")?,
            copy_source_if_match: head.header_text("x-amz-copy-source-if-match")?,
            copy_source_if_modified_since: head
                .header_time("x-amz-copy-source-if-modified-since")?,
            copy_source_if_none_match: head.header_text("x-amz-copy-source-if-none-match")?,
            copy_source_if_unmodified_since: head
                .header_time("x-amz-copy-source-if-unmodified-since")?,
            copy_source_range: head.header_text("x-amz-copy-source-range")?,
            part_number: head.query_number("partNumber")?,
            upload_id: head.query_text("uploadId")?,
            expected_bucket_owner: head.header_text("x-amz-expected-bucket-owner")?,
            expected_source_bucket_owner: head.header_text("x-amz-source-expected-bucket-owner")?,
        })
    }
}
