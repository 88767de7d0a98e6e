//! Generated from model/operations.toml by `cargo xtask gen`: which handler performs what.

use std::future::Future;
use std::pin::Pin;

use wire::{Error, Operation, OperationId};

use crate::ops::not_implemented::NotImplemented;
use crate::ops::{iam, s3, s3control, sts};
use crate::pipeline::{Answer, Exchange, perform};

/// An operation under way.
type Performing<'e> = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'e>>;

/// Performs an operation, from decoding its input to its answer. Each is boxed by itself: all as
/// one future are as large as the largest, which every small request would pay for.
pub(crate) fn dispatch<'e>(
    exchange: &'e mut Exchange<'_>,
    operation: &'static Operation,
) -> Performing<'e> {
    match operation.id {
        OperationId::AbortMultipartUpload => Box::pin(perform::<
            s3::abort_multipart_upload::AbortMultipartUpload,
        >(exchange, operation)),
        OperationId::CompleteMultipartUpload => Box::pin(perform::<
            s3::complete_multipart_upload::CompleteMultipartUpload,
        >(exchange, operation)),
        OperationId::CopyObject => {
            Box::pin(perform::<s3::copy_object::CopyObject>(exchange, operation))
        }
        OperationId::CreateBucket => {
            Box::pin(perform::<s3::create_bucket::CreateBucket>(exchange, operation))
        }
        OperationId::CreateMultipartUpload => Box::pin(perform::<
            s3::create_multipart_upload::CreateMultipartUpload,
        >(exchange, operation)),
        OperationId::DeleteBucket => {
            Box::pin(perform::<s3::delete_bucket::DeleteBucket>(exchange, operation))
        }
        OperationId::DeleteBucketCors => {
            Box::pin(perform::<s3::delete_bucket_cors::DeleteBucketCors>(exchange, operation))
        }
        OperationId::DeleteBucketOwnershipControls => Box::pin(perform::<
            s3::delete_bucket_ownership_controls::DeleteBucketOwnershipControls,
        >(exchange, operation)),
        OperationId::DeleteBucketPolicy => {
            Box::pin(perform::<s3::delete_bucket_policy::DeleteBucketPolicy>(exchange, operation))
        }
        OperationId::DeleteBucketTagging => {
            Box::pin(perform::<s3::delete_bucket_tagging::DeleteBucketTagging>(exchange, operation))
        }
        OperationId::DeleteObject => {
            Box::pin(perform::<s3::delete_object::DeleteObject>(exchange, operation))
        }
        OperationId::DeleteObjectTagging => {
            Box::pin(perform::<s3::delete_object_tagging::DeleteObjectTagging>(exchange, operation))
        }
        OperationId::DeleteObjects => {
            Box::pin(perform::<s3::delete_objects::DeleteObjects>(exchange, operation))
        }
        OperationId::DeletePublicAccessBlock => Box::pin(perform::<
            s3::delete_public_access_block::DeletePublicAccessBlock,
        >(exchange, operation)),
        OperationId::GetBucketAbac => {
            Box::pin(perform::<s3::get_bucket_abac::GetBucketAbac>(exchange, operation))
        }
        OperationId::GetBucketAcl => {
            Box::pin(perform::<s3::get_bucket_acl::GetBucketAcl>(exchange, operation))
        }
        OperationId::GetBucketCors => {
            Box::pin(perform::<s3::get_bucket_cors::GetBucketCors>(exchange, operation))
        }
        OperationId::GetBucketLocation => {
            Box::pin(perform::<s3::get_bucket_location::GetBucketLocation>(exchange, operation))
        }
        OperationId::GetBucketOwnershipControls => Box::pin(perform::<
            s3::get_bucket_ownership_controls::GetBucketOwnershipControls,
        >(exchange, operation)),
        OperationId::GetBucketPolicy => {
            Box::pin(perform::<s3::get_bucket_policy::GetBucketPolicy>(exchange, operation))
        }
        OperationId::GetBucketPolicyStatus => Box::pin(perform::<
            s3::get_bucket_policy_status::GetBucketPolicyStatus,
        >(exchange, operation)),
        OperationId::GetBucketTagging => {
            Box::pin(perform::<s3::get_bucket_tagging::GetBucketTagging>(exchange, operation))
        }
        OperationId::GetObject => {
            Box::pin(perform::<s3::get_object::GetObject>(exchange, operation))
        }
        OperationId::GetObjectAcl => {
            Box::pin(perform::<s3::get_object_acl::GetObjectAcl>(exchange, operation))
        }
        OperationId::GetObjectAttributes => {
            Box::pin(perform::<s3::get_object_attributes::GetObjectAttributes>(exchange, operation))
        }
        OperationId::GetObjectTagging => {
            Box::pin(perform::<s3::get_object_tagging::GetObjectTagging>(exchange, operation))
        }
        OperationId::GetPublicAccessBlock => Box::pin(perform::<
            s3::get_public_access_block::GetPublicAccessBlock,
        >(exchange, operation)),
        OperationId::HeadBucket => {
            Box::pin(perform::<s3::head_bucket::HeadBucket>(exchange, operation))
        }
        OperationId::HeadObject => {
            Box::pin(perform::<s3::head_object::HeadObject>(exchange, operation))
        }
        OperationId::ListBuckets => {
            Box::pin(perform::<s3::list_buckets::ListBuckets>(exchange, operation))
        }
        OperationId::ListMultipartUploads => Box::pin(perform::<
            s3::list_multipart_uploads::ListMultipartUploads,
        >(exchange, operation)),
        OperationId::ListObjectVersions => {
            Box::pin(perform::<s3::list_object_versions::ListObjectVersions>(exchange, operation))
        }
        OperationId::ListObjects => {
            Box::pin(perform::<s3::list_objects::ListObjects>(exchange, operation))
        }
        OperationId::ListObjectsV2 => {
            Box::pin(perform::<s3::list_objects_v2::ListObjectsV2>(exchange, operation))
        }
        OperationId::ListParts => {
            Box::pin(perform::<s3::list_parts::ListParts>(exchange, operation))
        }
        OperationId::PutBucketAbac => {
            Box::pin(perform::<s3::put_bucket_abac::PutBucketAbac>(exchange, operation))
        }
        OperationId::PutBucketAcl => {
            Box::pin(perform::<s3::put_bucket_acl::PutBucketAcl>(exchange, operation))
        }
        OperationId::PutBucketCors => {
            Box::pin(perform::<s3::put_bucket_cors::PutBucketCors>(exchange, operation))
        }
        OperationId::PutBucketOwnershipControls => Box::pin(perform::<
            s3::put_bucket_ownership_controls::PutBucketOwnershipControls,
        >(exchange, operation)),
        OperationId::PutBucketPolicy => {
            Box::pin(perform::<s3::put_bucket_policy::PutBucketPolicy>(exchange, operation))
        }
        OperationId::PutBucketTagging => {
            Box::pin(perform::<s3::put_bucket_tagging::PutBucketTagging>(exchange, operation))
        }
        OperationId::PutObject => {
            Box::pin(perform::<s3::put_object::PutObject>(exchange, operation))
        }
        OperationId::PutObjectAcl => {
            Box::pin(perform::<s3::put_object_acl::PutObjectAcl>(exchange, operation))
        }
        OperationId::PutObjectTagging => {
            Box::pin(perform::<s3::put_object_tagging::PutObjectTagging>(exchange, operation))
        }
        OperationId::PutPublicAccessBlock => Box::pin(perform::<
            s3::put_public_access_block::PutPublicAccessBlock,
        >(exchange, operation)),
        OperationId::UploadPart => {
            Box::pin(perform::<s3::upload_part::UploadPart>(exchange, operation))
        }
        OperationId::UploadPartCopy => {
            Box::pin(perform::<s3::upload_part_copy::UploadPartCopy>(exchange, operation))
        }
        OperationId::PostObject => {
            Box::pin(perform::<s3::post_object::PostObject>(exchange, operation))
        }
        OperationId::IamAddUserToGroup => {
            Box::pin(perform::<iam::add_user_to_group::AddUserToGroup>(exchange, operation))
        }
        OperationId::IamAttachGroupPolicy => {
            Box::pin(perform::<iam::attach_group_policy::AttachGroupPolicy>(exchange, operation))
        }
        OperationId::IamAttachUserPolicy => {
            Box::pin(perform::<iam::attach_user_policy::AttachUserPolicy>(exchange, operation))
        }
        OperationId::IamChangePassword => {
            Box::pin(perform::<iam::change_password::ChangePassword>(exchange, operation))
        }
        OperationId::IamCreateAccessKey => {
            Box::pin(perform::<iam::create_access_key::CreateAccessKey>(exchange, operation))
        }
        OperationId::IamCreateAccountAlias => {
            Box::pin(perform::<iam::create_account_alias::CreateAccountAlias>(exchange, operation))
        }
        OperationId::IamCreateGroup => {
            Box::pin(perform::<iam::create_group::CreateGroup>(exchange, operation))
        }
        OperationId::IamCreateLoginProfile => {
            Box::pin(perform::<iam::create_login_profile::CreateLoginProfile>(exchange, operation))
        }
        OperationId::IamCreatePolicy => {
            Box::pin(perform::<iam::create_policy::CreatePolicy>(exchange, operation))
        }
        OperationId::IamCreatePolicyVersion => Box::pin(perform::<
            iam::create_policy_version::CreatePolicyVersion,
        >(exchange, operation)),
        OperationId::IamCreateUser => {
            Box::pin(perform::<iam::create_user::CreateUser>(exchange, operation))
        }
        OperationId::IamDeleteAccessKey => {
            Box::pin(perform::<iam::delete_access_key::DeleteAccessKey>(exchange, operation))
        }
        OperationId::IamDeleteAccountAlias => {
            Box::pin(perform::<iam::delete_account_alias::DeleteAccountAlias>(exchange, operation))
        }
        OperationId::IamDeleteAccountPasswordPolicy => Box::pin(perform::<
            iam::delete_account_password_policy::DeleteAccountPasswordPolicy,
        >(exchange, operation)),
        OperationId::IamDeleteGroup => {
            Box::pin(perform::<iam::delete_group::DeleteGroup>(exchange, operation))
        }
        OperationId::IamDeleteGroupPolicy => {
            Box::pin(perform::<iam::delete_group_policy::DeleteGroupPolicy>(exchange, operation))
        }
        OperationId::IamDeleteLoginProfile => {
            Box::pin(perform::<iam::delete_login_profile::DeleteLoginProfile>(exchange, operation))
        }
        OperationId::IamDeletePolicy => {
            Box::pin(perform::<iam::delete_policy::DeletePolicy>(exchange, operation))
        }
        OperationId::IamDeletePolicyVersion => Box::pin(perform::<
            iam::delete_policy_version::DeletePolicyVersion,
        >(exchange, operation)),
        OperationId::IamDeleteUser => {
            Box::pin(perform::<iam::delete_user::DeleteUser>(exchange, operation))
        }
        OperationId::IamDeleteUserPermissionsBoundary => Box::pin(perform::<
            iam::delete_user_permissions_boundary::DeleteUserPermissionsBoundary,
        >(exchange, operation)),
        OperationId::IamDeleteUserPolicy => {
            Box::pin(perform::<iam::delete_user_policy::DeleteUserPolicy>(exchange, operation))
        }
        OperationId::IamDetachGroupPolicy => {
            Box::pin(perform::<iam::detach_group_policy::DetachGroupPolicy>(exchange, operation))
        }
        OperationId::IamDetachUserPolicy => {
            Box::pin(perform::<iam::detach_user_policy::DetachUserPolicy>(exchange, operation))
        }
        OperationId::IamGetAccessKeyLastUsed => Box::pin(perform::<
            iam::get_access_key_last_used::GetAccessKeyLastUsed,
        >(exchange, operation)),
        OperationId::IamGetAccountAuthorizationDetails => Box::pin(perform::<
            iam::get_account_authorization_details::GetAccountAuthorizationDetails,
        >(exchange, operation)),
        OperationId::IamGetAccountPasswordPolicy => Box::pin(perform::<
            iam::get_account_password_policy::GetAccountPasswordPolicy,
        >(exchange, operation)),
        OperationId::IamGetAccountSummary => {
            Box::pin(perform::<iam::get_account_summary::GetAccountSummary>(exchange, operation))
        }
        OperationId::IamGetGroup => {
            Box::pin(perform::<iam::get_group::GetGroup>(exchange, operation))
        }
        OperationId::IamGetGroupPolicy => {
            Box::pin(perform::<iam::get_group_policy::GetGroupPolicy>(exchange, operation))
        }
        OperationId::IamGetLoginProfile => {
            Box::pin(perform::<iam::get_login_profile::GetLoginProfile>(exchange, operation))
        }
        OperationId::IamGetPolicy => {
            Box::pin(perform::<iam::get_policy::GetPolicy>(exchange, operation))
        }
        OperationId::IamGetPolicyVersion => {
            Box::pin(perform::<iam::get_policy_version::GetPolicyVersion>(exchange, operation))
        }
        OperationId::IamGetUser => Box::pin(perform::<iam::get_user::GetUser>(exchange, operation)),
        OperationId::IamGetUserPolicy => {
            Box::pin(perform::<iam::get_user_policy::GetUserPolicy>(exchange, operation))
        }
        OperationId::IamListAccessKeys => {
            Box::pin(perform::<iam::list_access_keys::ListAccessKeys>(exchange, operation))
        }
        OperationId::IamListAccountAliases => {
            Box::pin(perform::<iam::list_account_aliases::ListAccountAliases>(exchange, operation))
        }
        OperationId::IamListAttachedGroupPolicies => Box::pin(perform::<
            iam::list_attached_group_policies::ListAttachedGroupPolicies,
        >(exchange, operation)),
        OperationId::IamListAttachedUserPolicies => Box::pin(perform::<
            iam::list_attached_user_policies::ListAttachedUserPolicies,
        >(exchange, operation)),
        OperationId::IamListEntitiesForPolicy => Box::pin(perform::<
            iam::list_entities_for_policy::ListEntitiesForPolicy,
        >(exchange, operation)),
        OperationId::IamListGroupPolicies => {
            Box::pin(perform::<iam::list_group_policies::ListGroupPolicies>(exchange, operation))
        }
        OperationId::IamListGroups => {
            Box::pin(perform::<iam::list_groups::ListGroups>(exchange, operation))
        }
        OperationId::IamListGroupsForUser => {
            Box::pin(perform::<iam::list_groups_for_user::ListGroupsForUser>(exchange, operation))
        }
        OperationId::IamListInstanceProfiles => Box::pin(perform::<
            iam::list_instance_profiles::ListInstanceProfiles,
        >(exchange, operation)),
        OperationId::IamListMFADevices => {
            Box::pin(perform::<iam::list_mfa_devices::ListMFADevices>(exchange, operation))
        }
        OperationId::IamListOpenIDConnectProviders => Box::pin(perform::<
            iam::list_open_id_connect_providers::ListOpenIDConnectProviders,
        >(exchange, operation)),
        OperationId::IamListPolicies => {
            Box::pin(perform::<iam::list_policies::ListPolicies>(exchange, operation))
        }
        OperationId::IamListPolicyTags => {
            Box::pin(perform::<iam::list_policy_tags::ListPolicyTags>(exchange, operation))
        }
        OperationId::IamListPolicyVersions => {
            Box::pin(perform::<iam::list_policy_versions::ListPolicyVersions>(exchange, operation))
        }
        OperationId::IamListRoles => {
            Box::pin(perform::<iam::list_roles::ListRoles>(exchange, operation))
        }
        OperationId::IamListSAMLProviders => {
            Box::pin(perform::<iam::list_saml_providers::ListSAMLProviders>(exchange, operation))
        }
        OperationId::IamListSSHPublicKeys => {
            Box::pin(perform::<iam::list_ssh_public_keys::ListSSHPublicKeys>(exchange, operation))
        }
        OperationId::IamListServerCertificates => Box::pin(perform::<
            iam::list_server_certificates::ListServerCertificates,
        >(exchange, operation)),
        OperationId::IamListServiceSpecificCredentials => Box::pin(perform::<
            iam::list_service_specific_credentials::ListServiceSpecificCredentials,
        >(exchange, operation)),
        OperationId::IamListSigningCertificates => Box::pin(perform::<
            iam::list_signing_certificates::ListSigningCertificates,
        >(exchange, operation)),
        OperationId::IamListUserPolicies => {
            Box::pin(perform::<iam::list_user_policies::ListUserPolicies>(exchange, operation))
        }
        OperationId::IamListUserTags => {
            Box::pin(perform::<iam::list_user_tags::ListUserTags>(exchange, operation))
        }
        OperationId::IamListUsers => {
            Box::pin(perform::<iam::list_users::ListUsers>(exchange, operation))
        }
        OperationId::IamListVirtualMFADevices => Box::pin(perform::<
            iam::list_virtual_mfa_devices::ListVirtualMFADevices,
        >(exchange, operation)),
        OperationId::IamPutGroupPolicy => {
            Box::pin(perform::<iam::put_group_policy::PutGroupPolicy>(exchange, operation))
        }
        OperationId::IamPutUserPermissionsBoundary => Box::pin(perform::<
            iam::put_user_permissions_boundary::PutUserPermissionsBoundary,
        >(exchange, operation)),
        OperationId::IamPutUserPolicy => {
            Box::pin(perform::<iam::put_user_policy::PutUserPolicy>(exchange, operation))
        }
        OperationId::IamRemoveUserFromGroup => Box::pin(perform::<
            iam::remove_user_from_group::RemoveUserFromGroup,
        >(exchange, operation)),
        OperationId::IamSetDefaultPolicyVersion => Box::pin(perform::<
            iam::set_default_policy_version::SetDefaultPolicyVersion,
        >(exchange, operation)),
        OperationId::IamTagPolicy => {
            Box::pin(perform::<iam::tag_policy::TagPolicy>(exchange, operation))
        }
        OperationId::IamTagUser => Box::pin(perform::<iam::tag_user::TagUser>(exchange, operation)),
        OperationId::IamUntagPolicy => {
            Box::pin(perform::<iam::untag_policy::UntagPolicy>(exchange, operation))
        }
        OperationId::IamUntagUser => {
            Box::pin(perform::<iam::untag_user::UntagUser>(exchange, operation))
        }
        OperationId::IamUpdateAccessKey => {
            Box::pin(perform::<iam::update_access_key::UpdateAccessKey>(exchange, operation))
        }
        OperationId::IamUpdateAccountPasswordPolicy => Box::pin(perform::<
            iam::update_account_password_policy::UpdateAccountPasswordPolicy,
        >(exchange, operation)),
        OperationId::IamUpdateGroup => {
            Box::pin(perform::<iam::update_group::UpdateGroup>(exchange, operation))
        }
        OperationId::IamUpdateLoginProfile => {
            Box::pin(perform::<iam::update_login_profile::UpdateLoginProfile>(exchange, operation))
        }
        OperationId::IamUpdateUser => {
            Box::pin(perform::<iam::update_user::UpdateUser>(exchange, operation))
        }
        OperationId::StsGetAccessKeyInfo => {
            Box::pin(perform::<sts::get_access_key_info::GetAccessKeyInfo>(exchange, operation))
        }
        OperationId::StsGetCallerIdentity => {
            Box::pin(perform::<sts::get_caller_identity::GetCallerIdentity>(exchange, operation))
        }
        OperationId::S3ControlDeletePublicAccessBlock => Box::pin(perform::<
            s3control::delete_public_access_block::DeletePublicAccessBlock,
        >(exchange, operation)),
        OperationId::S3ControlGetPublicAccessBlock => Box::pin(perform::<
            s3control::get_public_access_block::GetPublicAccessBlock,
        >(exchange, operation)),
        OperationId::S3ControlListTagsForResource => Box::pin(perform::<
            s3control::list_tags_for_resource::ListTagsForResource,
        >(exchange, operation)),
        OperationId::S3ControlPutPublicAccessBlock => Box::pin(perform::<
            s3control::put_public_access_block::PutPublicAccessBlock,
        >(exchange, operation)),
        OperationId::S3ControlTagResource => {
            Box::pin(perform::<s3control::tag_resource::TagResource>(exchange, operation))
        }
        OperationId::S3ControlUntagResource => {
            Box::pin(perform::<s3control::untag_resource::UntagResource>(exchange, operation))
        }
        OperationId::DeleteBucketAnalyticsConfiguration
        | OperationId::DeleteBucketEncryption
        | OperationId::DeleteBucketIntelligentTieringConfiguration
        | OperationId::DeleteBucketInventoryConfiguration
        | OperationId::DeleteBucketLifecycle
        | OperationId::DeleteBucketMetadataConfiguration
        | OperationId::DeleteBucketMetricsConfiguration
        | OperationId::DeleteBucketReplication
        | OperationId::DeleteBucketWebsite
        | OperationId::DeleteObjectAnnotation
        | OperationId::GetBucketAccelerateConfiguration
        | OperationId::GetBucketAnalyticsConfiguration
        | OperationId::GetBucketEncryption
        | OperationId::GetBucketIntelligentTieringConfiguration
        | OperationId::GetBucketInventoryConfiguration
        | OperationId::GetBucketLifecycleConfiguration
        | OperationId::GetBucketLogging
        | OperationId::GetBucketMetadataConfiguration
        | OperationId::GetBucketMetricsConfiguration
        | OperationId::GetBucketNotificationConfiguration
        | OperationId::GetBucketReplication
        | OperationId::GetBucketRequestPayment
        | OperationId::GetBucketVersioning
        | OperationId::GetBucketWebsite
        | OperationId::GetObjectAnnotation
        | OperationId::GetObjectLegalHold
        | OperationId::GetObjectLockConfiguration
        | OperationId::GetObjectRetention
        | OperationId::ListBucketAnalyticsConfigurations
        | OperationId::ListBucketIntelligentTieringConfigurations
        | OperationId::ListBucketInventoryConfigurations
        | OperationId::ListBucketMetricsConfigurations
        | OperationId::ListObjectAnnotations
        | OperationId::PutBucketLogging
        | OperationId::PutBucketNotificationConfiguration
        | OperationId::PutBucketRequestPayment
        | OperationId::PutObjectLegalHold
        | OperationId::PutObjectLockConfiguration
        | OperationId::PutObjectRetention
        | OperationId::RestoreObject => Box::pin(perform::<s3::unset::Unset>(exchange, operation)),
        _ => Box::pin(perform::<NotImplemented>(exchange, operation)),
    }
}
