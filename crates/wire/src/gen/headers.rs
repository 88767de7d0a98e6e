//! Generated from model/headers.toml by `cargo xtask gen`.

/// Headers of features that aren't there yet, in order of their names, and the values
/// that are accepted all the same because they say what is the case anyway.
pub const NOT_YET: &[(&str, &[&str])] = &[
    ("x-amz-bucket-namespace", &[]),
    ("x-amz-bucket-object-lock-enabled", &["false"]),
    ("x-amz-copy-source-server-side-encryption-customer-algorithm", &[]),
    ("x-amz-copy-source-server-side-encryption-customer-key", &[]),
    ("x-amz-copy-source-server-side-encryption-customer-key-md5", &[]),
    ("x-amz-if-match-initiated-time", &[]),
    ("x-amz-if-match-last-modified-time", &[]),
    ("x-amz-if-match-size", &[]),
    ("x-amz-mfa", &[]),
    ("x-amz-object-lock-event-hold", &[]),
    ("x-amz-object-lock-event-hold-duration-days", &[]),
    ("x-amz-object-lock-event-hold-duration-years", &[]),
    ("x-amz-object-lock-legal-hold", &[]),
    ("x-amz-object-lock-mode", &[]),
    ("x-amz-object-lock-retain-until-date", &[]),
    ("x-amz-object-ownership", &["BucketOwnerEnforced"]),
    ("x-amz-server-side-encryption", &[]),
    ("x-amz-server-side-encryption-aws-kms-key-id", &[]),
    ("x-amz-server-side-encryption-bucket-key-enabled", &[]),
    ("x-amz-server-side-encryption-context", &[]),
    ("x-amz-server-side-encryption-customer-algorithm", &[]),
    ("x-amz-server-side-encryption-customer-key", &[]),
    ("x-amz-server-side-encryption-customer-key-md5", &[]),
    ("x-amz-storage-class", &["STANDARD"]),
    ("x-amz-website-redirect-location", &[]),
    ("x-amz-write-offset-bytes", &[]),
];
