//! Generated from model/errors.toml by `cargo xtask gen`.

/// An AWS error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// 400: The bucket does not allow ACLs
    AccessControlListNotSupported,
    /// 403: Access Denied
    AccessDenied,
    /// 403: CORSResponse: This CORS request is not allowed.
    AccessForbidden,
    /// 400: The authorization header that you provided is not valid.
    AuthorizationHeaderMalformed,
    /// 400: The authorization query parameters that you provided are not valid.
    AuthorizationQueryParametersError,
    /// 400: The Content-MD5 or checksum value that you specified did not match what the server received.
    BadDigest,
    /// 400: Bad Request
    BadRequest,
    /// 409: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.
    BucketAlreadyExists,
    /// 409: Your previous request to create the named bucket succeeded and you already own it.
    BucketAlreadyOwnedByYou,
    /// 409: The bucket you tried to delete is not empty
    BucketNotEmpty,
    /// 409: The conditional request cannot succeed due to a conflicting operation against this resource.
    ConditionalRequestConflict,
    /// 409: Cannot delete entity, must delete its dependent resources first.
    DeleteConflict,
    /// 409: An entity with this name already exists.
    EntityAlreadyExists,
    /// 400: Your proposed upload exceeds the maximum allowed size
    EntityTooLarge,
    /// 400: Your proposed upload is smaller than the minimum allowed size
    EntityTooSmall,
    /// 400: You did not provide the number of bytes specified by the Content-Length HTTP header
    IncompleteBody,
    /// 400: The request signature does not conform to AWS standards.
    IncompleteSignature,
    /// 507: There is not enough space left to store the object. Delete something and try again.
    InsufficientStorage,
    /// 500: We encountered an internal error. Please try again.
    InternalError,
    /// 500: We encountered an internal error. Please try again.
    InternalFailure,
    /// 403: The AWS Access Key Id you provided does not exist in our records.
    InvalidAccessKeyId,
    /// 400: The action or operation requested is not valid. Verify that the action is typed correctly.
    InvalidAction,
    /// 400: Invalid Argument
    InvalidArgument,
    /// 400: Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting
    InvalidBucketAclWithObjectOwnership,
    /// 400: The specified bucket is not valid.
    InvalidBucketName,
    /// 400: The value of the expected bucket owner parameter must be an AWS account ID
    InvalidBucketOwnerAWSAccountID,
    /// 409: Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration
    InvalidBucketState,
    /// 403: Only the last chunk is allowed to have a size less than 8192 bytes
    InvalidChunkSizeError,
    /// 403: The security token included in the request is invalid.
    InvalidClientTokenId,
    /// 400: The Content-MD5 you specified was invalid.
    InvalidDigest,
    /// 400: An invalid or out-of-range value was supplied for an input parameter.
    InvalidInput,
    /// 400: The specified location-constraint is not valid
    InvalidLocationConstraint,
    /// 403: The operation is not valid for the object's storage class
    InvalidObjectState,
    /// 400: One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.
    InvalidPart,
    /// 416: The requested partnumber is not satisfiable
    InvalidPartNumber,
    /// 400: The list of parts was not in ascending order. Parts must be ordered by part number.
    InvalidPartOrder,
    /// 400: The content of the form does not meet the conditions specified in the policy document.
    InvalidPolicyDocument,
    /// 416: The requested range is not satisfiable
    InvalidRange,
    /// 400: Invalid Request
    InvalidRequest,
    /// 400: The storage class you specified is not valid
    InvalidStorageClass,
    /// 400: The tag provided was not a valid tag.
    InvalidTag,
    /// 400: The provided token is malformed or otherwise invalid.
    InvalidToken,
    /// 400: Couldn't parse the specified URI.
    InvalidURI,
    /// 400: The user type is not valid for this operation.
    InvalidUserType,
    /// 400: Your key is too long
    KeyTooLongError,
    /// 409: The request would exceed a quota of the account.
    LimitExceeded,
    /// 400: The XML you provided was not well-formed or did not validate against our published schema
    MalformedACLError,
    /// 400: The request contains a value that cannot be read.
    MalformedInput,
    /// 400: The body of your POST request is not well-formed multipart/form-data.
    MalformedPOSTRequest,
    /// 400: The policy you provided is not valid.
    MalformedPolicy,
    /// 400: Syntax errors in policy.
    MalformedPolicyDocument,
    /// 404: The query string contains a syntax error.
    MalformedQueryString,
    /// 400: The request contained trailing data that was not well-formed or did not conform to our published schema.
    MalformedTrailerError,
    /// 400: The XML you provided was not well-formed or did not validate against our published schema
    MalformedXML,
    /// 400: Your request was too big.
    MaxMessageLengthExceeded,
    /// 400: Your POST request fields preceeding the upload file was too large.
    MaxPostPreDataLengthExceededError,
    /// 404: The metadata configuration does not exist
    MetadataConfigurationNotFound,
    /// 400: Your metadata headers exceed the maximum allowed metadata size
    MetadataTooLarge,
    /// 405: The specified method is not allowed against this resource.
    MethodNotAllowed,
    /// 400: The request is missing an action or a required parameter.
    MissingAction,
    /// 403: Request is missing Authentication Token
    MissingAuthenticationToken,
    /// 411: You must provide the Content-Length HTTP header.
    MissingContentLength,
    /// 400: Your request was missing a required header
    MissingSecurityHeader,
    /// 404: The specified annotation does not exist.
    NoSuchAnnotation,
    /// 404: The specified bucket does not exist
    NoSuchBucket,
    /// 404: The bucket policy does not exist
    NoSuchBucketPolicy,
    /// 404: The CORS configuration does not exist
    NoSuchCORSConfiguration,
    /// 404: The specified configuration does not exist.
    NoSuchConfiguration,
    /// 404: The request referenced an entity that does not exist.
    NoSuchEntity,
    /// 404: The specified key does not exist.
    NoSuchKey,
    /// 404: The lifecycle configuration does not exist
    NoSuchLifecycleConfiguration,
    /// 404: The public access block configuration was not found
    NoSuchPublicAccessBlockConfiguration,
    /// 404: The specified resource doesn't exist.
    NoSuchResource,
    /// 404: The TagSet does not exist
    NoSuchTagSet,
    /// 404: The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.
    NoSuchUpload,
    /// 404: The specified version does not exist.
    NoSuchVersion,
    /// 404: The specified bucket does not have a website configuration
    NoSuchWebsiteConfiguration,
    /// 501: A header you provided implies functionality that is not implemented
    NotImplemented,
    /// 304: Not Modified
    NotModified,
    /// 404: Object Lock configuration does not exist for this bucket
    ObjectLockConfigurationNotFoundError,
    /// 409: A conflicting conditional operation is currently in progress against this resource. Please try again.
    OperationAborted,
    /// 404: The bucket ownership controls were not found
    OwnershipControlsNotFoundError,
    /// 400: The password does not conform to the account's password policy.
    PasswordPolicyViolation,
    /// 412: At least one of the pre-conditions you specified did not hold
    PreconditionFailed,
    /// 404: The replication configuration was not found
    ReplicationConfigurationNotFoundError,
    /// 400: Your request header and query parameters exceeded the maximum allowed size.
    RequestHeaderSectionTooLarge,
    /// 403: The difference between the request time and the current time is too large.
    RequestTimeTooSkewed,
    /// 400: Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.
    RequestTimeout,
    /// 404: The server side encryption configuration was not found
    ServerSideEncryptionConfigurationNotFoundError,
    /// 503: Service is unable to handle request.
    ServiceUnavailable,
    /// 403: The request signature we calculated does not match the signature you provided. Check your key and signing method.
    SignatureDoesNotMatch,
    /// 503: Please reduce your request rate.
    SlowDown,
    /// 400: Rate exceeded
    Throttling,
    /// 400: This request does not support content
    UnexpectedContent,
    /// 400: The input fails to satisfy the constraints specified by an AWS service.
    ValidationError,
    /// 400: The provided 'x-amz-content-sha256' header does not match what was computed.
    XAmzContentSHA256Mismatch,
}

impl Code {
    /// As it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessControlListNotSupported => "AccessControlListNotSupported",
            Self::AccessDenied => "AccessDenied",
            Self::AccessForbidden => "AccessForbidden",
            Self::AuthorizationHeaderMalformed => "AuthorizationHeaderMalformed",
            Self::AuthorizationQueryParametersError => "AuthorizationQueryParametersError",
            Self::BadDigest => "BadDigest",
            Self::BadRequest => "BadRequest",
            Self::BucketAlreadyExists => "BucketAlreadyExists",
            Self::BucketAlreadyOwnedByYou => "BucketAlreadyOwnedByYou",
            Self::BucketNotEmpty => "BucketNotEmpty",
            Self::ConditionalRequestConflict => "ConditionalRequestConflict",
            Self::DeleteConflict => "DeleteConflict",
            Self::EntityAlreadyExists => "EntityAlreadyExists",
            Self::EntityTooLarge => "EntityTooLarge",
            Self::EntityTooSmall => "EntityTooSmall",
            Self::IncompleteBody => "IncompleteBody",
            Self::IncompleteSignature => "IncompleteSignature",
            Self::InsufficientStorage => "InsufficientStorage",
            Self::InternalError => "InternalError",
            Self::InternalFailure => "InternalFailure",
            Self::InvalidAccessKeyId => "InvalidAccessKeyId",
            Self::InvalidAction => "InvalidAction",
            Self::InvalidArgument => "InvalidArgument",
            Self::InvalidBucketAclWithObjectOwnership => "InvalidBucketAclWithObjectOwnership",
            Self::InvalidBucketName => "InvalidBucketName",
            Self::InvalidBucketOwnerAWSAccountID => "InvalidBucketOwnerAWSAccountID",
            Self::InvalidBucketState => "InvalidBucketState",
            Self::InvalidChunkSizeError => "InvalidChunkSizeError",
            Self::InvalidClientTokenId => "InvalidClientTokenId",
            Self::InvalidDigest => "InvalidDigest",
            Self::InvalidInput => "InvalidInput",
            Self::InvalidLocationConstraint => "InvalidLocationConstraint",
            Self::InvalidObjectState => "InvalidObjectState",
            Self::InvalidPart => "InvalidPart",
            Self::InvalidPartNumber => "InvalidPartNumber",
            Self::InvalidPartOrder => "InvalidPartOrder",
            Self::InvalidPolicyDocument => "InvalidPolicyDocument",
            Self::InvalidRange => "InvalidRange",
            Self::InvalidRequest => "InvalidRequest",
            Self::InvalidStorageClass => "InvalidStorageClass",
            Self::InvalidTag => "InvalidTag",
            Self::InvalidToken => "InvalidToken",
            Self::InvalidURI => "InvalidURI",
            Self::InvalidUserType => "InvalidUserType",
            Self::KeyTooLongError => "KeyTooLongError",
            Self::LimitExceeded => "LimitExceeded",
            Self::MalformedACLError => "MalformedACLError",
            Self::MalformedInput => "MalformedInput",
            Self::MalformedPOSTRequest => "MalformedPOSTRequest",
            Self::MalformedPolicy => "MalformedPolicy",
            Self::MalformedPolicyDocument => "MalformedPolicyDocument",
            Self::MalformedQueryString => "MalformedQueryString",
            Self::MalformedTrailerError => "MalformedTrailerError",
            Self::MalformedXML => "MalformedXML",
            Self::MaxMessageLengthExceeded => "MaxMessageLengthExceeded",
            Self::MaxPostPreDataLengthExceededError => "MaxPostPreDataLengthExceededError",
            Self::MetadataConfigurationNotFound => "MetadataConfigurationNotFound",
            Self::MetadataTooLarge => "MetadataTooLarge",
            Self::MethodNotAllowed => "MethodNotAllowed",
            Self::MissingAction => "MissingAction",
            Self::MissingAuthenticationToken => "MissingAuthenticationToken",
            Self::MissingContentLength => "MissingContentLength",
            Self::MissingSecurityHeader => "MissingSecurityHeader",
            Self::NoSuchAnnotation => "NoSuchAnnotation",
            Self::NoSuchBucket => "NoSuchBucket",
            Self::NoSuchBucketPolicy => "NoSuchBucketPolicy",
            Self::NoSuchCORSConfiguration => "NoSuchCORSConfiguration",
            Self::NoSuchConfiguration => "NoSuchConfiguration",
            Self::NoSuchEntity => "NoSuchEntity",
            Self::NoSuchKey => "NoSuchKey",
            Self::NoSuchLifecycleConfiguration => "NoSuchLifecycleConfiguration",
            Self::NoSuchPublicAccessBlockConfiguration => "NoSuchPublicAccessBlockConfiguration",
            Self::NoSuchResource => "NoSuchResource",
            Self::NoSuchTagSet => "NoSuchTagSet",
            Self::NoSuchUpload => "NoSuchUpload",
            Self::NoSuchVersion => "NoSuchVersion",
            Self::NoSuchWebsiteConfiguration => "NoSuchWebsiteConfiguration",
            Self::NotImplemented => "NotImplemented",
            Self::NotModified => "NotModified",
            Self::ObjectLockConfigurationNotFoundError => "ObjectLockConfigurationNotFoundError",
            Self::OperationAborted => "OperationAborted",
            Self::OwnershipControlsNotFoundError => "OwnershipControlsNotFoundError",
            Self::PasswordPolicyViolation => "PasswordPolicyViolation",
            Self::PreconditionFailed => "PreconditionFailed",
            Self::ReplicationConfigurationNotFoundError => "ReplicationConfigurationNotFoundError",
            Self::RequestHeaderSectionTooLarge => "RequestHeaderSectionTooLarge",
            Self::RequestTimeTooSkewed => "RequestTimeTooSkewed",
            Self::RequestTimeout => "RequestTimeout",
            Self::ServerSideEncryptionConfigurationNotFoundError => {
                "ServerSideEncryptionConfigurationNotFoundError"
            }
            Self::ServiceUnavailable => "ServiceUnavailable",
            Self::SignatureDoesNotMatch => "SignatureDoesNotMatch",
            Self::SlowDown => "SlowDown",
            Self::Throttling => "Throttling",
            Self::UnexpectedContent => "UnexpectedContent",
            Self::ValidationError => "ValidationError",
            Self::XAmzContentSHA256Mismatch => "XAmzContentSHA256Mismatch",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::AccessControlListNotSupported => 400,
            Self::AccessDenied => 403,
            Self::AccessForbidden => 403,
            Self::AuthorizationHeaderMalformed => 400,
            Self::AuthorizationQueryParametersError => 400,
            Self::BadDigest => 400,
            Self::BadRequest => 400,
            Self::BucketAlreadyExists => 409,
            Self::BucketAlreadyOwnedByYou => 409,
            Self::BucketNotEmpty => 409,
            Self::ConditionalRequestConflict => 409,
            Self::DeleteConflict => 409,
            Self::EntityAlreadyExists => 409,
            Self::EntityTooLarge => 400,
            Self::EntityTooSmall => 400,
            Self::IncompleteBody => 400,
            Self::IncompleteSignature => 400,
            Self::InsufficientStorage => 507,
            Self::InternalError => 500,
            Self::InternalFailure => 500,
            Self::InvalidAccessKeyId => 403,
            Self::InvalidAction => 400,
            Self::InvalidArgument => 400,
            Self::InvalidBucketAclWithObjectOwnership => 400,
            Self::InvalidBucketName => 400,
            Self::InvalidBucketOwnerAWSAccountID => 400,
            Self::InvalidBucketState => 409,
            Self::InvalidChunkSizeError => 403,
            Self::InvalidClientTokenId => 403,
            Self::InvalidDigest => 400,
            Self::InvalidInput => 400,
            Self::InvalidLocationConstraint => 400,
            Self::InvalidObjectState => 403,
            Self::InvalidPart => 400,
            Self::InvalidPartNumber => 416,
            Self::InvalidPartOrder => 400,
            Self::InvalidPolicyDocument => 400,
            Self::InvalidRange => 416,
            Self::InvalidRequest => 400,
            Self::InvalidStorageClass => 400,
            Self::InvalidTag => 400,
            Self::InvalidToken => 400,
            Self::InvalidURI => 400,
            Self::InvalidUserType => 400,
            Self::KeyTooLongError => 400,
            Self::LimitExceeded => 409,
            Self::MalformedACLError => 400,
            Self::MalformedInput => 400,
            Self::MalformedPOSTRequest => 400,
            Self::MalformedPolicy => 400,
            Self::MalformedPolicyDocument => 400,
            Self::MalformedQueryString => 404,
            Self::MalformedTrailerError => 400,
            Self::MalformedXML => 400,
            Self::MaxMessageLengthExceeded => 400,
            Self::MaxPostPreDataLengthExceededError => 400,
            Self::MetadataConfigurationNotFound => 404,
            Self::MetadataTooLarge => 400,
            Self::MethodNotAllowed => 405,
            Self::MissingAction => 400,
            Self::MissingAuthenticationToken => 403,
            Self::MissingContentLength => 411,
            Self::MissingSecurityHeader => 400,
            Self::NoSuchAnnotation => 404,
            Self::NoSuchBucket => 404,
            Self::NoSuchBucketPolicy => 404,
            Self::NoSuchCORSConfiguration => 404,
            Self::NoSuchConfiguration => 404,
            Self::NoSuchEntity => 404,
            Self::NoSuchKey => 404,
            Self::NoSuchLifecycleConfiguration => 404,
            Self::NoSuchPublicAccessBlockConfiguration => 404,
            Self::NoSuchResource => 404,
            Self::NoSuchTagSet => 404,
            Self::NoSuchUpload => 404,
            Self::NoSuchVersion => 404,
            Self::NoSuchWebsiteConfiguration => 404,
            Self::NotImplemented => 501,
            Self::NotModified => 304,
            Self::ObjectLockConfigurationNotFoundError => 404,
            Self::OperationAborted => 409,
            Self::OwnershipControlsNotFoundError => 404,
            Self::PasswordPolicyViolation => 400,
            Self::PreconditionFailed => 412,
            Self::ReplicationConfigurationNotFoundError => 404,
            Self::RequestHeaderSectionTooLarge => 400,
            Self::RequestTimeTooSkewed => 403,
            Self::RequestTimeout => 400,
            Self::ServerSideEncryptionConfigurationNotFoundError => 404,
            Self::ServiceUnavailable => 503,
            Self::SignatureDoesNotMatch => 403,
            Self::SlowDown => 503,
            Self::Throttling => 400,
            Self::UnexpectedContent => 400,
            Self::ValidationError => 400,
            Self::XAmzContentSHA256Mismatch => 400,
        }
    }

    /// AWS's message, where the request's own values aren't part of it.
    pub fn message(self) -> &'static str {
        match self {
            Self::AccessControlListNotSupported => "The bucket does not allow ACLs",
            Self::AccessDenied => "Access Denied",
            Self::AccessForbidden => "CORSResponse: This CORS request is not allowed.",
            Self::AuthorizationHeaderMalformed => {
                "The authorization header that you provided is not valid."
            }
            Self::AuthorizationQueryParametersError => {
                "The authorization query parameters that you provided are not valid."
            }
            Self::BadDigest => {
                "The Content-MD5 or checksum value that you specified did not match what the server received."
            }
            Self::BadRequest => "Bad Request",
            Self::BucketAlreadyExists => {
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."
            }
            Self::BucketAlreadyOwnedByYou => {
                "Your previous request to create the named bucket succeeded and you already own it."
            }
            Self::BucketNotEmpty => "The bucket you tried to delete is not empty",
            Self::ConditionalRequestConflict => {
                "The conditional request cannot succeed due to a conflicting operation against this resource."
            }
            Self::DeleteConflict => {
                "Cannot delete entity, must delete its dependent resources first."
            }
            Self::EntityAlreadyExists => "An entity with this name already exists.",
            Self::EntityTooLarge => "Your proposed upload exceeds the maximum allowed size",
            Self::EntityTooSmall => "Your proposed upload is smaller than the minimum allowed size",
            Self::IncompleteBody => {
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            }
            Self::IncompleteSignature => "The request signature does not conform to AWS standards.",
            Self::InsufficientStorage => {
                "There is not enough space left to store the object. Delete something and try again."
            }
            Self::InternalError => "We encountered an internal error. Please try again.",
            Self::InternalFailure => "We encountered an internal error. Please try again.",
            Self::InvalidAccessKeyId => {
                "The AWS Access Key Id you provided does not exist in our records."
            }
            Self::InvalidAction => {
                "The action or operation requested is not valid. Verify that the action is typed correctly."
            }
            Self::InvalidArgument => "Invalid Argument",
            Self::InvalidBucketAclWithObjectOwnership => {
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
            }
            Self::InvalidBucketName => "The specified bucket is not valid.",
            Self::InvalidBucketOwnerAWSAccountID => {
                "The value of the expected bucket owner parameter must be an AWS account ID"
            }
            Self::InvalidBucketState => {
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
            }
            Self::InvalidChunkSizeError => {
                "Only the last chunk is allowed to have a size less than 8192 bytes"
            }
            Self::InvalidClientTokenId => "The security token included in the request is invalid.",
            Self::InvalidDigest => "The Content-MD5 you specified was invalid.",
            Self::InvalidInput => {
                "An invalid or out-of-range value was supplied for an input parameter."
            }
            Self::InvalidLocationConstraint => "The specified location-constraint is not valid",
            Self::InvalidObjectState => "The operation is not valid for the object's storage class",
            Self::InvalidPart => {
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
            }
            Self::InvalidPartNumber => "The requested partnumber is not satisfiable",
            Self::InvalidPartOrder => {
                "The list of parts was not in ascending order. Parts must be ordered by part number."
            }
            Self::InvalidPolicyDocument => {
                "The content of the form does not meet the conditions specified in the policy document."
            }
            Self::InvalidRange => "The requested range is not satisfiable",
            Self::InvalidRequest => "Invalid Request",
            Self::InvalidStorageClass => "The storage class you specified is not valid",
            Self::InvalidTag => "The tag provided was not a valid tag.",
            Self::InvalidToken => "The provided token is malformed or otherwise invalid.",
            Self::InvalidURI => "Couldn't parse the specified URI.",
            Self::InvalidUserType => "The user type is not valid for this operation.",
            Self::KeyTooLongError => "Your key is too long",
            Self::LimitExceeded => "The request would exceed a quota of the account.",
            Self::MalformedACLError => {
                "The XML you provided was not well-formed or did not validate against our published schema"
            }
            Self::MalformedInput => "The request contains a value that cannot be read.",
            Self::MalformedPOSTRequest => {
                "The body of your POST request is not well-formed multipart/form-data."
            }
            Self::MalformedPolicy => "The policy you provided is not valid.",
            Self::MalformedPolicyDocument => "Syntax errors in policy.",
            Self::MalformedQueryString => "The query string contains a syntax error.",
            Self::MalformedTrailerError => {
                "The request contained trailing data that was not well-formed or did not conform to our published schema."
            }
            Self::MalformedXML => {
                "The XML you provided was not well-formed or did not validate against our published schema"
            }
            Self::MaxMessageLengthExceeded => "Your request was too big.",
            Self::MaxPostPreDataLengthExceededError => {
                "Your POST request fields preceeding the upload file was too large."
            }
            Self::MetadataConfigurationNotFound => "The metadata configuration does not exist",
            Self::MetadataTooLarge => {
                "Your metadata headers exceed the maximum allowed metadata size"
            }
            Self::MethodNotAllowed => "The specified method is not allowed against this resource.",
            Self::MissingAction => "The request is missing an action or a required parameter.",
            Self::MissingAuthenticationToken => "Request is missing Authentication Token",
            Self::MissingContentLength => "You must provide the Content-Length HTTP header.",
            Self::MissingSecurityHeader => "Your request was missing a required header",
            Self::NoSuchAnnotation => "The specified annotation does not exist.",
            Self::NoSuchBucket => "The specified bucket does not exist",
            Self::NoSuchBucketPolicy => "The bucket policy does not exist",
            Self::NoSuchCORSConfiguration => "The CORS configuration does not exist",
            Self::NoSuchConfiguration => "The specified configuration does not exist.",
            Self::NoSuchEntity => "The request referenced an entity that does not exist.",
            Self::NoSuchKey => "The specified key does not exist.",
            Self::NoSuchLifecycleConfiguration => "The lifecycle configuration does not exist",
            Self::NoSuchPublicAccessBlockConfiguration => {
                "The public access block configuration was not found"
            }
            Self::NoSuchResource => "The specified resource doesn't exist.",
            Self::NoSuchTagSet => "The TagSet does not exist",
            Self::NoSuchUpload => {
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
            }
            Self::NoSuchVersion => "The specified version does not exist.",
            Self::NoSuchWebsiteConfiguration => {
                "The specified bucket does not have a website configuration"
            }
            Self::NotImplemented => {
                "A header you provided implies functionality that is not implemented"
            }
            Self::NotModified => "Not Modified",
            Self::ObjectLockConfigurationNotFoundError => {
                "Object Lock configuration does not exist for this bucket"
            }
            Self::OperationAborted => {
                "A conflicting conditional operation is currently in progress against this resource. Please try again."
            }
            Self::OwnershipControlsNotFoundError => "The bucket ownership controls were not found",
            Self::PasswordPolicyViolation => {
                "The password does not conform to the account's password policy."
            }
            Self::PreconditionFailed => {
                "At least one of the pre-conditions you specified did not hold"
            }
            Self::ReplicationConfigurationNotFoundError => {
                "The replication configuration was not found"
            }
            Self::RequestHeaderSectionTooLarge => {
                "Your request header and query parameters exceeded the maximum allowed size."
            }
            Self::RequestTimeTooSkewed => {
                "The difference between the request time and the current time is too large."
            }
            Self::RequestTimeout => {
                "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed."
            }
            Self::ServerSideEncryptionConfigurationNotFoundError => {
                "The server side encryption configuration was not found"
            }
            Self::ServiceUnavailable => "Service is unable to handle request.",
            Self::SignatureDoesNotMatch => {
                "The request signature we calculated does not match the signature you provided. Check your key and signing method."
            }
            Self::SlowDown => "Please reduce your request rate.",
            Self::Throttling => "Rate exceeded",
            Self::UnexpectedContent => "This request does not support content",
            Self::ValidationError => {
                "The input fails to satisfy the constraints specified by an AWS service."
            }
            Self::XAmzContentSHA256Mismatch => {
                "The provided 'x-amz-content-sha256' header does not match what was computed."
            }
        }
    }
}
