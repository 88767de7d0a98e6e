//! Generated from model/operations.toml by `cargo xtask gen`: which handler performs what.

use wire::{Error, Operation, OperationId};

use crate::ops::{iam, s3, s3control, sts};
use crate::pipeline::{Answer, Exchange, not_implemented, perform};

/// Performs an operation, from decoding its input to its answer.
pub(crate) async fn dispatch(
    exchange: &mut Exchange<'_>,
    operation: &'static Operation,
) -> Result<Answer, Error> {
    match operation.id {
        OperationId::AbortMultipartUpload => {
            perform::<s3::abort_multipart_upload::AbortMultipartUpload>(exchange, operation).await
        }
        OperationId::CompleteMultipartUpload => {
            perform::<s3::complete_multipart_upload::CompleteMultipartUpload>(exchange, operation)
                .await
        }
        OperationId::CopyObject => {
            perform::<s3::copy_object::CopyObject>(exchange, operation).await
        }
        OperationId::CreateBucket => {
            perform::<s3::create_bucket::CreateBucket>(exchange, operation).await
        }
        OperationId::CreateMultipartUpload => {
            perform::<s3::create_multipart_upload::CreateMultipartUpload>(exchange, operation).await
        }
        OperationId::DeleteBucket => {
            perform::<s3::delete_bucket::DeleteBucket>(exchange, operation).await
        }
        OperationId::DeleteBucketCors => {
            perform::<s3::delete_bucket_cors::DeleteBucketCors>(exchange, operation).await
        }
        OperationId::DeleteBucketOwnershipControls => {
            perform::<s3::delete_bucket_ownership_controls::DeleteBucketOwnershipControls>(
                exchange, operation,
            )
            .await
        }
        OperationId::DeleteBucketPolicy => {
            perform::<s3::delete_bucket_policy::DeleteBucketPolicy>(exchange, operation).await
        }
        OperationId::DeleteBucketTagging => {
            perform::<s3::delete_bucket_tagging::DeleteBucketTagging>(exchange, operation).await
        }
        OperationId::DeleteObject => {
            perform::<s3::delete_object::DeleteObject>(exchange, operation).await
        }
        OperationId::DeleteObjectTagging => {
            perform::<s3::delete_object_tagging::DeleteObjectTagging>(exchange, operation).await
        }
        OperationId::DeleteObjects => {
            perform::<s3::delete_objects::DeleteObjects>(exchange, operation).await
        }
        OperationId::DeletePublicAccessBlock => {
            perform::<s3::delete_public_access_block::DeletePublicAccessBlock>(exchange, operation)
                .await
        }
        OperationId::GetBucketAbac => {
            perform::<s3::get_bucket_abac::GetBucketAbac>(exchange, operation).await
        }
        OperationId::GetBucketAcl => {
            perform::<s3::get_bucket_acl::GetBucketAcl>(exchange, operation).await
        }
        OperationId::GetBucketCors => {
            perform::<s3::get_bucket_cors::GetBucketCors>(exchange, operation).await
        }
        OperationId::GetBucketLocation => {
            perform::<s3::get_bucket_location::GetBucketLocation>(exchange, operation).await
        }
        OperationId::GetBucketOwnershipControls => {
            perform::<s3::get_bucket_ownership_controls::GetBucketOwnershipControls>(
                exchange, operation,
            )
            .await
        }
        OperationId::GetBucketPolicy => {
            perform::<s3::get_bucket_policy::GetBucketPolicy>(exchange, operation).await
        }
        OperationId::GetBucketPolicyStatus => {
            perform::<s3::get_bucket_policy_status::GetBucketPolicyStatus>(exchange, operation)
                .await
        }
        OperationId::GetBucketTagging => {
            perform::<s3::get_bucket_tagging::GetBucketTagging>(exchange, operation).await
        }
        OperationId::GetObject => perform::<s3::get_object::GetObject>(exchange, operation).await,
        OperationId::GetObjectAcl => {
            perform::<s3::get_object_acl::GetObjectAcl>(exchange, operation).await
        }
        OperationId::GetObjectAttributes => {
            perform::<s3::get_object_attributes::GetObjectAttributes>(exchange, operation).await
        }
        OperationId::GetObjectTagging => {
            perform::<s3::get_object_tagging::GetObjectTagging>(exchange, operation).await
        }
        OperationId::GetPublicAccessBlock => {
            perform::<s3::get_public_access_block::GetPublicAccessBlock>(exchange, operation).await
        }
        OperationId::HeadBucket => {
            perform::<s3::head_bucket::HeadBucket>(exchange, operation).await
        }
        OperationId::HeadObject => {
            perform::<s3::head_object::HeadObject>(exchange, operation).await
        }
        OperationId::ListBuckets => {
            perform::<s3::list_buckets::ListBuckets>(exchange, operation).await
        }
        OperationId::ListMultipartUploads => {
            perform::<s3::list_multipart_uploads::ListMultipartUploads>(exchange, operation).await
        }
        OperationId::ListObjectVersions => {
            perform::<s3::list_object_versions::ListObjectVersions>(exchange, operation).await
        }
        OperationId::ListObjects => {
            perform::<s3::list_objects::ListObjects>(exchange, operation).await
        }
        OperationId::ListObjectsV2 => {
            perform::<s3::list_objects_v2::ListObjectsV2>(exchange, operation).await
        }
        OperationId::ListParts => perform::<s3::list_parts::ListParts>(exchange, operation).await,
        OperationId::PutBucketAbac => {
            perform::<s3::put_bucket_abac::PutBucketAbac>(exchange, operation).await
        }
        OperationId::PutBucketAcl => {
            perform::<s3::put_bucket_acl::PutBucketAcl>(exchange, operation).await
        }
        OperationId::PutBucketCors => {
            perform::<s3::put_bucket_cors::PutBucketCors>(exchange, operation).await
        }
        OperationId::PutBucketOwnershipControls => {
            perform::<s3::put_bucket_ownership_controls::PutBucketOwnershipControls>(
                exchange, operation,
            )
            .await
        }
        OperationId::PutBucketPolicy => {
            perform::<s3::put_bucket_policy::PutBucketPolicy>(exchange, operation).await
        }
        OperationId::PutBucketTagging => {
            perform::<s3::put_bucket_tagging::PutBucketTagging>(exchange, operation).await
        }
        OperationId::PutObject => perform::<s3::put_object::PutObject>(exchange, operation).await,
        OperationId::PutObjectAcl => {
            perform::<s3::put_object_acl::PutObjectAcl>(exchange, operation).await
        }
        OperationId::PutObjectTagging => {
            perform::<s3::put_object_tagging::PutObjectTagging>(exchange, operation).await
        }
        OperationId::PutPublicAccessBlock => {
            perform::<s3::put_public_access_block::PutPublicAccessBlock>(exchange, operation).await
        }
        OperationId::UploadPart => {
            perform::<s3::upload_part::UploadPart>(exchange, operation).await
        }
        OperationId::UploadPartCopy => {
            perform::<s3::upload_part_copy::UploadPartCopy>(exchange, operation).await
        }
        OperationId::PostObject => {
            perform::<s3::post_object::PostObject>(exchange, operation).await
        }
        OperationId::IamAddUserToGroup => {
            perform::<iam::add_user_to_group::AddUserToGroup>(exchange, operation).await
        }
        OperationId::IamAttachGroupPolicy => {
            perform::<iam::attach_group_policy::AttachGroupPolicy>(exchange, operation).await
        }
        OperationId::IamAttachUserPolicy => {
            perform::<iam::attach_user_policy::AttachUserPolicy>(exchange, operation).await
        }
        OperationId::IamChangePassword => {
            perform::<iam::change_password::ChangePassword>(exchange, operation).await
        }
        OperationId::IamCreateAccessKey => {
            perform::<iam::create_access_key::CreateAccessKey>(exchange, operation).await
        }
        OperationId::IamCreateAccountAlias => {
            perform::<iam::create_account_alias::CreateAccountAlias>(exchange, operation).await
        }
        OperationId::IamCreateGroup => {
            perform::<iam::create_group::CreateGroup>(exchange, operation).await
        }
        OperationId::IamCreateLoginProfile => {
            perform::<iam::create_login_profile::CreateLoginProfile>(exchange, operation).await
        }
        OperationId::IamCreatePolicy => {
            perform::<iam::create_policy::CreatePolicy>(exchange, operation).await
        }
        OperationId::IamCreatePolicyVersion => {
            perform::<iam::create_policy_version::CreatePolicyVersion>(exchange, operation).await
        }
        OperationId::IamCreateUser => {
            perform::<iam::create_user::CreateUser>(exchange, operation).await
        }
        OperationId::IamDeleteAccessKey => {
            perform::<iam::delete_access_key::DeleteAccessKey>(exchange, operation).await
        }
        OperationId::IamDeleteAccountAlias => {
            perform::<iam::delete_account_alias::DeleteAccountAlias>(exchange, operation).await
        }
        OperationId::IamDeleteAccountPasswordPolicy => {
            perform::<iam::delete_account_password_policy::DeleteAccountPasswordPolicy>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamDeleteGroup => {
            perform::<iam::delete_group::DeleteGroup>(exchange, operation).await
        }
        OperationId::IamDeleteGroupPolicy => {
            perform::<iam::delete_group_policy::DeleteGroupPolicy>(exchange, operation).await
        }
        OperationId::IamDeleteLoginProfile => {
            perform::<iam::delete_login_profile::DeleteLoginProfile>(exchange, operation).await
        }
        OperationId::IamDeletePolicy => {
            perform::<iam::delete_policy::DeletePolicy>(exchange, operation).await
        }
        OperationId::IamDeletePolicyVersion => {
            perform::<iam::delete_policy_version::DeletePolicyVersion>(exchange, operation).await
        }
        OperationId::IamDeleteUser => {
            perform::<iam::delete_user::DeleteUser>(exchange, operation).await
        }
        OperationId::IamDeleteUserPermissionsBoundary => {
            perform::<iam::delete_user_permissions_boundary::DeleteUserPermissionsBoundary>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamDeleteUserPolicy => {
            perform::<iam::delete_user_policy::DeleteUserPolicy>(exchange, operation).await
        }
        OperationId::IamDetachGroupPolicy => {
            perform::<iam::detach_group_policy::DetachGroupPolicy>(exchange, operation).await
        }
        OperationId::IamDetachUserPolicy => {
            perform::<iam::detach_user_policy::DetachUserPolicy>(exchange, operation).await
        }
        OperationId::IamGetAccessKeyLastUsed => {
            perform::<iam::get_access_key_last_used::GetAccessKeyLastUsed>(exchange, operation)
                .await
        }
        OperationId::IamGetAccountAuthorizationDetails => {
            perform::<iam::get_account_authorization_details::GetAccountAuthorizationDetails>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamGetAccountPasswordPolicy => {
            perform::<iam::get_account_password_policy::GetAccountPasswordPolicy>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamGetAccountSummary => {
            perform::<iam::get_account_summary::GetAccountSummary>(exchange, operation).await
        }
        OperationId::IamGetGroup => perform::<iam::get_group::GetGroup>(exchange, operation).await,
        OperationId::IamGetGroupPolicy => {
            perform::<iam::get_group_policy::GetGroupPolicy>(exchange, operation).await
        }
        OperationId::IamGetLoginProfile => {
            perform::<iam::get_login_profile::GetLoginProfile>(exchange, operation).await
        }
        OperationId::IamGetPolicy => {
            perform::<iam::get_policy::GetPolicy>(exchange, operation).await
        }
        OperationId::IamGetPolicyVersion => {
            perform::<iam::get_policy_version::GetPolicyVersion>(exchange, operation).await
        }
        OperationId::IamGetUser => perform::<iam::get_user::GetUser>(exchange, operation).await,
        OperationId::IamGetUserPolicy => {
            perform::<iam::get_user_policy::GetUserPolicy>(exchange, operation).await
        }
        OperationId::IamListAccessKeys => {
            perform::<iam::list_access_keys::ListAccessKeys>(exchange, operation).await
        }
        OperationId::IamListAccountAliases => {
            perform::<iam::list_account_aliases::ListAccountAliases>(exchange, operation).await
        }
        OperationId::IamListAttachedGroupPolicies => {
            perform::<iam::list_attached_group_policies::ListAttachedGroupPolicies>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamListAttachedUserPolicies => {
            perform::<iam::list_attached_user_policies::ListAttachedUserPolicies>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamListEntitiesForPolicy => {
            perform::<iam::list_entities_for_policy::ListEntitiesForPolicy>(exchange, operation)
                .await
        }
        OperationId::IamListGroupPolicies => {
            perform::<iam::list_group_policies::ListGroupPolicies>(exchange, operation).await
        }
        OperationId::IamListGroups => {
            perform::<iam::list_groups::ListGroups>(exchange, operation).await
        }
        OperationId::IamListGroupsForUser => {
            perform::<iam::list_groups_for_user::ListGroupsForUser>(exchange, operation).await
        }
        OperationId::IamListInstanceProfiles => {
            perform::<iam::list_instance_profiles::ListInstanceProfiles>(exchange, operation).await
        }
        OperationId::IamListMFADevices => {
            perform::<iam::list_mfa_devices::ListMFADevices>(exchange, operation).await
        }
        OperationId::IamListOpenIDConnectProviders => {
            perform::<iam::list_open_id_connect_providers::ListOpenIDConnectProviders>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamListPolicies => {
            perform::<iam::list_policies::ListPolicies>(exchange, operation).await
        }
        OperationId::IamListPolicyTags => {
            perform::<iam::list_policy_tags::ListPolicyTags>(exchange, operation).await
        }
        OperationId::IamListPolicyVersions => {
            perform::<iam::list_policy_versions::ListPolicyVersions>(exchange, operation).await
        }
        OperationId::IamListRoles => {
            perform::<iam::list_roles::ListRoles>(exchange, operation).await
        }
        OperationId::IamListSAMLProviders => {
            perform::<iam::list_saml_providers::ListSAMLProviders>(exchange, operation).await
        }
        OperationId::IamListSSHPublicKeys => {
            perform::<iam::list_ssh_public_keys::ListSSHPublicKeys>(exchange, operation).await
        }
        OperationId::IamListServerCertificates => {
            perform::<iam::list_server_certificates::ListServerCertificates>(exchange, operation)
                .await
        }
        OperationId::IamListServiceSpecificCredentials => {
            perform::<iam::list_service_specific_credentials::ListServiceSpecificCredentials>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamListSigningCertificates => {
            perform::<iam::list_signing_certificates::ListSigningCertificates>(exchange, operation)
                .await
        }
        OperationId::IamListUserPolicies => {
            perform::<iam::list_user_policies::ListUserPolicies>(exchange, operation).await
        }
        OperationId::IamListUserTags => {
            perform::<iam::list_user_tags::ListUserTags>(exchange, operation).await
        }
        OperationId::IamListUsers => {
            perform::<iam::list_users::ListUsers>(exchange, operation).await
        }
        OperationId::IamListVirtualMFADevices => {
            perform::<iam::list_virtual_mfa_devices::ListVirtualMFADevices>(exchange, operation)
                .await
        }
        OperationId::IamPutGroupPolicy => {
            perform::<iam::put_group_policy::PutGroupPolicy>(exchange, operation).await
        }
        OperationId::IamPutUserPermissionsBoundary => {
            perform::<iam::put_user_permissions_boundary::PutUserPermissionsBoundary>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamPutUserPolicy => {
            perform::<iam::put_user_policy::PutUserPolicy>(exchange, operation).await
        }
        OperationId::IamRemoveUserFromGroup => {
            perform::<iam::remove_user_from_group::RemoveUserFromGroup>(exchange, operation).await
        }
        OperationId::IamSetDefaultPolicyVersion => {
            perform::<iam::set_default_policy_version::SetDefaultPolicyVersion>(exchange, operation)
                .await
        }
        OperationId::IamTagPolicy => {
            perform::<iam::tag_policy::TagPolicy>(exchange, operation).await
        }
        OperationId::IamTagUser => perform::<iam::tag_user::TagUser>(exchange, operation).await,
        OperationId::IamUntagPolicy => {
            perform::<iam::untag_policy::UntagPolicy>(exchange, operation).await
        }
        OperationId::IamUntagUser => {
            perform::<iam::untag_user::UntagUser>(exchange, operation).await
        }
        OperationId::IamUpdateAccessKey => {
            perform::<iam::update_access_key::UpdateAccessKey>(exchange, operation).await
        }
        OperationId::IamUpdateAccountPasswordPolicy => {
            perform::<iam::update_account_password_policy::UpdateAccountPasswordPolicy>(
                exchange, operation,
            )
            .await
        }
        OperationId::IamUpdateGroup => {
            perform::<iam::update_group::UpdateGroup>(exchange, operation).await
        }
        OperationId::IamUpdateLoginProfile => {
            perform::<iam::update_login_profile::UpdateLoginProfile>(exchange, operation).await
        }
        OperationId::IamUpdateUser => {
            perform::<iam::update_user::UpdateUser>(exchange, operation).await
        }
        OperationId::StsGetAccessKeyInfo => {
            perform::<sts::get_access_key_info::GetAccessKeyInfo>(exchange, operation).await
        }
        OperationId::StsGetCallerIdentity => {
            perform::<sts::get_caller_identity::GetCallerIdentity>(exchange, operation).await
        }
        OperationId::S3ControlDeletePublicAccessBlock => {
            perform::<s3control::delete_public_access_block::DeletePublicAccessBlock>(
                exchange, operation,
            )
            .await
        }
        OperationId::S3ControlGetPublicAccessBlock => {
            perform::<s3control::get_public_access_block::GetPublicAccessBlock>(exchange, operation)
                .await
        }
        OperationId::S3ControlListTagsForResource => {
            perform::<s3control::list_tags_for_resource::ListTagsForResource>(exchange, operation)
                .await
        }
        OperationId::S3ControlPutPublicAccessBlock => {
            perform::<s3control::put_public_access_block::PutPublicAccessBlock>(exchange, operation)
                .await
        }
        OperationId::S3ControlTagResource => {
            perform::<s3control::tag_resource::TagResource>(exchange, operation).await
        }
        OperationId::S3ControlUntagResource => {
            perform::<s3control::untag_resource::UntagResource>(exchange, operation).await
        }
        OperationId::GetBucketAccelerateConfiguration
        | OperationId::GetBucketEncryption
        | OperationId::GetBucketLifecycleConfiguration
        | OperationId::GetBucketLogging
        | OperationId::GetBucketNotificationConfiguration
        | OperationId::GetBucketReplication
        | OperationId::GetBucketRequestPayment
        | OperationId::GetBucketVersioning
        | OperationId::GetBucketWebsite
        | OperationId::GetObjectLockConfiguration => {
            perform::<s3::unset::Unset>(exchange, operation).await
        }
        _ => not_implemented(exchange, operation),
    }
}
