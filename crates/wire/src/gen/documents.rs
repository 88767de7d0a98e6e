//! Generated from model/ by `cargo xtask gen`: structures in XML bodies.

use types::{ChecksumAlgorithm, Timestamp};

use crate::checksums::Checksums;
use crate::error::Error;
use crate::xml::{Element, Writer};
/// `AbacStatus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AbacStatus {
    /// `Status`.
    pub status: Option<String>,
}

impl AbacStatus {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.status {
            xml.text("Status", it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Status"], &[])?;
        Ok(Self { status: element.one("Status", Element::to_text)? })
    }
}

/// `AccessControlPolicy`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessControlPolicy {
    /// `AccessControlList`.
    pub grants: Vec<Grant>,
    /// `Owner`.
    pub owner: Option<Owner>,
}

impl AccessControlPolicy {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["AccessControlList", "Owner"], &[])?;
        Ok(Self {
            grants: element.list("AccessControlList", "Grant", Grant::read)?,
            owner: element.one("Owner", Owner::read)?,
        })
    }
}

/// `Bucket`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bucket {
    /// `Name`.
    pub name: Option<String>,
    /// `CreationDate`.
    pub creation_date: Option<Timestamp>,
    /// `BucketRegion`.
    pub bucket_region: Option<String>,
    /// `BucketArn`.
    pub bucket_arn: Option<String>,
}

impl Bucket {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.name {
            xml.text("Name", it);
        }
        if let Some(it) = &self.creation_date {
            xml.time("CreationDate", *it);
        }
        if let Some(it) = &self.bucket_region {
            xml.text("BucketRegion", it);
        }
        if let Some(it) = &self.bucket_arn {
            xml.text("BucketArn", it);
        }
    }
}

/// `BucketInfo`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BucketInfo {
    /// `DataRedundancy`.
    pub data_redundancy: Option<String>,
    /// `Type`.
    pub kind: Option<String>,
}

impl BucketInfo {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["DataRedundancy", "Type"], &[])?;
        Ok(Self {
            data_redundancy: element.one("DataRedundancy", Element::to_text)?,
            kind: element.one("Type", Element::to_text)?,
        })
    }
}

/// `CORSConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CORSConfiguration {
    /// `CORSRule`.
    pub cors_rules: Vec<CORSRule>,
}

impl CORSConfiguration {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["CORSRule"], &["CORSRule"])?;
        Ok(Self { cors_rules: element.all("CORSRule", CORSRule::read)? })
    }
}

/// `CORSRule`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CORSRule {
    /// `ID`.
    pub id: Option<String>,
    /// `AllowedHeader`.
    pub allowed_headers: Vec<String>,
    /// `AllowedMethod`.
    pub allowed_methods: Vec<String>,
    /// `AllowedOrigin`.
    pub allowed_origins: Vec<String>,
    /// `ExposeHeader`.
    pub expose_headers: Vec<String>,
    /// `MaxAgeSeconds`.
    pub max_age_seconds: Option<i64>,
}

impl CORSRule {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.id {
            xml.text("ID", it);
        }
        for it in &self.allowed_headers {
            xml.text("AllowedHeader", it);
        }
        for it in &self.allowed_methods {
            xml.text("AllowedMethod", it);
        }
        for it in &self.allowed_origins {
            xml.text("AllowedOrigin", it);
        }
        for it in &self.expose_headers {
            xml.text("ExposeHeader", it);
        }
        if let Some(it) = &self.max_age_seconds {
            xml.number("MaxAgeSeconds", *it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(
            &[
                "ID",
                "AllowedHeader",
                "AllowedMethod",
                "AllowedOrigin",
                "ExposeHeader",
                "MaxAgeSeconds",
            ],
            &["AllowedMethod", "AllowedOrigin"],
        )?;
        Ok(Self {
            id: element.one("ID", Element::to_text)?,
            allowed_headers: element.all("AllowedHeader", Element::to_text)?,
            allowed_methods: element.all("AllowedMethod", Element::to_text)?,
            allowed_origins: element.all("AllowedOrigin", Element::to_text)?,
            expose_headers: element.all("ExposeHeader", Element::to_text)?,
            max_age_seconds: element.one("MaxAgeSeconds", Element::to_number)?,
        })
    }
}

/// `Checksum`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checksum {
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
}

impl Checksum {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
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
    }
}

impl Checksums for Checksum {
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

/// `CommonPrefix`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommonPrefix {
    /// `Prefix`.
    pub prefix: Option<String>,
}

impl CommonPrefix {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.prefix {
            xml.text("Prefix", it);
        }
    }
}

/// `CompletedMultipartUpload`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompletedMultipartUpload {
    /// `Part`.
    pub parts: Vec<CompletedPart>,
}

impl CompletedMultipartUpload {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Part"], &[])?;
        Ok(Self { parts: element.all("Part", CompletedPart::read)? })
    }
}

/// `CompletedPart`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompletedPart {
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
    /// `PartNumber`.
    pub part_number: Option<i64>,
}

impl CompletedPart {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(
            &[
                "ETag",
                "ChecksumCRC32",
                "ChecksumCRC32C",
                "ChecksumCRC64NVME",
                "ChecksumSHA1",
                "ChecksumSHA256",
                "ChecksumSHA512",
                "ChecksumMD5",
                "ChecksumXXHASH64",
                "ChecksumXXHASH3",
                "ChecksumXXHASH128",
                "PartNumber",
            ],
            &[],
        )?;
        Ok(Self {
            etag: element.one("ETag", Element::to_text)?,
            checksum_crc32: element.one("ChecksumCRC32", Element::to_text)?,
            checksum_crc32c: element.one("ChecksumCRC32C", Element::to_text)?,
            checksum_crc64nvme: element.one("ChecksumCRC64NVME", Element::to_text)?,
            checksum_sha1: element.one("ChecksumSHA1", Element::to_text)?,
            checksum_sha256: element.one("ChecksumSHA256", Element::to_text)?,
            checksum_sha512: element.one("ChecksumSHA512", Element::to_text)?,
            checksum_md5: element.one("ChecksumMD5", Element::to_text)?,
            checksum_xxhash64: element.one("ChecksumXXHASH64", Element::to_text)?,
            checksum_xxhash3: element.one("ChecksumXXHASH3", Element::to_text)?,
            checksum_xxhash128: element.one("ChecksumXXHASH128", Element::to_text)?,
            part_number: element.one("PartNumber", Element::to_number)?,
        })
    }
}

impl Checksums for CompletedPart {
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

/// `CopyObjectResult`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopyObjectResult {
    /// `ETag`.
    pub etag: Option<String>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
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
}

impl CopyObjectResult {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.etag {
            xml.text("ETag", it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
        }
        if let Some(it) = &self.checksum_type {
            xml.text("ChecksumType", it);
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
    }
}

impl Checksums for CopyObjectResult {
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

/// `CopyPartResult`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopyPartResult {
    /// `ETag`.
    pub etag: Option<String>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
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
}

impl CopyPartResult {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.etag {
            xml.text("ETag", it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
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
    }
}

impl Checksums for CopyPartResult {
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

/// `CreateBucketConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateBucketConfiguration {
    /// `LocationConstraint`.
    pub location_constraint: Option<String>,
    /// `Location`.
    pub location: Option<LocationInfo>,
    /// `Bucket`.
    pub bucket: Option<BucketInfo>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl CreateBucketConfiguration {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["LocationConstraint", "Location", "Bucket", "Tags"], &[])?;
        Ok(Self {
            location_constraint: element.one("LocationConstraint", Element::to_text)?,
            location: element.one("Location", LocationInfo::read)?,
            bucket: element.one("Bucket", BucketInfo::read)?,
            tags: element.list("Tags", "Tag", Tag::read)?,
        })
    }
}

/// `Delete`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delete {
    /// `Object`.
    pub objects: Vec<ObjectIdentifier>,
    /// `Quiet`.
    pub quiet: Option<bool>,
}

impl Delete {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Object", "Quiet"], &["Object"])?;
        Ok(Self {
            objects: element.all("Object", ObjectIdentifier::read)?,
            quiet: element.one("Quiet", Element::to_boolean)?,
        })
    }
}

/// `DeleteMarkerEntry`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMarkerEntry {
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `Key`.
    pub key: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `IsLatest`.
    pub is_latest: Option<bool>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
}

impl DeleteMarkerEntry {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.owner {
            xml.element("Owner", |xml| it.write(xml));
        }
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
        if let Some(it) = &self.is_latest {
            xml.boolean("IsLatest", *it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
        }
    }
}

/// `DeletedObject`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletedObject {
    /// `Key`.
    pub key: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `DeleteMarker`.
    pub delete_marker: Option<bool>,
    /// `DeleteMarkerVersionId`.
    pub delete_marker_version_id: Option<String>,
}

impl DeletedObject {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
        if let Some(it) = &self.delete_marker {
            xml.boolean("DeleteMarker", *it);
        }
        if let Some(it) = &self.delete_marker_version_id {
            xml.text("DeleteMarkerVersionId", it);
        }
    }
}

/// `Error`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteError {
    /// `Key`.
    pub key: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `Code`.
    pub code: Option<String>,
    /// `Message`.
    pub message: Option<String>,
}

impl DeleteError {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
        if let Some(it) = &self.code {
            xml.text("Code", it);
        }
        if let Some(it) = &self.message {
            xml.text("Message", it);
        }
    }
}

/// `EventBridgeConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventBridgeConfiguration {}

impl EventBridgeConfiguration {
    /// Writes the members of an element.
    pub(crate) fn write(&self, _: &mut Writer) {}
}

/// `FilterRule`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterRule {
    /// `Name`.
    pub name: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

impl FilterRule {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.name {
            xml.text("Name", it);
        }
        if let Some(it) = &self.value {
            xml.text("Value", it);
        }
    }
}

/// `GetObjectAttributesParts`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetObjectAttributesParts {
    /// `PartsCount`.
    pub total_parts_count: Option<i64>,
    /// `PartNumberMarker`.
    pub part_number_marker: Option<i64>,
    /// `NextPartNumberMarker`.
    pub next_part_number_marker: Option<i64>,
    /// `MaxParts`.
    pub max_parts: Option<i64>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Part`.
    pub parts: Vec<ObjectPart>,
}

impl GetObjectAttributesParts {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.total_parts_count {
            xml.number("PartsCount", *it);
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
        for it in &self.parts {
            xml.element("Part", |xml| it.write(xml));
        }
    }
}

/// `Grant`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grant {
    /// `Grantee`.
    pub grantee: Option<Grantee>,
    /// `Permission`.
    pub permission: Option<String>,
}

impl Grant {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Grantee", "Permission"], &[])?;
        Ok(Self {
            grantee: element.one("Grantee", Grantee::read)?,
            permission: element.one("Permission", Element::to_text)?,
        })
    }
}

/// `Grantee`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grantee {
    /// `DisplayName`.
    pub display_name: Option<String>,
    /// `EmailAddress`.
    pub email_address: Option<String>,
    /// `ID`.
    pub id: Option<String>,
    /// `xsi:type`.
    pub kind: Option<String>,
    /// `URI`.
    pub uri: Option<String>,
}

impl Grantee {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.display_name {
            xml.text("DisplayName", it);
        }
        if let Some(it) = &self.email_address {
            xml.text("EmailAddress", it);
        }
        if let Some(it) = &self.id {
            xml.text("ID", it);
        }
        if let Some(it) = &self.kind {
            xml.text("xsi:type", it);
        }
        if let Some(it) = &self.uri {
            xml.text("URI", it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(
            &["DisplayName", "EmailAddress", "ID", "xsi:type", "URI"],
            &["xsi:type"],
        )?;
        Ok(Self {
            display_name: element.one("DisplayName", Element::to_text)?,
            email_address: element.one("EmailAddress", Element::to_text)?,
            id: element.one("ID", Element::to_text)?,
            kind: element.one("xsi:type", Element::to_text)?,
            uri: element.one("URI", Element::to_text)?,
        })
    }
}

/// `Initiator`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Initiator {
    /// `ID`.
    pub id: Option<String>,
    /// `DisplayName`.
    pub display_name: Option<String>,
}

impl Initiator {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.id {
            xml.text("ID", it);
        }
        if let Some(it) = &self.display_name {
            xml.text("DisplayName", it);
        }
    }
}

/// `LambdaFunctionConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LambdaFunctionConfiguration {
    /// `Id`.
    pub id: Option<String>,
    /// `CloudFunction`.
    pub lambda_function_arn: Option<String>,
    /// `Event`.
    pub events: Vec<String>,
    /// `Filter`.
    pub filter: Option<NotificationConfigurationFilter>,
}

impl LambdaFunctionConfiguration {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.id {
            xml.text("Id", it);
        }
        if let Some(it) = &self.lambda_function_arn {
            xml.text("CloudFunction", it);
        }
        for it in &self.events {
            xml.text("Event", it);
        }
        if let Some(it) = &self.filter {
            xml.element("Filter", |xml| it.write(xml));
        }
    }
}

/// `LocationInfo`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocationInfo {
    /// `Type`.
    pub kind: Option<String>,
    /// `Name`.
    pub name: Option<String>,
}

impl LocationInfo {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Type", "Name"], &[])?;
        Ok(Self {
            kind: element.one("Type", Element::to_text)?,
            name: element.one("Name", Element::to_text)?,
        })
    }
}

/// `LoggingEnabled`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggingEnabled {
    /// `TargetBucket`.
    pub target_bucket: Option<String>,
    /// `TargetGrants`.
    pub target_grants: Vec<TargetGrant>,
    /// `TargetPrefix`.
    pub target_prefix: Option<String>,
    /// `TargetObjectKeyFormat`.
    pub target_object_key_format: Option<TargetObjectKeyFormat>,
}

impl LoggingEnabled {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.target_bucket {
            xml.text("TargetBucket", it);
        }
        xml.element("TargetGrants", |xml| {
            for it in &self.target_grants {
                xml.element("Grant", |xml| it.write(xml));
            }
        });
        if let Some(it) = &self.target_prefix {
            xml.text("TargetPrefix", it);
        }
        if let Some(it) = &self.target_object_key_format {
            xml.element("TargetObjectKeyFormat", |xml| it.write(xml));
        }
    }
}

/// `MultipartUpload`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MultipartUpload {
    /// `UploadId`.
    pub upload_id: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `Initiated`.
    pub initiated: Option<Timestamp>,
    /// `StorageClass`.
    pub storage_class: Option<String>,
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `Initiator`.
    pub initiator: Option<Initiator>,
    /// `ChecksumAlgorithm`.
    pub checksum_algorithm: Option<String>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
}

impl MultipartUpload {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.upload_id {
            xml.text("UploadId", it);
        }
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.initiated {
            xml.time("Initiated", *it);
        }
        if let Some(it) = &self.storage_class {
            xml.text("StorageClass", it);
        }
        if let Some(it) = &self.owner {
            xml.element("Owner", |xml| it.write(xml));
        }
        if let Some(it) = &self.initiator {
            xml.element("Initiator", |xml| it.write(xml));
        }
        if let Some(it) = &self.checksum_algorithm {
            xml.text("ChecksumAlgorithm", it);
        }
        if let Some(it) = &self.checksum_type {
            xml.text("ChecksumType", it);
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
    }
}

/// `NotificationConfigurationFilter`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotificationConfigurationFilter {
    /// `S3Key`.
    pub key: Option<S3KeyFilter>,
}

impl NotificationConfigurationFilter {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.key {
            xml.element("S3Key", |xml| it.write(xml));
        }
    }
}

/// `Object`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// `Key`.
    pub key: Option<String>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `ChecksumAlgorithm`.
    pub checksum_algorithm: Vec<String>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
    /// `Size`.
    pub size: Option<i64>,
    /// `StorageClass`.
    pub storage_class: Option<String>,
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `RestoreStatus`.
    pub restore_status: Option<RestoreStatus>,
}

impl Object {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
        }
        if let Some(it) = &self.etag {
            xml.text("ETag", it);
        }
        for it in &self.checksum_algorithm {
            xml.text("ChecksumAlgorithm", it);
        }
        if let Some(it) = &self.checksum_type {
            xml.text("ChecksumType", it);
        }
        if let Some(it) = &self.size {
            xml.number("Size", *it);
        }
        if let Some(it) = &self.storage_class {
            xml.text("StorageClass", it);
        }
        if let Some(it) = &self.owner {
            xml.element("Owner", |xml| it.write(xml));
        }
        if let Some(it) = &self.restore_status {
            xml.element("RestoreStatus", |xml| it.write(xml));
        }
    }
}

/// `ObjectIdentifier`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectIdentifier {
    /// `Key`.
    pub key: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `LastModifiedTime`.
    pub last_modified_time: Option<Timestamp>,
    /// `Size`.
    pub size: Option<i64>,
}

impl ObjectIdentifier {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element
            .check_members(&["Key", "VersionId", "ETag", "LastModifiedTime", "Size"], &["Key"])?;
        Ok(Self {
            key: element.one("Key", Element::to_text)?,
            version_id: element.one("VersionId", Element::to_text)?,
            etag: element.one("ETag", Element::to_text)?,
            last_modified_time: element.one("LastModifiedTime", Element::to_time)?,
            size: element.one("Size", Element::to_number)?,
        })
    }
}

/// `ObjectPart`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectPart {
    /// `PartNumber`.
    pub part_number: Option<i64>,
    /// `Size`.
    pub size: Option<i64>,
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
}

impl ObjectPart {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.part_number {
            xml.number("PartNumber", *it);
        }
        if let Some(it) = &self.size {
            xml.number("Size", *it);
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
    }
}

impl Checksums for ObjectPart {
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

/// `ObjectVersion`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectVersion {
    /// `ETag`.
    pub etag: Option<String>,
    /// `ChecksumAlgorithm`.
    pub checksum_algorithm: Vec<String>,
    /// `ChecksumType`.
    pub checksum_type: Option<String>,
    /// `Size`.
    pub size: Option<i64>,
    /// `StorageClass`.
    pub storage_class: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `IsLatest`.
    pub is_latest: Option<bool>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
    /// `Owner`.
    pub owner: Option<Owner>,
    /// `RestoreStatus`.
    pub restore_status: Option<RestoreStatus>,
}

impl ObjectVersion {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.etag {
            xml.text("ETag", it);
        }
        for it in &self.checksum_algorithm {
            xml.text("ChecksumAlgorithm", it);
        }
        if let Some(it) = &self.checksum_type {
            xml.text("ChecksumType", it);
        }
        if let Some(it) = &self.size {
            xml.number("Size", *it);
        }
        if let Some(it) = &self.storage_class {
            xml.text("StorageClass", it);
        }
        if let Some(it) = &self.key {
            xml.text("Key", it);
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
        if let Some(it) = &self.is_latest {
            xml.boolean("IsLatest", *it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
        }
        if let Some(it) = &self.owner {
            xml.element("Owner", |xml| it.write(xml));
        }
        if let Some(it) = &self.restore_status {
            xml.element("RestoreStatus", |xml| it.write(xml));
        }
    }
}

/// `Owner`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owner {
    /// `DisplayName`.
    pub display_name: Option<String>,
    /// `ID`.
    pub id: Option<String>,
}

impl Owner {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.display_name {
            xml.text("DisplayName", it);
        }
        if let Some(it) = &self.id {
            xml.text("ID", it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["DisplayName", "ID"], &[])?;
        Ok(Self {
            display_name: element.one("DisplayName", Element::to_text)?,
            id: element.one("ID", Element::to_text)?,
        })
    }
}

/// `OwnershipControls`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnershipControls {
    /// `Rule`.
    pub rules: Vec<OwnershipControlsRule>,
}

impl OwnershipControls {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        for it in &self.rules {
            xml.element("Rule", |xml| it.write(xml));
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["Rule"], &["Rule"])?;
        Ok(Self { rules: element.all("Rule", OwnershipControlsRule::read)? })
    }
}

/// `OwnershipControlsRule`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnershipControlsRule {
    /// `ObjectOwnership`.
    pub object_ownership: Option<String>,
}

impl OwnershipControlsRule {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.object_ownership {
            xml.text("ObjectOwnership", it);
        }
    }
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["ObjectOwnership"], &["ObjectOwnership"])?;
        Ok(Self { object_ownership: element.one("ObjectOwnership", Element::to_text)? })
    }
}

/// `Part`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// `PartNumber`.
    pub part_number: Option<i64>,
    /// `LastModified`.
    pub last_modified: Option<Timestamp>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Size`.
    pub size: Option<i64>,
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
}

impl Part {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.part_number {
            xml.number("PartNumber", *it);
        }
        if let Some(it) = &self.last_modified {
            xml.time("LastModified", *it);
        }
        if let Some(it) = &self.etag {
            xml.text("ETag", it);
        }
        if let Some(it) = &self.size {
            xml.number("Size", *it);
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
    }
}

impl Checksums for Part {
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

/// `PartitionedPrefix`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionedPrefix {
    /// `PartitionDateSource`.
    pub partition_date_source: Option<String>,
}

impl PartitionedPrefix {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.partition_date_source {
            xml.text("PartitionDateSource", it);
        }
    }
}

/// `PolicyStatus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyStatus {
    /// `IsPublic`.
    pub is_public: Option<bool>,
}

impl PolicyStatus {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.is_public {
            xml.boolean("IsPublic", *it);
        }
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

/// `QueueConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueConfiguration {
    /// `Id`.
    pub id: Option<String>,
    /// `Queue`.
    pub queue_arn: Option<String>,
    /// `Event`.
    pub events: Vec<String>,
    /// `Filter`.
    pub filter: Option<NotificationConfigurationFilter>,
}

impl QueueConfiguration {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.id {
            xml.text("Id", it);
        }
        if let Some(it) = &self.queue_arn {
            xml.text("Queue", it);
        }
        for it in &self.events {
            xml.text("Event", it);
        }
        if let Some(it) = &self.filter {
            xml.element("Filter", |xml| it.write(xml));
        }
    }
}

/// `RestoreStatus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreStatus {
    /// `IsRestoreInProgress`.
    pub is_restore_in_progress: Option<bool>,
    /// `RestoreExpiryDate`.
    pub restore_expiry_date: Option<Timestamp>,
}

impl RestoreStatus {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.is_restore_in_progress {
            xml.boolean("IsRestoreInProgress", *it);
        }
        if let Some(it) = &self.restore_expiry_date {
            xml.time("RestoreExpiryDate", *it);
        }
    }
}

/// `S3KeyFilter`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct S3KeyFilter {
    /// `FilterRule`.
    pub filter_rules: Vec<FilterRule>,
}

impl S3KeyFilter {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        for it in &self.filter_rules {
            xml.element("FilterRule", |xml| it.write(xml));
        }
    }
}

/// `SimplePrefix`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimplePrefix {}

impl SimplePrefix {
    /// Writes the members of an element.
    pub(crate) fn write(&self, _: &mut Writer) {}
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

/// `Tagging`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tagging {
    /// `TagSet`.
    pub tag_set: Vec<Tag>,
}

impl Tagging {
    /// Reads an element: these are its members, and these must be there.
    pub fn read(element: &Element) -> Result<Self, Error> {
        element.check_members(&["TagSet"], &[])?;
        Ok(Self { tag_set: element.list("TagSet", "Tag", Tag::read)? })
    }
}

/// `TargetGrant`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGrant {
    /// `Grantee`.
    pub grantee: Option<Grantee>,
    /// `Permission`.
    pub permission: Option<String>,
}

impl TargetGrant {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.grantee {
            xml.element("Grantee", |xml| it.write(xml));
        }
        if let Some(it) = &self.permission {
            xml.text("Permission", it);
        }
    }
}

/// `TargetObjectKeyFormat`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetObjectKeyFormat {
    /// `SimplePrefix`.
    pub simple_prefix: Option<SimplePrefix>,
    /// `PartitionedPrefix`.
    pub partitioned_prefix: Option<PartitionedPrefix>,
}

impl TargetObjectKeyFormat {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.simple_prefix {
            xml.element("SimplePrefix", |xml| it.write(xml));
        }
        if let Some(it) = &self.partitioned_prefix {
            xml.element("PartitionedPrefix", |xml| it.write(xml));
        }
    }
}

/// `TopicConfiguration`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicConfiguration {
    /// `Id`.
    pub id: Option<String>,
    /// `Topic`.
    pub topic_arn: Option<String>,
    /// `Event`.
    pub events: Vec<String>,
    /// `Filter`.
    pub filter: Option<NotificationConfigurationFilter>,
}

impl TopicConfiguration {
    /// Writes the members of an element.
    pub(crate) fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.id {
            xml.text("Id", it);
        }
        if let Some(it) = &self.topic_arn {
            xml.text("Topic", it);
        }
        for it in &self.events {
            xml.text("Event", it);
        }
        if let Some(it) = &self.filter {
            xml.element("Filter", |xml| it.write(xml));
        }
    }
}
