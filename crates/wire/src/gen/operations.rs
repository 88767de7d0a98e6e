//! Generated from model/ by `cargo xtask gen`.

use crate::operation::{Operation, Resource, Service, Status};
use crate::route::{ControlRoute, Route};

/// Every operation of S3, IAM, STS and S3 Control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum OperationId {
    /// AbortMultipartUpload.
    AbortMultipartUpload,
    /// CompleteMultipartUpload.
    CompleteMultipartUpload,
    /// CopyObject.
    CopyObject,
    /// CreateBucket.
    CreateBucket,
    /// CreateBucketMetadataConfiguration.
    CreateBucketMetadataConfiguration,
    /// CreateBucketMetadataTableConfiguration.
    CreateBucketMetadataTableConfiguration,
    /// CreateMultipartUpload.
    CreateMultipartUpload,
    /// CreateSession.
    CreateSession,
    /// DeleteBucket.
    DeleteBucket,
    /// DeleteBucketAnalyticsConfiguration.
    DeleteBucketAnalyticsConfiguration,
    /// DeleteBucketCors.
    DeleteBucketCors,
    /// DeleteBucketEncryption.
    DeleteBucketEncryption,
    /// DeleteBucketIntelligentTieringConfiguration.
    DeleteBucketIntelligentTieringConfiguration,
    /// DeleteBucketInventoryConfiguration.
    DeleteBucketInventoryConfiguration,
    /// DeleteBucketLifecycle.
    DeleteBucketLifecycle,
    /// DeleteBucketMetadataConfiguration.
    DeleteBucketMetadataConfiguration,
    /// DeleteBucketMetadataTableConfiguration.
    DeleteBucketMetadataTableConfiguration,
    /// DeleteBucketMetricsConfiguration.
    DeleteBucketMetricsConfiguration,
    /// DeleteBucketOwnershipControls.
    DeleteBucketOwnershipControls,
    /// DeleteBucketPolicy.
    DeleteBucketPolicy,
    /// DeleteBucketReplication.
    DeleteBucketReplication,
    /// DeleteBucketTagging.
    DeleteBucketTagging,
    /// DeleteBucketWebsite.
    DeleteBucketWebsite,
    /// DeleteObject.
    DeleteObject,
    /// DeleteObjectAnnotation.
    DeleteObjectAnnotation,
    /// DeleteObjectTagging.
    DeleteObjectTagging,
    /// DeleteObjects.
    DeleteObjects,
    /// DeletePublicAccessBlock.
    DeletePublicAccessBlock,
    /// GetBucketAbac.
    GetBucketAbac,
    /// GetBucketAccelerateConfiguration.
    GetBucketAccelerateConfiguration,
    /// GetBucketAcl.
    GetBucketAcl,
    /// GetBucketAnalyticsConfiguration.
    GetBucketAnalyticsConfiguration,
    /// GetBucketCors.
    GetBucketCors,
    /// GetBucketEncryption.
    GetBucketEncryption,
    /// GetBucketIntelligentTieringConfiguration.
    GetBucketIntelligentTieringConfiguration,
    /// GetBucketInventoryConfiguration.
    GetBucketInventoryConfiguration,
    /// GetBucketLifecycle.
    GetBucketLifecycle,
    /// GetBucketLifecycleConfiguration.
    GetBucketLifecycleConfiguration,
    /// GetBucketLocation.
    GetBucketLocation,
    /// GetBucketLogging.
    GetBucketLogging,
    /// GetBucketMetadataConfiguration.
    GetBucketMetadataConfiguration,
    /// GetBucketMetadataTableConfiguration.
    GetBucketMetadataTableConfiguration,
    /// GetBucketMetricsConfiguration.
    GetBucketMetricsConfiguration,
    /// GetBucketNotification.
    GetBucketNotification,
    /// GetBucketNotificationConfiguration.
    GetBucketNotificationConfiguration,
    /// GetBucketOwnershipControls.
    GetBucketOwnershipControls,
    /// GetBucketPolicy.
    GetBucketPolicy,
    /// GetBucketPolicyStatus.
    GetBucketPolicyStatus,
    /// GetBucketReplication.
    GetBucketReplication,
    /// GetBucketRequestPayment.
    GetBucketRequestPayment,
    /// GetBucketTagging.
    GetBucketTagging,
    /// GetBucketVersioning.
    GetBucketVersioning,
    /// GetBucketWebsite.
    GetBucketWebsite,
    /// GetObject.
    GetObject,
    /// GetObjectAcl.
    GetObjectAcl,
    /// GetObjectAnnotation.
    GetObjectAnnotation,
    /// GetObjectAttributes.
    GetObjectAttributes,
    /// GetObjectLegalHold.
    GetObjectLegalHold,
    /// GetObjectLockConfiguration.
    GetObjectLockConfiguration,
    /// GetObjectRetention.
    GetObjectRetention,
    /// GetObjectTagging.
    GetObjectTagging,
    /// GetObjectTorrent.
    GetObjectTorrent,
    /// GetPublicAccessBlock.
    GetPublicAccessBlock,
    /// HeadBucket.
    HeadBucket,
    /// HeadObject.
    HeadObject,
    /// ListBucketAnalyticsConfigurations.
    ListBucketAnalyticsConfigurations,
    /// ListBucketIntelligentTieringConfigurations.
    ListBucketIntelligentTieringConfigurations,
    /// ListBucketInventoryConfigurations.
    ListBucketInventoryConfigurations,
    /// ListBucketMetricsConfigurations.
    ListBucketMetricsConfigurations,
    /// ListBuckets.
    ListBuckets,
    /// ListDirectoryBuckets.
    ListDirectoryBuckets,
    /// ListMultipartUploads.
    ListMultipartUploads,
    /// ListObjectAnnotations.
    ListObjectAnnotations,
    /// ListObjectVersions.
    ListObjectVersions,
    /// ListObjects.
    ListObjects,
    /// ListObjectsV2.
    ListObjectsV2,
    /// ListParts.
    ListParts,
    /// PutBucketAbac.
    PutBucketAbac,
    /// PutBucketAccelerateConfiguration.
    PutBucketAccelerateConfiguration,
    /// PutBucketAcl.
    PutBucketAcl,
    /// PutBucketAnalyticsConfiguration.
    PutBucketAnalyticsConfiguration,
    /// PutBucketCors.
    PutBucketCors,
    /// PutBucketEncryption.
    PutBucketEncryption,
    /// PutBucketIntelligentTieringConfiguration.
    PutBucketIntelligentTieringConfiguration,
    /// PutBucketInventoryConfiguration.
    PutBucketInventoryConfiguration,
    /// PutBucketLifecycle.
    PutBucketLifecycle,
    /// PutBucketLifecycleConfiguration.
    PutBucketLifecycleConfiguration,
    /// PutBucketLogging.
    PutBucketLogging,
    /// PutBucketMetricsConfiguration.
    PutBucketMetricsConfiguration,
    /// PutBucketNotification.
    PutBucketNotification,
    /// PutBucketNotificationConfiguration.
    PutBucketNotificationConfiguration,
    /// PutBucketOwnershipControls.
    PutBucketOwnershipControls,
    /// PutBucketPolicy.
    PutBucketPolicy,
    /// PutBucketReplication.
    PutBucketReplication,
    /// PutBucketRequestPayment.
    PutBucketRequestPayment,
    /// PutBucketTagging.
    PutBucketTagging,
    /// PutBucketVersioning.
    PutBucketVersioning,
    /// PutBucketWebsite.
    PutBucketWebsite,
    /// PutObject.
    PutObject,
    /// PutObjectAcl.
    PutObjectAcl,
    /// PutObjectAnnotation.
    PutObjectAnnotation,
    /// PutObjectLegalHold.
    PutObjectLegalHold,
    /// PutObjectLockConfiguration.
    PutObjectLockConfiguration,
    /// PutObjectRetention.
    PutObjectRetention,
    /// PutObjectTagging.
    PutObjectTagging,
    /// PutPublicAccessBlock.
    PutPublicAccessBlock,
    /// RenameObject.
    RenameObject,
    /// RestoreObject.
    RestoreObject,
    /// SelectObjectContent.
    SelectObjectContent,
    /// UpdateBucketMetadataAnnotationTableConfiguration.
    UpdateBucketMetadataAnnotationTableConfiguration,
    /// UpdateBucketMetadataInventoryTableConfiguration.
    UpdateBucketMetadataInventoryTableConfiguration,
    /// UpdateBucketMetadataJournalTableConfiguration.
    UpdateBucketMetadataJournalTableConfiguration,
    /// UpdateObjectEncryption.
    UpdateObjectEncryption,
    /// UploadPart.
    UploadPart,
    /// UploadPartCopy.
    UploadPartCopy,
    /// WriteGetObjectResponse.
    WriteGetObjectResponse,
    /// PostObject.
    PostObject,
    /// OptionsObject.
    OptionsObject,
    /// AcceptDelegationRequest.
    IamAcceptDelegationRequest,
    /// AcquireRole.
    IamAcquireRole,
    /// AddClientIDToOpenIDConnectProvider.
    IamAddClientIDToOpenIDConnectProvider,
    /// AddRoleToInstanceProfile.
    IamAddRoleToInstanceProfile,
    /// AddUserToGroup.
    IamAddUserToGroup,
    /// AssociateDelegationRequest.
    IamAssociateDelegationRequest,
    /// AttachGroupPolicy.
    IamAttachGroupPolicy,
    /// AttachRolePolicy.
    IamAttachRolePolicy,
    /// AttachUserPolicy.
    IamAttachUserPolicy,
    /// ChangePassword.
    IamChangePassword,
    /// CreateAccessKey.
    IamCreateAccessKey,
    /// CreateAccountAlias.
    IamCreateAccountAlias,
    /// CreateDelegationRequest.
    IamCreateDelegationRequest,
    /// CreateGroup.
    IamCreateGroup,
    /// CreateInstanceProfile.
    IamCreateInstanceProfile,
    /// CreateLoginProfile.
    IamCreateLoginProfile,
    /// CreateOpenIDConnectProvider.
    IamCreateOpenIDConnectProvider,
    /// CreatePolicy.
    IamCreatePolicy,
    /// CreatePolicyVersion.
    IamCreatePolicyVersion,
    /// CreateRole.
    IamCreateRole,
    /// CreateSAMLProvider.
    IamCreateSAMLProvider,
    /// CreateServiceLinkedRole.
    IamCreateServiceLinkedRole,
    /// CreateServiceSpecificCredential.
    IamCreateServiceSpecificCredential,
    /// CreateUser.
    IamCreateUser,
    /// CreateVirtualMFADevice.
    IamCreateVirtualMFADevice,
    /// DeactivateMFADevice.
    IamDeactivateMFADevice,
    /// DeleteAccessKey.
    IamDeleteAccessKey,
    /// DeleteAccountAlias.
    IamDeleteAccountAlias,
    /// DeleteAccountPasswordPolicy.
    IamDeleteAccountPasswordPolicy,
    /// DeleteGroup.
    IamDeleteGroup,
    /// DeleteGroupPolicy.
    IamDeleteGroupPolicy,
    /// DeleteInstanceProfile.
    IamDeleteInstanceProfile,
    /// DeleteLoginProfile.
    IamDeleteLoginProfile,
    /// DeleteOpenIDConnectProvider.
    IamDeleteOpenIDConnectProvider,
    /// DeletePolicy.
    IamDeletePolicy,
    /// DeletePolicyVersion.
    IamDeletePolicyVersion,
    /// DeleteRole.
    IamDeleteRole,
    /// DeleteRolePermissionsBoundary.
    IamDeleteRolePermissionsBoundary,
    /// DeleteRolePolicy.
    IamDeleteRolePolicy,
    /// DeleteSAMLProvider.
    IamDeleteSAMLProvider,
    /// DeleteSSHPublicKey.
    IamDeleteSSHPublicKey,
    /// DeleteServerCertificate.
    IamDeleteServerCertificate,
    /// DeleteServiceLinkedRole.
    IamDeleteServiceLinkedRole,
    /// DeleteServiceSpecificCredential.
    IamDeleteServiceSpecificCredential,
    /// DeleteSigningCertificate.
    IamDeleteSigningCertificate,
    /// DeleteUser.
    IamDeleteUser,
    /// DeleteUserPermissionsBoundary.
    IamDeleteUserPermissionsBoundary,
    /// DeleteUserPolicy.
    IamDeleteUserPolicy,
    /// DeleteVirtualMFADevice.
    IamDeleteVirtualMFADevice,
    /// DetachGroupPolicy.
    IamDetachGroupPolicy,
    /// DetachRolePolicy.
    IamDetachRolePolicy,
    /// DetachUserPolicy.
    IamDetachUserPolicy,
    /// DisableOrganizationsRootCredentialsManagement.
    IamDisableOrganizationsRootCredentialsManagement,
    /// DisableOrganizationsRootSessions.
    IamDisableOrganizationsRootSessions,
    /// DisableOutboundWebIdentityFederation.
    IamDisableOutboundWebIdentityFederation,
    /// EnableMFADevice.
    IamEnableMFADevice,
    /// EnableOrganizationsRootCredentialsManagement.
    IamEnableOrganizationsRootCredentialsManagement,
    /// EnableOrganizationsRootSessions.
    IamEnableOrganizationsRootSessions,
    /// EnableOutboundWebIdentityFederation.
    IamEnableOutboundWebIdentityFederation,
    /// GenerateCredentialReport.
    IamGenerateCredentialReport,
    /// GenerateOrganizationsAccessReport.
    IamGenerateOrganizationsAccessReport,
    /// GenerateServiceLastAccessedDetails.
    IamGenerateServiceLastAccessedDetails,
    /// GetAccessKeyLastUsed.
    IamGetAccessKeyLastUsed,
    /// GetAccountAuthorizationDetails.
    IamGetAccountAuthorizationDetails,
    /// GetAccountPasswordPolicy.
    IamGetAccountPasswordPolicy,
    /// GetAccountProperties.
    IamGetAccountProperties,
    /// GetAccountSummary.
    IamGetAccountSummary,
    /// GetContextKeysForCustomPolicy.
    IamGetContextKeysForCustomPolicy,
    /// GetContextKeysForPrincipalPolicy.
    IamGetContextKeysForPrincipalPolicy,
    /// GetCredentialReport.
    IamGetCredentialReport,
    /// GetDelegationRequest.
    IamGetDelegationRequest,
    /// GetGroup.
    IamGetGroup,
    /// GetGroupPolicy.
    IamGetGroupPolicy,
    /// GetHumanReadableSummary.
    IamGetHumanReadableSummary,
    /// GetInstanceProfile.
    IamGetInstanceProfile,
    /// GetLoginProfile.
    IamGetLoginProfile,
    /// GetMFADevice.
    IamGetMFADevice,
    /// GetOpenIDConnectProvider.
    IamGetOpenIDConnectProvider,
    /// GetOrganizationsAccessReport.
    IamGetOrganizationsAccessReport,
    /// GetOutboundWebIdentityFederationInfo.
    IamGetOutboundWebIdentityFederationInfo,
    /// GetPolicy.
    IamGetPolicy,
    /// GetPolicyVersion.
    IamGetPolicyVersion,
    /// GetRole.
    IamGetRole,
    /// GetRolePolicy.
    IamGetRolePolicy,
    /// GetRoleTemplateVersion.
    IamGetRoleTemplateVersion,
    /// GetSAMLProvider.
    IamGetSAMLProvider,
    /// GetSSHPublicKey.
    IamGetSSHPublicKey,
    /// GetServerCertificate.
    IamGetServerCertificate,
    /// GetServiceLastAccessedDetails.
    IamGetServiceLastAccessedDetails,
    /// GetServiceLastAccessedDetailsWithEntities.
    IamGetServiceLastAccessedDetailsWithEntities,
    /// GetServiceLinkedRoleDeletionStatus.
    IamGetServiceLinkedRoleDeletionStatus,
    /// GetUser.
    IamGetUser,
    /// GetUserPolicy.
    IamGetUserPolicy,
    /// ListAccessKeys.
    IamListAccessKeys,
    /// ListAccountAliases.
    IamListAccountAliases,
    /// ListAttachedGroupPolicies.
    IamListAttachedGroupPolicies,
    /// ListAttachedRolePolicies.
    IamListAttachedRolePolicies,
    /// ListAttachedUserPolicies.
    IamListAttachedUserPolicies,
    /// ListDelegationRequests.
    IamListDelegationRequests,
    /// ListEntitiesForPolicy.
    IamListEntitiesForPolicy,
    /// ListGroupPolicies.
    IamListGroupPolicies,
    /// ListGroups.
    IamListGroups,
    /// ListGroupsForUser.
    IamListGroupsForUser,
    /// ListInstanceProfileTags.
    IamListInstanceProfileTags,
    /// ListInstanceProfiles.
    IamListInstanceProfiles,
    /// ListInstanceProfilesForRole.
    IamListInstanceProfilesForRole,
    /// ListMFADeviceTags.
    IamListMFADeviceTags,
    /// ListMFADevices.
    IamListMFADevices,
    /// ListOpenIDConnectProviderTags.
    IamListOpenIDConnectProviderTags,
    /// ListOpenIDConnectProviders.
    IamListOpenIDConnectProviders,
    /// ListOrganizationsFeatures.
    IamListOrganizationsFeatures,
    /// ListPolicies.
    IamListPolicies,
    /// ListPoliciesGrantingServiceAccess.
    IamListPoliciesGrantingServiceAccess,
    /// ListPolicyTags.
    IamListPolicyTags,
    /// ListPolicyVersions.
    IamListPolicyVersions,
    /// ListRolePolicies.
    IamListRolePolicies,
    /// ListRoleTags.
    IamListRoleTags,
    /// ListRoles.
    IamListRoles,
    /// ListSAMLProviderTags.
    IamListSAMLProviderTags,
    /// ListSAMLProviders.
    IamListSAMLProviders,
    /// ListSSHPublicKeys.
    IamListSSHPublicKeys,
    /// ListServerCertificateTags.
    IamListServerCertificateTags,
    /// ListServerCertificates.
    IamListServerCertificates,
    /// ListServiceSpecificCredentials.
    IamListServiceSpecificCredentials,
    /// ListSigningCertificates.
    IamListSigningCertificates,
    /// ListUserPolicies.
    IamListUserPolicies,
    /// ListUserTags.
    IamListUserTags,
    /// ListUsers.
    IamListUsers,
    /// ListVirtualMFADevices.
    IamListVirtualMFADevices,
    /// PutAccountProperties.
    IamPutAccountProperties,
    /// PutGroupPolicy.
    IamPutGroupPolicy,
    /// PutRolePermissionsBoundary.
    IamPutRolePermissionsBoundary,
    /// PutRolePolicy.
    IamPutRolePolicy,
    /// PutUserPermissionsBoundary.
    IamPutUserPermissionsBoundary,
    /// PutUserPolicy.
    IamPutUserPolicy,
    /// RejectDelegationRequest.
    IamRejectDelegationRequest,
    /// RemoveClientIDFromOpenIDConnectProvider.
    IamRemoveClientIDFromOpenIDConnectProvider,
    /// RemoveRoleFromInstanceProfile.
    IamRemoveRoleFromInstanceProfile,
    /// RemoveUserFromGroup.
    IamRemoveUserFromGroup,
    /// ResetServiceSpecificCredential.
    IamResetServiceSpecificCredential,
    /// ResyncMFADevice.
    IamResyncMFADevice,
    /// SendDelegationToken.
    IamSendDelegationToken,
    /// SetDefaultPolicyVersion.
    IamSetDefaultPolicyVersion,
    /// SetSecurityTokenServicePreferences.
    IamSetSecurityTokenServicePreferences,
    /// SimulateCustomPolicy.
    IamSimulateCustomPolicy,
    /// SimulatePrincipalPolicy.
    IamSimulatePrincipalPolicy,
    /// TagInstanceProfile.
    IamTagInstanceProfile,
    /// TagMFADevice.
    IamTagMFADevice,
    /// TagOpenIDConnectProvider.
    IamTagOpenIDConnectProvider,
    /// TagPolicy.
    IamTagPolicy,
    /// TagRole.
    IamTagRole,
    /// TagSAMLProvider.
    IamTagSAMLProvider,
    /// TagServerCertificate.
    IamTagServerCertificate,
    /// TagUser.
    IamTagUser,
    /// UntagInstanceProfile.
    IamUntagInstanceProfile,
    /// UntagMFADevice.
    IamUntagMFADevice,
    /// UntagOpenIDConnectProvider.
    IamUntagOpenIDConnectProvider,
    /// UntagPolicy.
    IamUntagPolicy,
    /// UntagRole.
    IamUntagRole,
    /// UntagSAMLProvider.
    IamUntagSAMLProvider,
    /// UntagServerCertificate.
    IamUntagServerCertificate,
    /// UntagUser.
    IamUntagUser,
    /// UpdateAccessKey.
    IamUpdateAccessKey,
    /// UpdateAccountPasswordPolicy.
    IamUpdateAccountPasswordPolicy,
    /// UpdateAssumeRolePolicy.
    IamUpdateAssumeRolePolicy,
    /// UpdateDelegationRequest.
    IamUpdateDelegationRequest,
    /// UpdateGroup.
    IamUpdateGroup,
    /// UpdateLoginProfile.
    IamUpdateLoginProfile,
    /// UpdateOpenIDConnectProviderThumbprint.
    IamUpdateOpenIDConnectProviderThumbprint,
    /// UpdateRole.
    IamUpdateRole,
    /// UpdateRoleDescription.
    IamUpdateRoleDescription,
    /// UpdateSAMLProvider.
    IamUpdateSAMLProvider,
    /// UpdateSSHPublicKey.
    IamUpdateSSHPublicKey,
    /// UpdateServerCertificate.
    IamUpdateServerCertificate,
    /// UpdateServiceSpecificCredential.
    IamUpdateServiceSpecificCredential,
    /// UpdateSigningCertificate.
    IamUpdateSigningCertificate,
    /// UpdateUser.
    IamUpdateUser,
    /// UploadSSHPublicKey.
    IamUploadSSHPublicKey,
    /// UploadServerCertificate.
    IamUploadServerCertificate,
    /// UploadSigningCertificate.
    IamUploadSigningCertificate,
    /// AssumeRole.
    StsAssumeRole,
    /// AssumeRoleWithSAML.
    StsAssumeRoleWithSAML,
    /// AssumeRoleWithWebIdentity.
    StsAssumeRoleWithWebIdentity,
    /// AssumeRoot.
    StsAssumeRoot,
    /// DecodeAuthorizationMessage.
    StsDecodeAuthorizationMessage,
    /// GetAccessKeyInfo.
    StsGetAccessKeyInfo,
    /// GetCallerIdentity.
    StsGetCallerIdentity,
    /// GetDelegatedAccessToken.
    StsGetDelegatedAccessToken,
    /// GetFederationToken.
    StsGetFederationToken,
    /// GetSessionToken.
    StsGetSessionToken,
    /// GetWebIdentityToken.
    StsGetWebIdentityToken,
    /// AssociateAccessGrantsIdentityCenter.
    S3ControlAssociateAccessGrantsIdentityCenter,
    /// CreateAccessGrant.
    S3ControlCreateAccessGrant,
    /// CreateAccessGrantsInstance.
    S3ControlCreateAccessGrantsInstance,
    /// CreateAccessGrantsLocation.
    S3ControlCreateAccessGrantsLocation,
    /// CreateAccessPoint.
    S3ControlCreateAccessPoint,
    /// CreateAccessPointForObjectLambda.
    S3ControlCreateAccessPointForObjectLambda,
    /// CreateBucket.
    S3ControlCreateBucket,
    /// CreateJob.
    S3ControlCreateJob,
    /// CreateMultiRegionAccessPoint.
    S3ControlCreateMultiRegionAccessPoint,
    /// CreateStorageLensGroup.
    S3ControlCreateStorageLensGroup,
    /// DeleteAccessGrant.
    S3ControlDeleteAccessGrant,
    /// DeleteAccessGrantsInstance.
    S3ControlDeleteAccessGrantsInstance,
    /// DeleteAccessGrantsInstanceResourcePolicy.
    S3ControlDeleteAccessGrantsInstanceResourcePolicy,
    /// DeleteAccessGrantsLocation.
    S3ControlDeleteAccessGrantsLocation,
    /// DeleteAccessPoint.
    S3ControlDeleteAccessPoint,
    /// DeleteAccessPointForObjectLambda.
    S3ControlDeleteAccessPointForObjectLambda,
    /// DeleteAccessPointPolicy.
    S3ControlDeleteAccessPointPolicy,
    /// DeleteAccessPointPolicyForObjectLambda.
    S3ControlDeleteAccessPointPolicyForObjectLambda,
    /// DeleteAccessPointScope.
    S3ControlDeleteAccessPointScope,
    /// DeleteBucket.
    S3ControlDeleteBucket,
    /// DeleteBucketLifecycleConfiguration.
    S3ControlDeleteBucketLifecycleConfiguration,
    /// DeleteBucketPolicy.
    S3ControlDeleteBucketPolicy,
    /// DeleteBucketReplication.
    S3ControlDeleteBucketReplication,
    /// DeleteBucketTagging.
    S3ControlDeleteBucketTagging,
    /// DeleteJobTagging.
    S3ControlDeleteJobTagging,
    /// DeleteMultiRegionAccessPoint.
    S3ControlDeleteMultiRegionAccessPoint,
    /// DeletePublicAccessBlock.
    S3ControlDeletePublicAccessBlock,
    /// DeleteStorageLensConfiguration.
    S3ControlDeleteStorageLensConfiguration,
    /// DeleteStorageLensConfigurationTagging.
    S3ControlDeleteStorageLensConfigurationTagging,
    /// DeleteStorageLensGroup.
    S3ControlDeleteStorageLensGroup,
    /// DescribeJob.
    S3ControlDescribeJob,
    /// DescribeMultiRegionAccessPointOperation.
    S3ControlDescribeMultiRegionAccessPointOperation,
    /// DissociateAccessGrantsIdentityCenter.
    S3ControlDissociateAccessGrantsIdentityCenter,
    /// GetAccessGrant.
    S3ControlGetAccessGrant,
    /// GetAccessGrantsInstance.
    S3ControlGetAccessGrantsInstance,
    /// GetAccessGrantsInstanceForPrefix.
    S3ControlGetAccessGrantsInstanceForPrefix,
    /// GetAccessGrantsInstanceResourcePolicy.
    S3ControlGetAccessGrantsInstanceResourcePolicy,
    /// GetAccessGrantsLocation.
    S3ControlGetAccessGrantsLocation,
    /// GetAccessPoint.
    S3ControlGetAccessPoint,
    /// GetAccessPointConfigurationForObjectLambda.
    S3ControlGetAccessPointConfigurationForObjectLambda,
    /// GetAccessPointForObjectLambda.
    S3ControlGetAccessPointForObjectLambda,
    /// GetAccessPointPolicy.
    S3ControlGetAccessPointPolicy,
    /// GetAccessPointPolicyForObjectLambda.
    S3ControlGetAccessPointPolicyForObjectLambda,
    /// GetAccessPointPolicyStatus.
    S3ControlGetAccessPointPolicyStatus,
    /// GetAccessPointPolicyStatusForObjectLambda.
    S3ControlGetAccessPointPolicyStatusForObjectLambda,
    /// GetAccessPointScope.
    S3ControlGetAccessPointScope,
    /// GetBucket.
    S3ControlGetBucket,
    /// GetBucketLifecycleConfiguration.
    S3ControlGetBucketLifecycleConfiguration,
    /// GetBucketPolicy.
    S3ControlGetBucketPolicy,
    /// GetBucketReplication.
    S3ControlGetBucketReplication,
    /// GetBucketTagging.
    S3ControlGetBucketTagging,
    /// GetBucketVersioning.
    S3ControlGetBucketVersioning,
    /// GetDataAccess.
    S3ControlGetDataAccess,
    /// GetJobTagging.
    S3ControlGetJobTagging,
    /// GetMultiRegionAccessPoint.
    S3ControlGetMultiRegionAccessPoint,
    /// GetMultiRegionAccessPointPolicy.
    S3ControlGetMultiRegionAccessPointPolicy,
    /// GetMultiRegionAccessPointPolicyStatus.
    S3ControlGetMultiRegionAccessPointPolicyStatus,
    /// GetMultiRegionAccessPointRoutes.
    S3ControlGetMultiRegionAccessPointRoutes,
    /// GetPublicAccessBlock.
    S3ControlGetPublicAccessBlock,
    /// GetStorageLensConfiguration.
    S3ControlGetStorageLensConfiguration,
    /// GetStorageLensConfigurationTagging.
    S3ControlGetStorageLensConfigurationTagging,
    /// GetStorageLensGroup.
    S3ControlGetStorageLensGroup,
    /// ListAccessGrants.
    S3ControlListAccessGrants,
    /// ListAccessGrantsInstances.
    S3ControlListAccessGrantsInstances,
    /// ListAccessGrantsLocations.
    S3ControlListAccessGrantsLocations,
    /// ListAccessPoints.
    S3ControlListAccessPoints,
    /// ListAccessPointsForDirectoryBuckets.
    S3ControlListAccessPointsForDirectoryBuckets,
    /// ListAccessPointsForObjectLambda.
    S3ControlListAccessPointsForObjectLambda,
    /// ListCallerAccessGrants.
    S3ControlListCallerAccessGrants,
    /// ListJobs.
    S3ControlListJobs,
    /// ListMultiRegionAccessPoints.
    S3ControlListMultiRegionAccessPoints,
    /// ListRegionalBuckets.
    S3ControlListRegionalBuckets,
    /// ListStorageLensConfigurations.
    S3ControlListStorageLensConfigurations,
    /// ListStorageLensGroups.
    S3ControlListStorageLensGroups,
    /// ListTagsForResource.
    S3ControlListTagsForResource,
    /// PutAccessGrantsInstanceResourcePolicy.
    S3ControlPutAccessGrantsInstanceResourcePolicy,
    /// PutAccessPointConfigurationForObjectLambda.
    S3ControlPutAccessPointConfigurationForObjectLambda,
    /// PutAccessPointPolicy.
    S3ControlPutAccessPointPolicy,
    /// PutAccessPointPolicyForObjectLambda.
    S3ControlPutAccessPointPolicyForObjectLambda,
    /// PutAccessPointScope.
    S3ControlPutAccessPointScope,
    /// PutBucketLifecycleConfiguration.
    S3ControlPutBucketLifecycleConfiguration,
    /// PutBucketPolicy.
    S3ControlPutBucketPolicy,
    /// PutBucketReplication.
    S3ControlPutBucketReplication,
    /// PutBucketTagging.
    S3ControlPutBucketTagging,
    /// PutBucketVersioning.
    S3ControlPutBucketVersioning,
    /// PutJobTagging.
    S3ControlPutJobTagging,
    /// PutMultiRegionAccessPointPolicy.
    S3ControlPutMultiRegionAccessPointPolicy,
    /// PutPublicAccessBlock.
    S3ControlPutPublicAccessBlock,
    /// PutStorageLensConfiguration.
    S3ControlPutStorageLensConfiguration,
    /// PutStorageLensConfigurationTagging.
    S3ControlPutStorageLensConfigurationTagging,
    /// SubmitMultiRegionAccessPointRoutes.
    S3ControlSubmitMultiRegionAccessPointRoutes,
    /// TagResource.
    S3ControlTagResource,
    /// UntagResource.
    S3ControlUntagResource,
    /// UpdateAccessGrantsLocation.
    S3ControlUpdateAccessGrantsLocation,
    /// UpdateJobPriority.
    S3ControlUpdateJobPriority,
    /// UpdateJobStatus.
    S3ControlUpdateJobStatus,
    /// UpdateStorageLensGroup.
    S3ControlUpdateStorageLensGroup,
}

/// Every operation, at the place of its id.
        #[rustfmt::skip]
        pub static OPERATIONS: [Operation; 406] = [
    Operation { id: OperationId::AbortMultipartUpload, name: "AbortMultipartUpload", service: Service::S3, resource: Resource::Object, actions: &["s3:AbortMultipartUpload"], status: Status::Acts },
    Operation { id: OperationId::CompleteMultipartUpload, name: "CompleteMultipartUpload", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::CopyObject, name: "CopyObject", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::CreateBucket, name: "CreateBucket", service: Service::S3, resource: Resource::Bucket, actions: &["s3:CreateBucket"], status: Status::Acts },
    Operation { id: OperationId::CreateBucketMetadataConfiguration, name: "CreateBucketMetadataConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:CreateBucketMetadataTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::CreateBucketMetadataTableConfiguration, name: "CreateBucketMetadataTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:CreateBucketMetadataTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::CreateMultipartUpload, name: "CreateMultipartUpload", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::CreateSession, name: "CreateSession", service: Service::S3, resource: Resource::Bucket, actions: &["s3express:CreateSession"], status: Status::NotImplemented },
    Operation { id: OperationId::DeleteBucket, name: "DeleteBucket", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteBucket"], status: Status::Acts },
    Operation { id: OperationId::DeleteBucketAnalyticsConfiguration, name: "DeleteBucketAnalyticsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutAnalyticsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketCors, name: "DeleteBucketCors", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketCORS"], status: Status::Acts },
    Operation { id: OperationId::DeleteBucketEncryption, name: "DeleteBucketEncryption", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutEncryptionConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketIntelligentTieringConfiguration, name: "DeleteBucketIntelligentTieringConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutIntelligentTieringConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketInventoryConfiguration, name: "DeleteBucketInventoryConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutInventoryConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketLifecycle, name: "DeleteBucketLifecycle", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutLifecycleConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketMetadataConfiguration, name: "DeleteBucketMetadataConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteBucketMetadataTableConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketMetadataTableConfiguration, name: "DeleteBucketMetadataTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteBucketMetadataTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::DeleteBucketMetricsConfiguration, name: "DeleteBucketMetricsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutMetricsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketOwnershipControls, name: "DeleteBucketOwnershipControls", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketOwnershipControls"], status: Status::Acts },
    Operation { id: OperationId::DeleteBucketPolicy, name: "DeleteBucketPolicy", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteBucketPolicy"], status: Status::Acts },
    Operation { id: OperationId::DeleteBucketReplication, name: "DeleteBucketReplication", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutReplicationConfiguration"], status: Status::Unset },
    Operation { id: OperationId::DeleteBucketTagging, name: "DeleteBucketTagging", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketTagging"], status: Status::Acts },
    Operation { id: OperationId::DeleteBucketWebsite, name: "DeleteBucketWebsite", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteBucketWebsite"], status: Status::Unset },
    Operation { id: OperationId::DeleteObject, name: "DeleteObject", service: Service::S3, resource: Resource::Object, actions: &["s3:DeleteObject"], status: Status::Acts },
    Operation { id: OperationId::DeleteObjectAnnotation, name: "DeleteObjectAnnotation", service: Service::S3, resource: Resource::Object, actions: &["s3:DeleteObjectAnnotation"], status: Status::Unset },
    Operation { id: OperationId::DeleteObjectTagging, name: "DeleteObjectTagging", service: Service::S3, resource: Resource::Object, actions: &["s3:DeleteObjectTagging"], status: Status::Acts },
    Operation { id: OperationId::DeleteObjects, name: "DeleteObjects", service: Service::S3, resource: Resource::Bucket, actions: &["s3:DeleteObject"], status: Status::Acts },
    Operation { id: OperationId::DeletePublicAccessBlock, name: "DeletePublicAccessBlock", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::GetBucketAbac, name: "GetBucketAbac", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketAbac"], status: Status::Acts },
    Operation { id: OperationId::GetBucketAccelerateConfiguration, name: "GetBucketAccelerateConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetAccelerateConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketAcl, name: "GetBucketAcl", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketAcl"], status: Status::Acts },
    Operation { id: OperationId::GetBucketAnalyticsConfiguration, name: "GetBucketAnalyticsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetAnalyticsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketCors, name: "GetBucketCors", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketCORS"], status: Status::Acts },
    Operation { id: OperationId::GetBucketEncryption, name: "GetBucketEncryption", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetEncryptionConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketIntelligentTieringConfiguration, name: "GetBucketIntelligentTieringConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetIntelligentTieringConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketInventoryConfiguration, name: "GetBucketInventoryConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetInventoryConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketLifecycle, name: "GetBucketLifecycle", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::GetBucketLifecycleConfiguration, name: "GetBucketLifecycleConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetLifecycleConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketLocation, name: "GetBucketLocation", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketLocation"], status: Status::Acts },
    Operation { id: OperationId::GetBucketLogging, name: "GetBucketLogging", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketLogging"], status: Status::Unset },
    Operation { id: OperationId::GetBucketMetadataConfiguration, name: "GetBucketMetadataConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketMetadataTableConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketMetadataTableConfiguration, name: "GetBucketMetadataTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketMetadataTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::GetBucketMetricsConfiguration, name: "GetBucketMetricsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetMetricsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketNotification, name: "GetBucketNotification", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketNotification"], status: Status::NotImplemented },
    Operation { id: OperationId::GetBucketNotificationConfiguration, name: "GetBucketNotificationConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketNotification"], status: Status::Unset },
    Operation { id: OperationId::GetBucketOwnershipControls, name: "GetBucketOwnershipControls", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketOwnershipControls"], status: Status::Acts },
    Operation { id: OperationId::GetBucketPolicy, name: "GetBucketPolicy", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketPolicy"], status: Status::Acts },
    Operation { id: OperationId::GetBucketPolicyStatus, name: "GetBucketPolicyStatus", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketPolicyStatus"], status: Status::Acts },
    Operation { id: OperationId::GetBucketReplication, name: "GetBucketReplication", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetReplicationConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetBucketRequestPayment, name: "GetBucketRequestPayment", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketRequestPayment"], status: Status::Unset },
    Operation { id: OperationId::GetBucketTagging, name: "GetBucketTagging", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketTagging"], status: Status::Acts },
    Operation { id: OperationId::GetBucketVersioning, name: "GetBucketVersioning", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketVersioning"], status: Status::Unset },
    Operation { id: OperationId::GetBucketWebsite, name: "GetBucketWebsite", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketWebsite"], status: Status::Unset },
    Operation { id: OperationId::GetObject, name: "GetObject", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObject"], status: Status::Acts },
    Operation { id: OperationId::GetObjectAcl, name: "GetObjectAcl", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectAcl"], status: Status::Acts },
    Operation { id: OperationId::GetObjectAnnotation, name: "GetObjectAnnotation", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectAnnotation"], status: Status::Unset },
    Operation { id: OperationId::GetObjectAttributes, name: "GetObjectAttributes", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObject", "s3:GetObjectAttributes"], status: Status::Acts },
    Operation { id: OperationId::GetObjectLegalHold, name: "GetObjectLegalHold", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectLegalHold"], status: Status::Unset },
    Operation { id: OperationId::GetObjectLockConfiguration, name: "GetObjectLockConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketObjectLockConfiguration"], status: Status::Unset },
    Operation { id: OperationId::GetObjectRetention, name: "GetObjectRetention", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectRetention"], status: Status::Unset },
    Operation { id: OperationId::GetObjectTagging, name: "GetObjectTagging", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectTagging"], status: Status::Acts },
    Operation { id: OperationId::GetObjectTorrent, name: "GetObjectTorrent", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObjectTorrent"], status: Status::NotImplemented },
    Operation { id: OperationId::GetPublicAccessBlock, name: "GetPublicAccessBlock", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetBucketPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::HeadBucket, name: "HeadBucket", service: Service::S3, resource: Resource::Bucket, actions: &["s3:ListBucket"], status: Status::Acts },
    Operation { id: OperationId::HeadObject, name: "HeadObject", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObject"], status: Status::Acts },
    Operation { id: OperationId::ListBucketAnalyticsConfigurations, name: "ListBucketAnalyticsConfigurations", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetAnalyticsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::ListBucketIntelligentTieringConfigurations, name: "ListBucketIntelligentTieringConfigurations", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetIntelligentTieringConfiguration"], status: Status::Unset },
    Operation { id: OperationId::ListBucketInventoryConfigurations, name: "ListBucketInventoryConfigurations", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetInventoryConfiguration"], status: Status::Unset },
    Operation { id: OperationId::ListBucketMetricsConfigurations, name: "ListBucketMetricsConfigurations", service: Service::S3, resource: Resource::Bucket, actions: &["s3:GetMetricsConfiguration"], status: Status::Unset },
    Operation { id: OperationId::ListBuckets, name: "ListBuckets", service: Service::S3, resource: Resource::Service, actions: &["s3:ListAllMyBuckets"], status: Status::Acts },
    Operation { id: OperationId::ListDirectoryBuckets, name: "ListDirectoryBuckets", service: Service::S3, resource: Resource::Service, actions: &["s3express:ListAllMyDirectoryBuckets"], status: Status::NotImplemented },
    Operation { id: OperationId::ListMultipartUploads, name: "ListMultipartUploads", service: Service::S3, resource: Resource::Bucket, actions: &["s3:ListBucketMultipartUploads"], status: Status::Acts },
    Operation { id: OperationId::ListObjectAnnotations, name: "ListObjectAnnotations", service: Service::S3, resource: Resource::Object, actions: &["s3:ListObjectAnnotations"], status: Status::Unset },
    Operation { id: OperationId::ListObjectVersions, name: "ListObjectVersions", service: Service::S3, resource: Resource::Bucket, actions: &["s3:ListBucketVersions"], status: Status::Acts },
    Operation { id: OperationId::ListObjects, name: "ListObjects", service: Service::S3, resource: Resource::Bucket, actions: &["s3:ListBucket"], status: Status::Acts },
    Operation { id: OperationId::ListObjectsV2, name: "ListObjectsV2", service: Service::S3, resource: Resource::Bucket, actions: &["s3:ListBucket"], status: Status::Acts },
    Operation { id: OperationId::ListParts, name: "ListParts", service: Service::S3, resource: Resource::Object, actions: &["s3:ListMultipartUploadParts"], status: Status::Acts },
    Operation { id: OperationId::PutBucketAbac, name: "PutBucketAbac", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketAbac"], status: Status::Acts },
    Operation { id: OperationId::PutBucketAccelerateConfiguration, name: "PutBucketAccelerateConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutAccelerateConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketAcl, name: "PutBucketAcl", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketAcl"], status: Status::Acts },
    Operation { id: OperationId::PutBucketAnalyticsConfiguration, name: "PutBucketAnalyticsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutAnalyticsConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketCors, name: "PutBucketCors", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketCORS"], status: Status::Acts },
    Operation { id: OperationId::PutBucketEncryption, name: "PutBucketEncryption", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutEncryptionConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketIntelligentTieringConfiguration, name: "PutBucketIntelligentTieringConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutIntelligentTieringConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketInventoryConfiguration, name: "PutBucketInventoryConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutInventoryConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketLifecycle, name: "PutBucketLifecycle", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketLifecycleConfiguration, name: "PutBucketLifecycleConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketLogging, name: "PutBucketLogging", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketLogging"], status: Status::Unset },
    Operation { id: OperationId::PutBucketMetricsConfiguration, name: "PutBucketMetricsConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutMetricsConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketNotification, name: "PutBucketNotification", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketNotification"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketNotificationConfiguration, name: "PutBucketNotificationConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketNotification"], status: Status::Unset },
    Operation { id: OperationId::PutBucketOwnershipControls, name: "PutBucketOwnershipControls", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketOwnershipControls"], status: Status::Acts },
    Operation { id: OperationId::PutBucketPolicy, name: "PutBucketPolicy", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketPolicy"], status: Status::Acts },
    Operation { id: OperationId::PutBucketReplication, name: "PutBucketReplication", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutReplicationConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketRequestPayment, name: "PutBucketRequestPayment", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketRequestPayment"], status: Status::Unset },
    Operation { id: OperationId::PutBucketTagging, name: "PutBucketTagging", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketTagging"], status: Status::Acts },
    Operation { id: OperationId::PutBucketVersioning, name: "PutBucketVersioning", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketVersioning"], status: Status::NotImplemented },
    Operation { id: OperationId::PutBucketWebsite, name: "PutBucketWebsite", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketWebsite"], status: Status::NotImplemented },
    Operation { id: OperationId::PutObject, name: "PutObject", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::PutObjectAcl, name: "PutObjectAcl", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObjectAcl"], status: Status::Acts },
    Operation { id: OperationId::PutObjectAnnotation, name: "PutObjectAnnotation", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObjectAnnotation"], status: Status::NotImplemented },
    Operation { id: OperationId::PutObjectLegalHold, name: "PutObjectLegalHold", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObjectLegalHold"], status: Status::Unset },
    Operation { id: OperationId::PutObjectLockConfiguration, name: "PutObjectLockConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketObjectLockConfiguration"], status: Status::Unset },
    Operation { id: OperationId::PutObjectRetention, name: "PutObjectRetention", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObjectRetention"], status: Status::Unset },
    Operation { id: OperationId::PutObjectTagging, name: "PutObjectTagging", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObjectTagging"], status: Status::Acts },
    Operation { id: OperationId::PutPublicAccessBlock, name: "PutPublicAccessBlock", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutBucketPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::RenameObject, name: "RenameObject", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::NotImplemented },
    Operation { id: OperationId::RestoreObject, name: "RestoreObject", service: Service::S3, resource: Resource::Object, actions: &["s3:RestoreObject"], status: Status::Unset },
    Operation { id: OperationId::SelectObjectContent, name: "SelectObjectContent", service: Service::S3, resource: Resource::Object, actions: &["s3:GetObject"], status: Status::NotImplemented },
    Operation { id: OperationId::UpdateBucketMetadataAnnotationTableConfiguration, name: "UpdateBucketMetadataAnnotationTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:UpdateBucketMetadataAnnotationTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::UpdateBucketMetadataInventoryTableConfiguration, name: "UpdateBucketMetadataInventoryTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:UpdateBucketMetadataInventoryTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::UpdateBucketMetadataJournalTableConfiguration, name: "UpdateBucketMetadataJournalTableConfiguration", service: Service::S3, resource: Resource::Bucket, actions: &["s3:UpdateBucketMetadataJournalTableConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::UpdateObjectEncryption, name: "UpdateObjectEncryption", service: Service::S3, resource: Resource::Object, actions: &["s3:UpdateObjectEncryption"], status: Status::NotImplemented },
    Operation { id: OperationId::UploadPart, name: "UploadPart", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::UploadPartCopy, name: "UploadPartCopy", service: Service::S3, resource: Resource::Object, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::WriteGetObjectResponse, name: "WriteGetObjectResponse", service: Service::S3, resource: Resource::Service, actions: &["s3-object-lambda:WriteGetObjectResponse"], status: Status::NotImplemented },
    Operation { id: OperationId::PostObject, name: "PostObject", service: Service::S3, resource: Resource::Bucket, actions: &["s3:PutObject"], status: Status::Acts },
    Operation { id: OperationId::OptionsObject, name: "OptionsObject", service: Service::S3, resource: Resource::Object, actions: &[], status: Status::Acts },
    Operation { id: OperationId::IamAcceptDelegationRequest, name: "AcceptDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:AcceptDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAcquireRole, name: "AcquireRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:AcquireRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAddClientIDToOpenIDConnectProvider, name: "AddClientIDToOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:AddClientIDToOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAddRoleToInstanceProfile, name: "AddRoleToInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:AddRoleToInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAddUserToGroup, name: "AddUserToGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:AddUserToGroup"], status: Status::Acts },
    Operation { id: OperationId::IamAssociateDelegationRequest, name: "AssociateDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:AssociateDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAttachGroupPolicy, name: "AttachGroupPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:AttachGroupPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamAttachRolePolicy, name: "AttachRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:AttachRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamAttachUserPolicy, name: "AttachUserPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:AttachUserPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamChangePassword, name: "ChangePassword", service: Service::Iam, resource: Resource::Service, actions: &["iam:ChangePassword"], status: Status::Acts },
    Operation { id: OperationId::IamCreateAccessKey, name: "CreateAccessKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateAccessKey"], status: Status::Acts },
    Operation { id: OperationId::IamCreateAccountAlias, name: "CreateAccountAlias", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateAccountAlias"], status: Status::Acts },
    Operation { id: OperationId::IamCreateDelegationRequest, name: "CreateDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateGroup, name: "CreateGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateGroup"], status: Status::Acts },
    Operation { id: OperationId::IamCreateInstanceProfile, name: "CreateInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateLoginProfile, name: "CreateLoginProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateLoginProfile"], status: Status::Acts },
    Operation { id: OperationId::IamCreateOpenIDConnectProvider, name: "CreateOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreatePolicy, name: "CreatePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreatePolicy"], status: Status::Acts },
    Operation { id: OperationId::IamCreatePolicyVersion, name: "CreatePolicyVersion", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreatePolicyVersion"], status: Status::Acts },
    Operation { id: OperationId::IamCreateRole, name: "CreateRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateSAMLProvider, name: "CreateSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateServiceLinkedRole, name: "CreateServiceLinkedRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateServiceLinkedRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateServiceSpecificCredential, name: "CreateServiceSpecificCredential", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateServiceSpecificCredential"], status: Status::NotImplemented },
    Operation { id: OperationId::IamCreateUser, name: "CreateUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateUser"], status: Status::Acts },
    Operation { id: OperationId::IamCreateVirtualMFADevice, name: "CreateVirtualMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:CreateVirtualMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeactivateMFADevice, name: "DeactivateMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeactivateMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteAccessKey, name: "DeleteAccessKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteAccessKey"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteAccountAlias, name: "DeleteAccountAlias", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteAccountAlias"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteAccountPasswordPolicy, name: "DeleteAccountPasswordPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteAccountPasswordPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteGroup, name: "DeleteGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteGroup"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteGroupPolicy, name: "DeleteGroupPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteGroupPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteInstanceProfile, name: "DeleteInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteLoginProfile, name: "DeleteLoginProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteLoginProfile"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteOpenIDConnectProvider, name: "DeleteOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeletePolicy, name: "DeletePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeletePolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDeletePolicyVersion, name: "DeletePolicyVersion", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeletePolicyVersion"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteRole, name: "DeleteRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteRolePermissionsBoundary, name: "DeleteRolePermissionsBoundary", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteRolePermissionsBoundary"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteRolePolicy, name: "DeleteRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteSAMLProvider, name: "DeleteSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteSSHPublicKey, name: "DeleteSSHPublicKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteSSHPublicKey"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteServerCertificate, name: "DeleteServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteServiceLinkedRole, name: "DeleteServiceLinkedRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteServiceLinkedRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteServiceSpecificCredential, name: "DeleteServiceSpecificCredential", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteServiceSpecificCredential"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteSigningCertificate, name: "DeleteSigningCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteSigningCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDeleteUser, name: "DeleteUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteUser"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteUserPermissionsBoundary, name: "DeleteUserPermissionsBoundary", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteUserPermissionsBoundary"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteUserPolicy, name: "DeleteUserPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteUserPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDeleteVirtualMFADevice, name: "DeleteVirtualMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:DeleteVirtualMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDetachGroupPolicy, name: "DetachGroupPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DetachGroupPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDetachRolePolicy, name: "DetachRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DetachRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDetachUserPolicy, name: "DetachUserPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:DetachUserPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamDisableOrganizationsRootCredentialsManagement, name: "DisableOrganizationsRootCredentialsManagement", service: Service::Iam, resource: Resource::Service, actions: &["iam:DisableOrganizationsRootCredentialsManagement"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDisableOrganizationsRootSessions, name: "DisableOrganizationsRootSessions", service: Service::Iam, resource: Resource::Service, actions: &["iam:DisableOrganizationsRootSessions"], status: Status::NotImplemented },
    Operation { id: OperationId::IamDisableOutboundWebIdentityFederation, name: "DisableOutboundWebIdentityFederation", service: Service::Iam, resource: Resource::Service, actions: &["iam:DisableOutboundWebIdentityFederation"], status: Status::NotImplemented },
    Operation { id: OperationId::IamEnableMFADevice, name: "EnableMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:EnableMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamEnableOrganizationsRootCredentialsManagement, name: "EnableOrganizationsRootCredentialsManagement", service: Service::Iam, resource: Resource::Service, actions: &["iam:EnableOrganizationsRootCredentialsManagement"], status: Status::NotImplemented },
    Operation { id: OperationId::IamEnableOrganizationsRootSessions, name: "EnableOrganizationsRootSessions", service: Service::Iam, resource: Resource::Service, actions: &["iam:EnableOrganizationsRootSessions"], status: Status::NotImplemented },
    Operation { id: OperationId::IamEnableOutboundWebIdentityFederation, name: "EnableOutboundWebIdentityFederation", service: Service::Iam, resource: Resource::Service, actions: &["iam:EnableOutboundWebIdentityFederation"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGenerateCredentialReport, name: "GenerateCredentialReport", service: Service::Iam, resource: Resource::Service, actions: &["iam:GenerateCredentialReport"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGenerateOrganizationsAccessReport, name: "GenerateOrganizationsAccessReport", service: Service::Iam, resource: Resource::Service, actions: &["iam:GenerateOrganizationsAccessReport"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGenerateServiceLastAccessedDetails, name: "GenerateServiceLastAccessedDetails", service: Service::Iam, resource: Resource::Service, actions: &["iam:GenerateServiceLastAccessedDetails"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetAccessKeyLastUsed, name: "GetAccessKeyLastUsed", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetAccessKeyLastUsed"], status: Status::Acts },
    Operation { id: OperationId::IamGetAccountAuthorizationDetails, name: "GetAccountAuthorizationDetails", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetAccountAuthorizationDetails"], status: Status::Acts },
    Operation { id: OperationId::IamGetAccountPasswordPolicy, name: "GetAccountPasswordPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetAccountPasswordPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamGetAccountProperties, name: "GetAccountProperties", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetAccountProperties"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetAccountSummary, name: "GetAccountSummary", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetAccountSummary"], status: Status::Acts },
    Operation { id: OperationId::IamGetContextKeysForCustomPolicy, name: "GetContextKeysForCustomPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetContextKeysForCustomPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetContextKeysForPrincipalPolicy, name: "GetContextKeysForPrincipalPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetContextKeysForPrincipalPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetCredentialReport, name: "GetCredentialReport", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetCredentialReport"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetDelegationRequest, name: "GetDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetGroup, name: "GetGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetGroup"], status: Status::Acts },
    Operation { id: OperationId::IamGetGroupPolicy, name: "GetGroupPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetGroupPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamGetHumanReadableSummary, name: "GetHumanReadableSummary", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetHumanReadableSummary"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetInstanceProfile, name: "GetInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetLoginProfile, name: "GetLoginProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetLoginProfile"], status: Status::Acts },
    Operation { id: OperationId::IamGetMFADevice, name: "GetMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetOpenIDConnectProvider, name: "GetOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetOrganizationsAccessReport, name: "GetOrganizationsAccessReport", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetOrganizationsAccessReport"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetOutboundWebIdentityFederationInfo, name: "GetOutboundWebIdentityFederationInfo", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetOutboundWebIdentityFederationInfo"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetPolicy, name: "GetPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamGetPolicyVersion, name: "GetPolicyVersion", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetPolicyVersion"], status: Status::Acts },
    Operation { id: OperationId::IamGetRole, name: "GetRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetRolePolicy, name: "GetRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetRoleTemplateVersion, name: "GetRoleTemplateVersion", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetRoleTemplateVersion"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetSAMLProvider, name: "GetSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetSSHPublicKey, name: "GetSSHPublicKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetSSHPublicKey"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetServerCertificate, name: "GetServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetServiceLastAccessedDetails, name: "GetServiceLastAccessedDetails", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetServiceLastAccessedDetails"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetServiceLastAccessedDetailsWithEntities, name: "GetServiceLastAccessedDetailsWithEntities", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetServiceLastAccessedDetailsWithEntities"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetServiceLinkedRoleDeletionStatus, name: "GetServiceLinkedRoleDeletionStatus", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetServiceLinkedRoleDeletionStatus"], status: Status::NotImplemented },
    Operation { id: OperationId::IamGetUser, name: "GetUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetUser"], status: Status::Acts },
    Operation { id: OperationId::IamGetUserPolicy, name: "GetUserPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:GetUserPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamListAccessKeys, name: "ListAccessKeys", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListAccessKeys"], status: Status::Acts },
    Operation { id: OperationId::IamListAccountAliases, name: "ListAccountAliases", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListAccountAliases"], status: Status::Acts },
    Operation { id: OperationId::IamListAttachedGroupPolicies, name: "ListAttachedGroupPolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListAttachedGroupPolicies"], status: Status::Acts },
    Operation { id: OperationId::IamListAttachedRolePolicies, name: "ListAttachedRolePolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListAttachedRolePolicies"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListAttachedUserPolicies, name: "ListAttachedUserPolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListAttachedUserPolicies"], status: Status::Acts },
    Operation { id: OperationId::IamListDelegationRequests, name: "ListDelegationRequests", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListDelegationRequests"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListEntitiesForPolicy, name: "ListEntitiesForPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListEntitiesForPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamListGroupPolicies, name: "ListGroupPolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListGroupPolicies"], status: Status::Acts },
    Operation { id: OperationId::IamListGroups, name: "ListGroups", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListGroups"], status: Status::Acts },
    Operation { id: OperationId::IamListGroupsForUser, name: "ListGroupsForUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListGroupsForUser"], status: Status::Acts },
    Operation { id: OperationId::IamListInstanceProfileTags, name: "ListInstanceProfileTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListInstanceProfileTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListInstanceProfiles, name: "ListInstanceProfiles", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListInstanceProfiles"], status: Status::Acts },
    Operation { id: OperationId::IamListInstanceProfilesForRole, name: "ListInstanceProfilesForRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListInstanceProfilesForRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListMFADeviceTags, name: "ListMFADeviceTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListMFADeviceTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListMFADevices, name: "ListMFADevices", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListMFADevices"], status: Status::Acts },
    Operation { id: OperationId::IamListOpenIDConnectProviderTags, name: "ListOpenIDConnectProviderTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListOpenIDConnectProviderTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListOpenIDConnectProviders, name: "ListOpenIDConnectProviders", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListOpenIDConnectProviders"], status: Status::Acts },
    Operation { id: OperationId::IamListOrganizationsFeatures, name: "ListOrganizationsFeatures", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListOrganizationsFeatures"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListPolicies, name: "ListPolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListPolicies"], status: Status::Acts },
    Operation { id: OperationId::IamListPoliciesGrantingServiceAccess, name: "ListPoliciesGrantingServiceAccess", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListPoliciesGrantingServiceAccess"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListPolicyTags, name: "ListPolicyTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListPolicyTags"], status: Status::Acts },
    Operation { id: OperationId::IamListPolicyVersions, name: "ListPolicyVersions", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListPolicyVersions"], status: Status::Acts },
    Operation { id: OperationId::IamListRolePolicies, name: "ListRolePolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListRolePolicies"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListRoleTags, name: "ListRoleTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListRoleTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListRoles, name: "ListRoles", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListRoles"], status: Status::Acts },
    Operation { id: OperationId::IamListSAMLProviderTags, name: "ListSAMLProviderTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListSAMLProviderTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListSAMLProviders, name: "ListSAMLProviders", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListSAMLProviders"], status: Status::Acts },
    Operation { id: OperationId::IamListSSHPublicKeys, name: "ListSSHPublicKeys", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListSSHPublicKeys"], status: Status::Acts },
    Operation { id: OperationId::IamListServerCertificateTags, name: "ListServerCertificateTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListServerCertificateTags"], status: Status::NotImplemented },
    Operation { id: OperationId::IamListServerCertificates, name: "ListServerCertificates", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListServerCertificates"], status: Status::Acts },
    Operation { id: OperationId::IamListServiceSpecificCredentials, name: "ListServiceSpecificCredentials", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListServiceSpecificCredentials"], status: Status::Acts },
    Operation { id: OperationId::IamListSigningCertificates, name: "ListSigningCertificates", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListSigningCertificates"], status: Status::Acts },
    Operation { id: OperationId::IamListUserPolicies, name: "ListUserPolicies", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListUserPolicies"], status: Status::Acts },
    Operation { id: OperationId::IamListUserTags, name: "ListUserTags", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListUserTags"], status: Status::Acts },
    Operation { id: OperationId::IamListUsers, name: "ListUsers", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListUsers"], status: Status::Acts },
    Operation { id: OperationId::IamListVirtualMFADevices, name: "ListVirtualMFADevices", service: Service::Iam, resource: Resource::Service, actions: &["iam:ListVirtualMFADevices"], status: Status::Acts },
    Operation { id: OperationId::IamPutAccountProperties, name: "PutAccountProperties", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutAccountProperties"], status: Status::NotImplemented },
    Operation { id: OperationId::IamPutGroupPolicy, name: "PutGroupPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutGroupPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamPutRolePermissionsBoundary, name: "PutRolePermissionsBoundary", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutRolePermissionsBoundary"], status: Status::NotImplemented },
    Operation { id: OperationId::IamPutRolePolicy, name: "PutRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamPutUserPermissionsBoundary, name: "PutUserPermissionsBoundary", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutUserPermissionsBoundary"], status: Status::Acts },
    Operation { id: OperationId::IamPutUserPolicy, name: "PutUserPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:PutUserPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamRejectDelegationRequest, name: "RejectDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:RejectDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamRemoveClientIDFromOpenIDConnectProvider, name: "RemoveClientIDFromOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:RemoveClientIDFromOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamRemoveRoleFromInstanceProfile, name: "RemoveRoleFromInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:RemoveRoleFromInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamRemoveUserFromGroup, name: "RemoveUserFromGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:RemoveUserFromGroup"], status: Status::Acts },
    Operation { id: OperationId::IamResetServiceSpecificCredential, name: "ResetServiceSpecificCredential", service: Service::Iam, resource: Resource::Service, actions: &["iam:ResetServiceSpecificCredential"], status: Status::NotImplemented },
    Operation { id: OperationId::IamResyncMFADevice, name: "ResyncMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:ResyncMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamSendDelegationToken, name: "SendDelegationToken", service: Service::Iam, resource: Resource::Service, actions: &["iam:SendDelegationToken"], status: Status::NotImplemented },
    Operation { id: OperationId::IamSetDefaultPolicyVersion, name: "SetDefaultPolicyVersion", service: Service::Iam, resource: Resource::Service, actions: &["iam:SetDefaultPolicyVersion"], status: Status::Acts },
    Operation { id: OperationId::IamSetSecurityTokenServicePreferences, name: "SetSecurityTokenServicePreferences", service: Service::Iam, resource: Resource::Service, actions: &["iam:SetSecurityTokenServicePreferences"], status: Status::NotImplemented },
    Operation { id: OperationId::IamSimulateCustomPolicy, name: "SimulateCustomPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:SimulateCustomPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamSimulatePrincipalPolicy, name: "SimulatePrincipalPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:SimulatePrincipalPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagInstanceProfile, name: "TagInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagMFADevice, name: "TagMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagOpenIDConnectProvider, name: "TagOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagPolicy, name: "TagPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamTagRole, name: "TagRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagSAMLProvider, name: "TagSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagServerCertificate, name: "TagServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamTagUser, name: "TagUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:TagUser"], status: Status::Acts },
    Operation { id: OperationId::IamUntagInstanceProfile, name: "UntagInstanceProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagInstanceProfile"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagMFADevice, name: "UntagMFADevice", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagMFADevice"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagOpenIDConnectProvider, name: "UntagOpenIDConnectProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagOpenIDConnectProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagPolicy, name: "UntagPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamUntagRole, name: "UntagRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagSAMLProvider, name: "UntagSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagServerCertificate, name: "UntagServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUntagUser, name: "UntagUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:UntagUser"], status: Status::Acts },
    Operation { id: OperationId::IamUpdateAccessKey, name: "UpdateAccessKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateAccessKey"], status: Status::Acts },
    Operation { id: OperationId::IamUpdateAccountPasswordPolicy, name: "UpdateAccountPasswordPolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateAccountPasswordPolicy"], status: Status::Acts },
    Operation { id: OperationId::IamUpdateAssumeRolePolicy, name: "UpdateAssumeRolePolicy", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateAssumeRolePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateDelegationRequest, name: "UpdateDelegationRequest", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateDelegationRequest"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateGroup, name: "UpdateGroup", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateGroup"], status: Status::Acts },
    Operation { id: OperationId::IamUpdateLoginProfile, name: "UpdateLoginProfile", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateLoginProfile"], status: Status::Acts },
    Operation { id: OperationId::IamUpdateOpenIDConnectProviderThumbprint, name: "UpdateOpenIDConnectProviderThumbprint", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateOpenIDConnectProviderThumbprint"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateRole, name: "UpdateRole", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateRole"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateRoleDescription, name: "UpdateRoleDescription", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateRoleDescription"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateSAMLProvider, name: "UpdateSAMLProvider", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateSAMLProvider"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateSSHPublicKey, name: "UpdateSSHPublicKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateSSHPublicKey"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateServerCertificate, name: "UpdateServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateServiceSpecificCredential, name: "UpdateServiceSpecificCredential", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateServiceSpecificCredential"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateSigningCertificate, name: "UpdateSigningCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateSigningCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUpdateUser, name: "UpdateUser", service: Service::Iam, resource: Resource::Service, actions: &["iam:UpdateUser"], status: Status::Acts },
    Operation { id: OperationId::IamUploadSSHPublicKey, name: "UploadSSHPublicKey", service: Service::Iam, resource: Resource::Service, actions: &["iam:UploadSSHPublicKey"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUploadServerCertificate, name: "UploadServerCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:UploadServerCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::IamUploadSigningCertificate, name: "UploadSigningCertificate", service: Service::Iam, resource: Resource::Service, actions: &["iam:UploadSigningCertificate"], status: Status::NotImplemented },
    Operation { id: OperationId::StsAssumeRole, name: "AssumeRole", service: Service::Sts, resource: Resource::Service, actions: &["sts:AssumeRole"], status: Status::NotImplemented },
    Operation { id: OperationId::StsAssumeRoleWithSAML, name: "AssumeRoleWithSAML", service: Service::Sts, resource: Resource::Service, actions: &["sts:AssumeRoleWithSAML"], status: Status::NotImplemented },
    Operation { id: OperationId::StsAssumeRoleWithWebIdentity, name: "AssumeRoleWithWebIdentity", service: Service::Sts, resource: Resource::Service, actions: &["sts:AssumeRoleWithWebIdentity"], status: Status::NotImplemented },
    Operation { id: OperationId::StsAssumeRoot, name: "AssumeRoot", service: Service::Sts, resource: Resource::Service, actions: &["sts:AssumeRoot"], status: Status::NotImplemented },
    Operation { id: OperationId::StsDecodeAuthorizationMessage, name: "DecodeAuthorizationMessage", service: Service::Sts, resource: Resource::Service, actions: &["sts:DecodeAuthorizationMessage"], status: Status::NotImplemented },
    Operation { id: OperationId::StsGetAccessKeyInfo, name: "GetAccessKeyInfo", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetAccessKeyInfo"], status: Status::Acts },
    Operation { id: OperationId::StsGetCallerIdentity, name: "GetCallerIdentity", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetCallerIdentity"], status: Status::Acts },
    Operation { id: OperationId::StsGetDelegatedAccessToken, name: "GetDelegatedAccessToken", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetDelegatedAccessToken"], status: Status::NotImplemented },
    Operation { id: OperationId::StsGetFederationToken, name: "GetFederationToken", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetFederationToken"], status: Status::NotImplemented },
    Operation { id: OperationId::StsGetSessionToken, name: "GetSessionToken", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetSessionToken"], status: Status::NotImplemented },
    Operation { id: OperationId::StsGetWebIdentityToken, name: "GetWebIdentityToken", service: Service::Sts, resource: Resource::Service, actions: &["sts:GetWebIdentityToken"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlAssociateAccessGrantsIdentityCenter, name: "AssociateAccessGrantsIdentityCenter", service: Service::S3Control, resource: Resource::Service, actions: &["s3:AssociateAccessGrantsIdentityCenter"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateAccessGrant, name: "CreateAccessGrant", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateAccessGrant"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateAccessGrantsInstance, name: "CreateAccessGrantsInstance", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateAccessGrantsInstance"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateAccessGrantsLocation, name: "CreateAccessGrantsLocation", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateAccessGrantsLocation"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateAccessPoint, name: "CreateAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateAccessPointForObjectLambda, name: "CreateAccessPointForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateAccessPointForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateBucket, name: "CreateBucket", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:CreateBucket"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateJob, name: "CreateJob", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateJob"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateMultiRegionAccessPoint, name: "CreateMultiRegionAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateMultiRegionAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlCreateStorageLensGroup, name: "CreateStorageLensGroup", service: Service::S3Control, resource: Resource::Service, actions: &["s3:CreateStorageLensGroup"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessGrant, name: "DeleteAccessGrant", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessGrant"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessGrantsInstance, name: "DeleteAccessGrantsInstance", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessGrantsInstance"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessGrantsInstanceResourcePolicy, name: "DeleteAccessGrantsInstanceResourcePolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessGrantsInstanceResourcePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessGrantsLocation, name: "DeleteAccessGrantsLocation", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessGrantsLocation"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessPoint, name: "DeleteAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessPointForObjectLambda, name: "DeleteAccessPointForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessPointForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessPointPolicy, name: "DeleteAccessPointPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessPointPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessPointPolicyForObjectLambda, name: "DeleteAccessPointPolicyForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteAccessPointPolicyForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteAccessPointScope, name: "DeleteAccessPointScope", service: Service::S3Control, resource: Resource::Service, actions: &["s3express:DeleteAccessPointScope"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteBucket, name: "DeleteBucket", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:DeleteBucket"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteBucketLifecycleConfiguration, name: "DeleteBucketLifecycleConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteBucketPolicy, name: "DeleteBucketPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:DeleteBucketPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteBucketReplication, name: "DeleteBucketReplication", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutReplicationConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteBucketTagging, name: "DeleteBucketTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutBucketTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteJobTagging, name: "DeleteJobTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteJobTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteMultiRegionAccessPoint, name: "DeleteMultiRegionAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteMultiRegionAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeletePublicAccessBlock, name: "DeletePublicAccessBlock", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccountPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::S3ControlDeleteStorageLensConfiguration, name: "DeleteStorageLensConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteStorageLensConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteStorageLensConfigurationTagging, name: "DeleteStorageLensConfigurationTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteStorageLensConfigurationTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDeleteStorageLensGroup, name: "DeleteStorageLensGroup", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DeleteStorageLensGroup"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDescribeJob, name: "DescribeJob", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DescribeJob"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDescribeMultiRegionAccessPointOperation, name: "DescribeMultiRegionAccessPointOperation", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DescribeMultiRegionAccessPointOperation"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlDissociateAccessGrantsIdentityCenter, name: "DissociateAccessGrantsIdentityCenter", service: Service::S3Control, resource: Resource::Service, actions: &["s3:DissociateAccessGrantsIdentityCenter"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessGrant, name: "GetAccessGrant", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessGrant"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessGrantsInstance, name: "GetAccessGrantsInstance", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessGrantsInstance"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessGrantsInstanceForPrefix, name: "GetAccessGrantsInstanceForPrefix", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessGrantsInstanceForPrefix"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessGrantsInstanceResourcePolicy, name: "GetAccessGrantsInstanceResourcePolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessGrantsInstanceResourcePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessGrantsLocation, name: "GetAccessGrantsLocation", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessGrantsLocation"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPoint, name: "GetAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointConfigurationForObjectLambda, name: "GetAccessPointConfigurationForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointConfigurationForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointForObjectLambda, name: "GetAccessPointForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointPolicy, name: "GetAccessPointPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointPolicyForObjectLambda, name: "GetAccessPointPolicyForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointPolicyForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointPolicyStatus, name: "GetAccessPointPolicyStatus", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointPolicyStatus"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointPolicyStatusForObjectLambda, name: "GetAccessPointPolicyStatusForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccessPointPolicyStatusForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetAccessPointScope, name: "GetAccessPointScope", service: Service::S3Control, resource: Resource::Service, actions: &["s3express:GetAccessPointScope"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucket, name: "GetBucket", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetBucket"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucketLifecycleConfiguration, name: "GetBucketLifecycleConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucketPolicy, name: "GetBucketPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetBucketPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucketReplication, name: "GetBucketReplication", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetReplicationConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucketTagging, name: "GetBucketTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetBucketTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetBucketVersioning, name: "GetBucketVersioning", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:GetBucketVersioning"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetDataAccess, name: "GetDataAccess", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetDataAccess"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetJobTagging, name: "GetJobTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetJobTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetMultiRegionAccessPoint, name: "GetMultiRegionAccessPoint", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetMultiRegionAccessPoint"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetMultiRegionAccessPointPolicy, name: "GetMultiRegionAccessPointPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetMultiRegionAccessPointPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetMultiRegionAccessPointPolicyStatus, name: "GetMultiRegionAccessPointPolicyStatus", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetMultiRegionAccessPointPolicyStatus"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetMultiRegionAccessPointRoutes, name: "GetMultiRegionAccessPointRoutes", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetMultiRegionAccessPointRoutes"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetPublicAccessBlock, name: "GetPublicAccessBlock", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetAccountPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::S3ControlGetStorageLensConfiguration, name: "GetStorageLensConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetStorageLensConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetStorageLensConfigurationTagging, name: "GetStorageLensConfigurationTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetStorageLensConfigurationTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlGetStorageLensGroup, name: "GetStorageLensGroup", service: Service::S3Control, resource: Resource::Service, actions: &["s3:GetStorageLensGroup"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessGrants, name: "ListAccessGrants", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListAccessGrants"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessGrantsInstances, name: "ListAccessGrantsInstances", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListAccessGrantsInstances"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessGrantsLocations, name: "ListAccessGrantsLocations", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListAccessGrantsLocations"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessPoints, name: "ListAccessPoints", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListAccessPoints"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessPointsForDirectoryBuckets, name: "ListAccessPointsForDirectoryBuckets", service: Service::S3Control, resource: Resource::Service, actions: &["s3express:ListAccessPointsForDirectoryBuckets"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListAccessPointsForObjectLambda, name: "ListAccessPointsForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListAccessPointsForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListCallerAccessGrants, name: "ListCallerAccessGrants", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListCallerAccessGrants"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListJobs, name: "ListJobs", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListJobs"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListMultiRegionAccessPoints, name: "ListMultiRegionAccessPoints", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListMultiRegionAccessPoints"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListRegionalBuckets, name: "ListRegionalBuckets", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:ListRegionalBuckets"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListStorageLensConfigurations, name: "ListStorageLensConfigurations", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListStorageLensConfigurations"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListStorageLensGroups, name: "ListStorageLensGroups", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListStorageLensGroups"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlListTagsForResource, name: "ListTagsForResource", service: Service::S3Control, resource: Resource::Service, actions: &["s3:ListTagsForResource"], status: Status::Acts },
    Operation { id: OperationId::S3ControlPutAccessGrantsInstanceResourcePolicy, name: "PutAccessGrantsInstanceResourcePolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccessGrantsInstanceResourcePolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutAccessPointConfigurationForObjectLambda, name: "PutAccessPointConfigurationForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccessPointConfigurationForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutAccessPointPolicy, name: "PutAccessPointPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccessPointPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutAccessPointPolicyForObjectLambda, name: "PutAccessPointPolicyForObjectLambda", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccessPointPolicyForObjectLambda"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutAccessPointScope, name: "PutAccessPointScope", service: Service::S3Control, resource: Resource::Service, actions: &["s3express:PutAccessPointScope"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutBucketLifecycleConfiguration, name: "PutBucketLifecycleConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutLifecycleConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutBucketPolicy, name: "PutBucketPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutBucketPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutBucketReplication, name: "PutBucketReplication", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutReplicationConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutBucketTagging, name: "PutBucketTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutBucketTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutBucketVersioning, name: "PutBucketVersioning", service: Service::S3Control, resource: Resource::Service, actions: &["s3-outposts:PutBucketVersioning"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutJobTagging, name: "PutJobTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutJobTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutMultiRegionAccessPointPolicy, name: "PutMultiRegionAccessPointPolicy", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutMultiRegionAccessPointPolicy"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutPublicAccessBlock, name: "PutPublicAccessBlock", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutAccountPublicAccessBlock"], status: Status::Acts },
    Operation { id: OperationId::S3ControlPutStorageLensConfiguration, name: "PutStorageLensConfiguration", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutStorageLensConfiguration"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlPutStorageLensConfigurationTagging, name: "PutStorageLensConfigurationTagging", service: Service::S3Control, resource: Resource::Service, actions: &["s3:PutStorageLensConfigurationTagging"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlSubmitMultiRegionAccessPointRoutes, name: "SubmitMultiRegionAccessPointRoutes", service: Service::S3Control, resource: Resource::Service, actions: &["s3:SubmitMultiRegionAccessPointRoutes"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlTagResource, name: "TagResource", service: Service::S3Control, resource: Resource::Service, actions: &["s3:TagResource"], status: Status::Acts },
    Operation { id: OperationId::S3ControlUntagResource, name: "UntagResource", service: Service::S3Control, resource: Resource::Service, actions: &["s3:UntagResource"], status: Status::Acts },
    Operation { id: OperationId::S3ControlUpdateAccessGrantsLocation, name: "UpdateAccessGrantsLocation", service: Service::S3Control, resource: Resource::Service, actions: &["s3:UpdateAccessGrantsLocation"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlUpdateJobPriority, name: "UpdateJobPriority", service: Service::S3Control, resource: Resource::Service, actions: &["s3:UpdateJobPriority"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlUpdateJobStatus, name: "UpdateJobStatus", service: Service::S3Control, resource: Resource::Service, actions: &["s3:UpdateJobStatus"], status: Status::NotImplemented },
    Operation { id: OperationId::S3ControlUpdateStorageLensGroup, name: "UpdateStorageLensGroup", service: Service::S3Control, resource: Resource::Service, actions: &["s3:UpdateStorageLensGroup"], status: Status::NotImplemented },
];
/// Requests to /.
#[rustfmt::skip]
pub static SERVICE_ROUTES: &[Route] = &[
Route { method: "GET", query: &[], headers: &[], id: OperationId::ListBuckets },
];
/// Requests to /{Bucket}.
#[rustfmt::skip]
pub static BUCKET_ROUTES: &[Route] = &[
Route { method: "DELETE", query: &[("analytics", None), ("id", None)], headers: &[], id: OperationId::DeleteBucketAnalyticsConfiguration },
Route { method: "DELETE", query: &[("intelligent-tiering", None), ("id", None)], headers: &[], id: OperationId::DeleteBucketIntelligentTieringConfiguration },
Route { method: "DELETE", query: &[("inventory", None), ("id", None)], headers: &[], id: OperationId::DeleteBucketInventoryConfiguration },
Route { method: "DELETE", query: &[("metrics", None), ("id", None)], headers: &[], id: OperationId::DeleteBucketMetricsConfiguration },
Route { method: "GET", query: &[("analytics", None), ("id", None)], headers: &[], id: OperationId::GetBucketAnalyticsConfiguration },
Route { method: "GET", query: &[("intelligent-tiering", None), ("id", None)], headers: &[], id: OperationId::GetBucketIntelligentTieringConfiguration },
Route { method: "GET", query: &[("inventory", None), ("id", None)], headers: &[], id: OperationId::GetBucketInventoryConfiguration },
Route { method: "GET", query: &[("metrics", None), ("id", None)], headers: &[], id: OperationId::GetBucketMetricsConfiguration },
Route { method: "PUT", query: &[("analytics", None), ("id", None)], headers: &[], id: OperationId::PutBucketAnalyticsConfiguration },
Route { method: "PUT", query: &[("intelligent-tiering", None), ("id", None)], headers: &[], id: OperationId::PutBucketIntelligentTieringConfiguration },
Route { method: "PUT", query: &[("inventory", None), ("id", None)], headers: &[], id: OperationId::PutBucketInventoryConfiguration },
Route { method: "PUT", query: &[("metrics", None), ("id", None)], headers: &[], id: OperationId::PutBucketMetricsConfiguration },
Route { method: "POST", query: &[("metadataConfiguration", None)], headers: &[], id: OperationId::CreateBucketMetadataConfiguration },
Route { method: "POST", query: &[("metadataTable", None)], headers: &[], id: OperationId::CreateBucketMetadataTableConfiguration },
Route { method: "GET", query: &[("session", None)], headers: &[], id: OperationId::CreateSession },
Route { method: "DELETE", query: &[("cors", None)], headers: &[], id: OperationId::DeleteBucketCors },
Route { method: "DELETE", query: &[("encryption", None)], headers: &[], id: OperationId::DeleteBucketEncryption },
Route { method: "DELETE", query: &[("lifecycle", None)], headers: &[], id: OperationId::DeleteBucketLifecycle },
Route { method: "DELETE", query: &[("metadataConfiguration", None)], headers: &[], id: OperationId::DeleteBucketMetadataConfiguration },
Route { method: "DELETE", query: &[("metadataTable", None)], headers: &[], id: OperationId::DeleteBucketMetadataTableConfiguration },
Route { method: "DELETE", query: &[("ownershipControls", None)], headers: &[], id: OperationId::DeleteBucketOwnershipControls },
Route { method: "DELETE", query: &[("policy", None)], headers: &[], id: OperationId::DeleteBucketPolicy },
Route { method: "DELETE", query: &[("replication", None)], headers: &[], id: OperationId::DeleteBucketReplication },
Route { method: "DELETE", query: &[("tagging", None)], headers: &[], id: OperationId::DeleteBucketTagging },
Route { method: "DELETE", query: &[("website", None)], headers: &[], id: OperationId::DeleteBucketWebsite },
Route { method: "POST", query: &[("delete", None)], headers: &[], id: OperationId::DeleteObjects },
Route { method: "DELETE", query: &[("publicAccessBlock", None)], headers: &[], id: OperationId::DeletePublicAccessBlock },
Route { method: "GET", query: &[("abac", None)], headers: &[], id: OperationId::GetBucketAbac },
Route { method: "GET", query: &[("accelerate", None)], headers: &[], id: OperationId::GetBucketAccelerateConfiguration },
Route { method: "GET", query: &[("acl", None)], headers: &[], id: OperationId::GetBucketAcl },
Route { method: "GET", query: &[("cors", None)], headers: &[], id: OperationId::GetBucketCors },
Route { method: "GET", query: &[("encryption", None)], headers: &[], id: OperationId::GetBucketEncryption },
Route { method: "GET", query: &[("lifecycle", None)], headers: &[], id: OperationId::GetBucketLifecycleConfiguration },
Route { method: "GET", query: &[("location", None)], headers: &[], id: OperationId::GetBucketLocation },
Route { method: "GET", query: &[("logging", None)], headers: &[], id: OperationId::GetBucketLogging },
Route { method: "GET", query: &[("metadataConfiguration", None)], headers: &[], id: OperationId::GetBucketMetadataConfiguration },
Route { method: "GET", query: &[("metadataTable", None)], headers: &[], id: OperationId::GetBucketMetadataTableConfiguration },
Route { method: "GET", query: &[("notification", None)], headers: &[], id: OperationId::GetBucketNotificationConfiguration },
Route { method: "GET", query: &[("ownershipControls", None)], headers: &[], id: OperationId::GetBucketOwnershipControls },
Route { method: "GET", query: &[("policy", None)], headers: &[], id: OperationId::GetBucketPolicy },
Route { method: "GET", query: &[("policyStatus", None)], headers: &[], id: OperationId::GetBucketPolicyStatus },
Route { method: "GET", query: &[("replication", None)], headers: &[], id: OperationId::GetBucketReplication },
Route { method: "GET", query: &[("requestPayment", None)], headers: &[], id: OperationId::GetBucketRequestPayment },
Route { method: "GET", query: &[("tagging", None)], headers: &[], id: OperationId::GetBucketTagging },
Route { method: "GET", query: &[("versioning", None)], headers: &[], id: OperationId::GetBucketVersioning },
Route { method: "GET", query: &[("website", None)], headers: &[], id: OperationId::GetBucketWebsite },
Route { method: "GET", query: &[("object-lock", None)], headers: &[], id: OperationId::GetObjectLockConfiguration },
Route { method: "GET", query: &[("publicAccessBlock", None)], headers: &[], id: OperationId::GetPublicAccessBlock },
Route { method: "GET", query: &[("analytics", None)], headers: &[], id: OperationId::ListBucketAnalyticsConfigurations },
Route { method: "GET", query: &[("intelligent-tiering", None)], headers: &[], id: OperationId::ListBucketIntelligentTieringConfigurations },
Route { method: "GET", query: &[("inventory", None)], headers: &[], id: OperationId::ListBucketInventoryConfigurations },
Route { method: "GET", query: &[("metrics", None)], headers: &[], id: OperationId::ListBucketMetricsConfigurations },
Route { method: "GET", query: &[("uploads", None)], headers: &[], id: OperationId::ListMultipartUploads },
Route { method: "GET", query: &[("versions", None)], headers: &[], id: OperationId::ListObjectVersions },
Route { method: "GET", query: &[("list-type", Some("2"))], headers: &[], id: OperationId::ListObjectsV2 },
Route { method: "PUT", query: &[("abac", None)], headers: &[], id: OperationId::PutBucketAbac },
Route { method: "PUT", query: &[("accelerate", None)], headers: &[], id: OperationId::PutBucketAccelerateConfiguration },
Route { method: "PUT", query: &[("acl", None)], headers: &[], id: OperationId::PutBucketAcl },
Route { method: "PUT", query: &[("cors", None)], headers: &[], id: OperationId::PutBucketCors },
Route { method: "PUT", query: &[("encryption", None)], headers: &[], id: OperationId::PutBucketEncryption },
Route { method: "PUT", query: &[("lifecycle", None)], headers: &[], id: OperationId::PutBucketLifecycleConfiguration },
Route { method: "PUT", query: &[("logging", None)], headers: &[], id: OperationId::PutBucketLogging },
Route { method: "PUT", query: &[("notification", None)], headers: &[], id: OperationId::PutBucketNotificationConfiguration },
Route { method: "PUT", query: &[("ownershipControls", None)], headers: &[], id: OperationId::PutBucketOwnershipControls },
Route { method: "PUT", query: &[("policy", None)], headers: &[], id: OperationId::PutBucketPolicy },
Route { method: "PUT", query: &[("replication", None)], headers: &[], id: OperationId::PutBucketReplication },
Route { method: "PUT", query: &[("requestPayment", None)], headers: &[], id: OperationId::PutBucketRequestPayment },
Route { method: "PUT", query: &[("tagging", None)], headers: &[], id: OperationId::PutBucketTagging },
Route { method: "PUT", query: &[("versioning", None)], headers: &[], id: OperationId::PutBucketVersioning },
Route { method: "PUT", query: &[("website", None)], headers: &[], id: OperationId::PutBucketWebsite },
Route { method: "PUT", query: &[("object-lock", None)], headers: &[], id: OperationId::PutObjectLockConfiguration },
Route { method: "PUT", query: &[("publicAccessBlock", None)], headers: &[], id: OperationId::PutPublicAccessBlock },
Route { method: "PUT", query: &[("metadataAnnotationTable", None)], headers: &[], id: OperationId::UpdateBucketMetadataAnnotationTableConfiguration },
Route { method: "PUT", query: &[("metadataInventoryTable", None)], headers: &[], id: OperationId::UpdateBucketMetadataInventoryTableConfiguration },
Route { method: "PUT", query: &[("metadataJournalTable", None)], headers: &[], id: OperationId::UpdateBucketMetadataJournalTableConfiguration },
Route { method: "PUT", query: &[], headers: &[], id: OperationId::CreateBucket },
Route { method: "DELETE", query: &[], headers: &[], id: OperationId::DeleteBucket },
Route { method: "HEAD", query: &[], headers: &[], id: OperationId::HeadBucket },
Route { method: "GET", query: &[], headers: &[], id: OperationId::ListObjects },
];
/// Requests to /{Bucket}/{Key+}.
#[rustfmt::skip]
pub static OBJECT_ROUTES: &[Route] = &[
Route { method: "PUT", query: &[("partNumber", None), ("uploadId", None)], headers: &["x-amz-copy-source"], id: OperationId::UploadPartCopy },
Route { method: "DELETE", query: &[("annotation", None), ("annotationName", None)], headers: &[], id: OperationId::DeleteObjectAnnotation },
Route { method: "GET", query: &[("annotation", None), ("annotationName", None)], headers: &[], id: OperationId::GetObjectAnnotation },
Route { method: "PUT", query: &[("annotation", None), ("annotationName", None)], headers: &[], id: OperationId::PutObjectAnnotation },
Route { method: "POST", query: &[("select", None), ("select-type", Some("2"))], headers: &[], id: OperationId::SelectObjectContent },
Route { method: "PUT", query: &[("partNumber", None), ("uploadId", None)], headers: &[], id: OperationId::UploadPart },
Route { method: "DELETE", query: &[("uploadId", None)], headers: &[], id: OperationId::AbortMultipartUpload },
Route { method: "POST", query: &[("uploadId", None)], headers: &[], id: OperationId::CompleteMultipartUpload },
Route { method: "PUT", query: &[], headers: &["x-amz-copy-source"], id: OperationId::CopyObject },
Route { method: "POST", query: &[("uploads", None)], headers: &[], id: OperationId::CreateMultipartUpload },
Route { method: "DELETE", query: &[("tagging", None)], headers: &[], id: OperationId::DeleteObjectTagging },
Route { method: "GET", query: &[("acl", None)], headers: &[], id: OperationId::GetObjectAcl },
Route { method: "GET", query: &[("attributes", None)], headers: &[], id: OperationId::GetObjectAttributes },
Route { method: "GET", query: &[("legal-hold", None)], headers: &[], id: OperationId::GetObjectLegalHold },
Route { method: "GET", query: &[("retention", None)], headers: &[], id: OperationId::GetObjectRetention },
Route { method: "GET", query: &[("tagging", None)], headers: &[], id: OperationId::GetObjectTagging },
Route { method: "GET", query: &[("torrent", None)], headers: &[], id: OperationId::GetObjectTorrent },
Route { method: "GET", query: &[("annotation", None)], headers: &[], id: OperationId::ListObjectAnnotations },
Route { method: "GET", query: &[("uploadId", None)], headers: &[], id: OperationId::ListParts },
Route { method: "PUT", query: &[("acl", None)], headers: &[], id: OperationId::PutObjectAcl },
Route { method: "PUT", query: &[("legal-hold", None)], headers: &[], id: OperationId::PutObjectLegalHold },
Route { method: "PUT", query: &[("retention", None)], headers: &[], id: OperationId::PutObjectRetention },
Route { method: "PUT", query: &[("tagging", None)], headers: &[], id: OperationId::PutObjectTagging },
Route { method: "PUT", query: &[("renameObject", None)], headers: &[], id: OperationId::RenameObject },
Route { method: "POST", query: &[("restore", None)], headers: &[], id: OperationId::RestoreObject },
Route { method: "PUT", query: &[("encryption", None)], headers: &[], id: OperationId::UpdateObjectEncryption },
Route { method: "DELETE", query: &[], headers: &[], id: OperationId::DeleteObject },
Route { method: "GET", query: &[], headers: &[], id: OperationId::GetObject },
Route { method: "HEAD", query: &[], headers: &[], id: OperationId::HeadObject },
Route { method: "PUT", query: &[], headers: &[], id: OperationId::PutObject },
];
/// Actions of the Query protocol, in order.
#[rustfmt::skip]
pub static IAM_ACTIONS: &[(&str, OperationId)] = &[
("AcceptDelegationRequest", OperationId::IamAcceptDelegationRequest),
("AcquireRole", OperationId::IamAcquireRole),
("AddClientIDToOpenIDConnectProvider", OperationId::IamAddClientIDToOpenIDConnectProvider),
("AddRoleToInstanceProfile", OperationId::IamAddRoleToInstanceProfile),
("AddUserToGroup", OperationId::IamAddUserToGroup),
("AssociateDelegationRequest", OperationId::IamAssociateDelegationRequest),
("AttachGroupPolicy", OperationId::IamAttachGroupPolicy),
("AttachRolePolicy", OperationId::IamAttachRolePolicy),
("AttachUserPolicy", OperationId::IamAttachUserPolicy),
("ChangePassword", OperationId::IamChangePassword),
("CreateAccessKey", OperationId::IamCreateAccessKey),
("CreateAccountAlias", OperationId::IamCreateAccountAlias),
("CreateDelegationRequest", OperationId::IamCreateDelegationRequest),
("CreateGroup", OperationId::IamCreateGroup),
("CreateInstanceProfile", OperationId::IamCreateInstanceProfile),
("CreateLoginProfile", OperationId::IamCreateLoginProfile),
("CreateOpenIDConnectProvider", OperationId::IamCreateOpenIDConnectProvider),
("CreatePolicy", OperationId::IamCreatePolicy),
("CreatePolicyVersion", OperationId::IamCreatePolicyVersion),
("CreateRole", OperationId::IamCreateRole),
("CreateSAMLProvider", OperationId::IamCreateSAMLProvider),
("CreateServiceLinkedRole", OperationId::IamCreateServiceLinkedRole),
("CreateServiceSpecificCredential", OperationId::IamCreateServiceSpecificCredential),
("CreateUser", OperationId::IamCreateUser),
("CreateVirtualMFADevice", OperationId::IamCreateVirtualMFADevice),
("DeactivateMFADevice", OperationId::IamDeactivateMFADevice),
("DeleteAccessKey", OperationId::IamDeleteAccessKey),
("DeleteAccountAlias", OperationId::IamDeleteAccountAlias),
("DeleteAccountPasswordPolicy", OperationId::IamDeleteAccountPasswordPolicy),
("DeleteGroup", OperationId::IamDeleteGroup),
("DeleteGroupPolicy", OperationId::IamDeleteGroupPolicy),
("DeleteInstanceProfile", OperationId::IamDeleteInstanceProfile),
("DeleteLoginProfile", OperationId::IamDeleteLoginProfile),
("DeleteOpenIDConnectProvider", OperationId::IamDeleteOpenIDConnectProvider),
("DeletePolicy", OperationId::IamDeletePolicy),
("DeletePolicyVersion", OperationId::IamDeletePolicyVersion),
("DeleteRole", OperationId::IamDeleteRole),
("DeleteRolePermissionsBoundary", OperationId::IamDeleteRolePermissionsBoundary),
("DeleteRolePolicy", OperationId::IamDeleteRolePolicy),
("DeleteSAMLProvider", OperationId::IamDeleteSAMLProvider),
("DeleteSSHPublicKey", OperationId::IamDeleteSSHPublicKey),
("DeleteServerCertificate", OperationId::IamDeleteServerCertificate),
("DeleteServiceLinkedRole", OperationId::IamDeleteServiceLinkedRole),
("DeleteServiceSpecificCredential", OperationId::IamDeleteServiceSpecificCredential),
("DeleteSigningCertificate", OperationId::IamDeleteSigningCertificate),
("DeleteUser", OperationId::IamDeleteUser),
("DeleteUserPermissionsBoundary", OperationId::IamDeleteUserPermissionsBoundary),
("DeleteUserPolicy", OperationId::IamDeleteUserPolicy),
("DeleteVirtualMFADevice", OperationId::IamDeleteVirtualMFADevice),
("DetachGroupPolicy", OperationId::IamDetachGroupPolicy),
("DetachRolePolicy", OperationId::IamDetachRolePolicy),
("DetachUserPolicy", OperationId::IamDetachUserPolicy),
("DisableOrganizationsRootCredentialsManagement", OperationId::IamDisableOrganizationsRootCredentialsManagement),
("DisableOrganizationsRootSessions", OperationId::IamDisableOrganizationsRootSessions),
("DisableOutboundWebIdentityFederation", OperationId::IamDisableOutboundWebIdentityFederation),
("EnableMFADevice", OperationId::IamEnableMFADevice),
("EnableOrganizationsRootCredentialsManagement", OperationId::IamEnableOrganizationsRootCredentialsManagement),
("EnableOrganizationsRootSessions", OperationId::IamEnableOrganizationsRootSessions),
("EnableOutboundWebIdentityFederation", OperationId::IamEnableOutboundWebIdentityFederation),
("GenerateCredentialReport", OperationId::IamGenerateCredentialReport),
("GenerateOrganizationsAccessReport", OperationId::IamGenerateOrganizationsAccessReport),
("GenerateServiceLastAccessedDetails", OperationId::IamGenerateServiceLastAccessedDetails),
("GetAccessKeyLastUsed", OperationId::IamGetAccessKeyLastUsed),
("GetAccountAuthorizationDetails", OperationId::IamGetAccountAuthorizationDetails),
("GetAccountPasswordPolicy", OperationId::IamGetAccountPasswordPolicy),
("GetAccountProperties", OperationId::IamGetAccountProperties),
("GetAccountSummary", OperationId::IamGetAccountSummary),
("GetContextKeysForCustomPolicy", OperationId::IamGetContextKeysForCustomPolicy),
("GetContextKeysForPrincipalPolicy", OperationId::IamGetContextKeysForPrincipalPolicy),
("GetCredentialReport", OperationId::IamGetCredentialReport),
("GetDelegationRequest", OperationId::IamGetDelegationRequest),
("GetGroup", OperationId::IamGetGroup),
("GetGroupPolicy", OperationId::IamGetGroupPolicy),
("GetHumanReadableSummary", OperationId::IamGetHumanReadableSummary),
("GetInstanceProfile", OperationId::IamGetInstanceProfile),
("GetLoginProfile", OperationId::IamGetLoginProfile),
("GetMFADevice", OperationId::IamGetMFADevice),
("GetOpenIDConnectProvider", OperationId::IamGetOpenIDConnectProvider),
("GetOrganizationsAccessReport", OperationId::IamGetOrganizationsAccessReport),
("GetOutboundWebIdentityFederationInfo", OperationId::IamGetOutboundWebIdentityFederationInfo),
("GetPolicy", OperationId::IamGetPolicy),
("GetPolicyVersion", OperationId::IamGetPolicyVersion),
("GetRole", OperationId::IamGetRole),
("GetRolePolicy", OperationId::IamGetRolePolicy),
("GetRoleTemplateVersion", OperationId::IamGetRoleTemplateVersion),
("GetSAMLProvider", OperationId::IamGetSAMLProvider),
("GetSSHPublicKey", OperationId::IamGetSSHPublicKey),
("GetServerCertificate", OperationId::IamGetServerCertificate),
("GetServiceLastAccessedDetails", OperationId::IamGetServiceLastAccessedDetails),
("GetServiceLastAccessedDetailsWithEntities", OperationId::IamGetServiceLastAccessedDetailsWithEntities),
("GetServiceLinkedRoleDeletionStatus", OperationId::IamGetServiceLinkedRoleDeletionStatus),
("GetUser", OperationId::IamGetUser),
("GetUserPolicy", OperationId::IamGetUserPolicy),
("ListAccessKeys", OperationId::IamListAccessKeys),
("ListAccountAliases", OperationId::IamListAccountAliases),
("ListAttachedGroupPolicies", OperationId::IamListAttachedGroupPolicies),
("ListAttachedRolePolicies", OperationId::IamListAttachedRolePolicies),
("ListAttachedUserPolicies", OperationId::IamListAttachedUserPolicies),
("ListDelegationRequests", OperationId::IamListDelegationRequests),
("ListEntitiesForPolicy", OperationId::IamListEntitiesForPolicy),
("ListGroupPolicies", OperationId::IamListGroupPolicies),
("ListGroups", OperationId::IamListGroups),
("ListGroupsForUser", OperationId::IamListGroupsForUser),
("ListInstanceProfileTags", OperationId::IamListInstanceProfileTags),
("ListInstanceProfiles", OperationId::IamListInstanceProfiles),
("ListInstanceProfilesForRole", OperationId::IamListInstanceProfilesForRole),
("ListMFADeviceTags", OperationId::IamListMFADeviceTags),
("ListMFADevices", OperationId::IamListMFADevices),
("ListOpenIDConnectProviderTags", OperationId::IamListOpenIDConnectProviderTags),
("ListOpenIDConnectProviders", OperationId::IamListOpenIDConnectProviders),
("ListOrganizationsFeatures", OperationId::IamListOrganizationsFeatures),
("ListPolicies", OperationId::IamListPolicies),
("ListPoliciesGrantingServiceAccess", OperationId::IamListPoliciesGrantingServiceAccess),
("ListPolicyTags", OperationId::IamListPolicyTags),
("ListPolicyVersions", OperationId::IamListPolicyVersions),
("ListRolePolicies", OperationId::IamListRolePolicies),
("ListRoleTags", OperationId::IamListRoleTags),
("ListRoles", OperationId::IamListRoles),
("ListSAMLProviderTags", OperationId::IamListSAMLProviderTags),
("ListSAMLProviders", OperationId::IamListSAMLProviders),
("ListSSHPublicKeys", OperationId::IamListSSHPublicKeys),
("ListServerCertificateTags", OperationId::IamListServerCertificateTags),
("ListServerCertificates", OperationId::IamListServerCertificates),
("ListServiceSpecificCredentials", OperationId::IamListServiceSpecificCredentials),
("ListSigningCertificates", OperationId::IamListSigningCertificates),
("ListUserPolicies", OperationId::IamListUserPolicies),
("ListUserTags", OperationId::IamListUserTags),
("ListUsers", OperationId::IamListUsers),
("ListVirtualMFADevices", OperationId::IamListVirtualMFADevices),
("PutAccountProperties", OperationId::IamPutAccountProperties),
("PutGroupPolicy", OperationId::IamPutGroupPolicy),
("PutRolePermissionsBoundary", OperationId::IamPutRolePermissionsBoundary),
("PutRolePolicy", OperationId::IamPutRolePolicy),
("PutUserPermissionsBoundary", OperationId::IamPutUserPermissionsBoundary),
("PutUserPolicy", OperationId::IamPutUserPolicy),
("RejectDelegationRequest", OperationId::IamRejectDelegationRequest),
("RemoveClientIDFromOpenIDConnectProvider", OperationId::IamRemoveClientIDFromOpenIDConnectProvider),
("RemoveRoleFromInstanceProfile", OperationId::IamRemoveRoleFromInstanceProfile),
("RemoveUserFromGroup", OperationId::IamRemoveUserFromGroup),
("ResetServiceSpecificCredential", OperationId::IamResetServiceSpecificCredential),
("ResyncMFADevice", OperationId::IamResyncMFADevice),
("SendDelegationToken", OperationId::IamSendDelegationToken),
("SetDefaultPolicyVersion", OperationId::IamSetDefaultPolicyVersion),
("SetSecurityTokenServicePreferences", OperationId::IamSetSecurityTokenServicePreferences),
("SimulateCustomPolicy", OperationId::IamSimulateCustomPolicy),
("SimulatePrincipalPolicy", OperationId::IamSimulatePrincipalPolicy),
("TagInstanceProfile", OperationId::IamTagInstanceProfile),
("TagMFADevice", OperationId::IamTagMFADevice),
("TagOpenIDConnectProvider", OperationId::IamTagOpenIDConnectProvider),
("TagPolicy", OperationId::IamTagPolicy),
("TagRole", OperationId::IamTagRole),
("TagSAMLProvider", OperationId::IamTagSAMLProvider),
("TagServerCertificate", OperationId::IamTagServerCertificate),
("TagUser", OperationId::IamTagUser),
("UntagInstanceProfile", OperationId::IamUntagInstanceProfile),
("UntagMFADevice", OperationId::IamUntagMFADevice),
("UntagOpenIDConnectProvider", OperationId::IamUntagOpenIDConnectProvider),
("UntagPolicy", OperationId::IamUntagPolicy),
("UntagRole", OperationId::IamUntagRole),
("UntagSAMLProvider", OperationId::IamUntagSAMLProvider),
("UntagServerCertificate", OperationId::IamUntagServerCertificate),
("UntagUser", OperationId::IamUntagUser),
("UpdateAccessKey", OperationId::IamUpdateAccessKey),
("UpdateAccountPasswordPolicy", OperationId::IamUpdateAccountPasswordPolicy),
("UpdateAssumeRolePolicy", OperationId::IamUpdateAssumeRolePolicy),
("UpdateDelegationRequest", OperationId::IamUpdateDelegationRequest),
("UpdateGroup", OperationId::IamUpdateGroup),
("UpdateLoginProfile", OperationId::IamUpdateLoginProfile),
("UpdateOpenIDConnectProviderThumbprint", OperationId::IamUpdateOpenIDConnectProviderThumbprint),
("UpdateRole", OperationId::IamUpdateRole),
("UpdateRoleDescription", OperationId::IamUpdateRoleDescription),
("UpdateSAMLProvider", OperationId::IamUpdateSAMLProvider),
("UpdateSSHPublicKey", OperationId::IamUpdateSSHPublicKey),
("UpdateServerCertificate", OperationId::IamUpdateServerCertificate),
("UpdateServiceSpecificCredential", OperationId::IamUpdateServiceSpecificCredential),
("UpdateSigningCertificate", OperationId::IamUpdateSigningCertificate),
("UpdateUser", OperationId::IamUpdateUser),
("UploadSSHPublicKey", OperationId::IamUploadSSHPublicKey),
("UploadServerCertificate", OperationId::IamUploadServerCertificate),
("UploadSigningCertificate", OperationId::IamUploadSigningCertificate),
];
/// Actions of the Query protocol, in order.
#[rustfmt::skip]
pub static STS_ACTIONS: &[(&str, OperationId)] = &[
("AssumeRole", OperationId::StsAssumeRole),
("AssumeRoleWithSAML", OperationId::StsAssumeRoleWithSAML),
("AssumeRoleWithWebIdentity", OperationId::StsAssumeRoleWithWebIdentity),
("AssumeRoot", OperationId::StsAssumeRoot),
("DecodeAuthorizationMessage", OperationId::StsDecodeAuthorizationMessage),
("GetAccessKeyInfo", OperationId::StsGetAccessKeyInfo),
("GetCallerIdentity", OperationId::StsGetCallerIdentity),
("GetDelegatedAccessToken", OperationId::StsGetDelegatedAccessToken),
("GetFederationToken", OperationId::StsGetFederationToken),
("GetSessionToken", OperationId::StsGetSessionToken),
("GetWebIdentityToken", OperationId::StsGetWebIdentityToken),
];
/// Requests of S3 Control.
#[rustfmt::skip]
pub static CONTROL_ROUTES: &[ControlRoute] = &[
ControlRoute { method: "POST", path: "/v20180820/accessgrantsinstance/identitycenter", query: &[], id: OperationId::S3ControlAssociateAccessGrantsIdentityCenter },
ControlRoute { method: "POST", path: "/v20180820/accessgrantsinstance/grant", query: &[], id: OperationId::S3ControlCreateAccessGrant },
ControlRoute { method: "POST", path: "/v20180820/accessgrantsinstance", query: &[], id: OperationId::S3ControlCreateAccessGrantsInstance },
ControlRoute { method: "POST", path: "/v20180820/accessgrantsinstance/location", query: &[], id: OperationId::S3ControlCreateAccessGrantsLocation },
ControlRoute { method: "PUT", path: "/v20180820/accesspoint/{name}", query: &[], id: OperationId::S3ControlCreateAccessPoint },
ControlRoute { method: "PUT", path: "/v20180820/accesspointforobjectlambda/{name}", query: &[], id: OperationId::S3ControlCreateAccessPointForObjectLambda },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}", query: &[], id: OperationId::S3ControlCreateBucket },
ControlRoute { method: "POST", path: "/v20180820/jobs", query: &[], id: OperationId::S3ControlCreateJob },
ControlRoute { method: "POST", path: "/v20180820/async-requests/mrap/create", query: &[], id: OperationId::S3ControlCreateMultiRegionAccessPoint },
ControlRoute { method: "POST", path: "/v20180820/storagelensgroup", query: &[], id: OperationId::S3ControlCreateStorageLensGroup },
ControlRoute { method: "DELETE", path: "/v20180820/accessgrantsinstance/grant/{id}", query: &[], id: OperationId::S3ControlDeleteAccessGrant },
ControlRoute { method: "DELETE", path: "/v20180820/accessgrantsinstance", query: &[], id: OperationId::S3ControlDeleteAccessGrantsInstance },
ControlRoute { method: "DELETE", path: "/v20180820/accessgrantsinstance/resourcepolicy", query: &[], id: OperationId::S3ControlDeleteAccessGrantsInstanceResourcePolicy },
ControlRoute { method: "DELETE", path: "/v20180820/accessgrantsinstance/location/{id}", query: &[], id: OperationId::S3ControlDeleteAccessGrantsLocation },
ControlRoute { method: "DELETE", path: "/v20180820/accesspoint/{name}", query: &[], id: OperationId::S3ControlDeleteAccessPoint },
ControlRoute { method: "DELETE", path: "/v20180820/accesspointforobjectlambda/{name}", query: &[], id: OperationId::S3ControlDeleteAccessPointForObjectLambda },
ControlRoute { method: "DELETE", path: "/v20180820/accesspoint/{name}/policy", query: &[], id: OperationId::S3ControlDeleteAccessPointPolicy },
ControlRoute { method: "DELETE", path: "/v20180820/accesspointforobjectlambda/{name}/policy", query: &[], id: OperationId::S3ControlDeleteAccessPointPolicyForObjectLambda },
ControlRoute { method: "DELETE", path: "/v20180820/accesspoint/{name}/scope", query: &[], id: OperationId::S3ControlDeleteAccessPointScope },
ControlRoute { method: "DELETE", path: "/v20180820/bucket/{name}", query: &[], id: OperationId::S3ControlDeleteBucket },
ControlRoute { method: "DELETE", path: "/v20180820/bucket/{name}/lifecycleconfiguration", query: &[], id: OperationId::S3ControlDeleteBucketLifecycleConfiguration },
ControlRoute { method: "DELETE", path: "/v20180820/bucket/{name}/policy", query: &[], id: OperationId::S3ControlDeleteBucketPolicy },
ControlRoute { method: "DELETE", path: "/v20180820/bucket/{name}/replication", query: &[], id: OperationId::S3ControlDeleteBucketReplication },
ControlRoute { method: "DELETE", path: "/v20180820/bucket/{name}/tagging", query: &[], id: OperationId::S3ControlDeleteBucketTagging },
ControlRoute { method: "DELETE", path: "/v20180820/jobs/{id}/tagging", query: &[], id: OperationId::S3ControlDeleteJobTagging },
ControlRoute { method: "POST", path: "/v20180820/async-requests/mrap/delete", query: &[], id: OperationId::S3ControlDeleteMultiRegionAccessPoint },
ControlRoute { method: "DELETE", path: "/v20180820/configuration/publicAccessBlock", query: &[], id: OperationId::S3ControlDeletePublicAccessBlock },
ControlRoute { method: "DELETE", path: "/v20180820/storagelens/{storagelensid}", query: &[], id: OperationId::S3ControlDeleteStorageLensConfiguration },
ControlRoute { method: "DELETE", path: "/v20180820/storagelens/{storagelensid}/tagging", query: &[], id: OperationId::S3ControlDeleteStorageLensConfigurationTagging },
ControlRoute { method: "DELETE", path: "/v20180820/storagelensgroup/{name}", query: &[], id: OperationId::S3ControlDeleteStorageLensGroup },
ControlRoute { method: "GET", path: "/v20180820/jobs/{id}", query: &[], id: OperationId::S3ControlDescribeJob },
ControlRoute { method: "GET", path: "/v20180820/async-requests/mrap/{request_token+}", query: &[], id: OperationId::S3ControlDescribeMultiRegionAccessPointOperation },
ControlRoute { method: "DELETE", path: "/v20180820/accessgrantsinstance/identitycenter", query: &[], id: OperationId::S3ControlDissociateAccessGrantsIdentityCenter },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/grant/{id}", query: &[], id: OperationId::S3ControlGetAccessGrant },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance", query: &[], id: OperationId::S3ControlGetAccessGrantsInstance },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/prefix", query: &[], id: OperationId::S3ControlGetAccessGrantsInstanceForPrefix },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/resourcepolicy", query: &[], id: OperationId::S3ControlGetAccessGrantsInstanceResourcePolicy },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/location/{id}", query: &[], id: OperationId::S3ControlGetAccessGrantsLocation },
ControlRoute { method: "GET", path: "/v20180820/accesspoint/{name}", query: &[], id: OperationId::S3ControlGetAccessPoint },
ControlRoute { method: "GET", path: "/v20180820/accesspointforobjectlambda/{name}/configuration", query: &[], id: OperationId::S3ControlGetAccessPointConfigurationForObjectLambda },
ControlRoute { method: "GET", path: "/v20180820/accesspointforobjectlambda/{name}", query: &[], id: OperationId::S3ControlGetAccessPointForObjectLambda },
ControlRoute { method: "GET", path: "/v20180820/accesspoint/{name}/policy", query: &[], id: OperationId::S3ControlGetAccessPointPolicy },
ControlRoute { method: "GET", path: "/v20180820/accesspointforobjectlambda/{name}/policy", query: &[], id: OperationId::S3ControlGetAccessPointPolicyForObjectLambda },
ControlRoute { method: "GET", path: "/v20180820/accesspoint/{name}/policyStatus", query: &[], id: OperationId::S3ControlGetAccessPointPolicyStatus },
ControlRoute { method: "GET", path: "/v20180820/accesspointforobjectlambda/{name}/policyStatus", query: &[], id: OperationId::S3ControlGetAccessPointPolicyStatusForObjectLambda },
ControlRoute { method: "GET", path: "/v20180820/accesspoint/{name}/scope", query: &[], id: OperationId::S3ControlGetAccessPointScope },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}", query: &[], id: OperationId::S3ControlGetBucket },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}/lifecycleconfiguration", query: &[], id: OperationId::S3ControlGetBucketLifecycleConfiguration },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}/policy", query: &[], id: OperationId::S3ControlGetBucketPolicy },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}/replication", query: &[], id: OperationId::S3ControlGetBucketReplication },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}/tagging", query: &[], id: OperationId::S3ControlGetBucketTagging },
ControlRoute { method: "GET", path: "/v20180820/bucket/{name}/versioning", query: &[], id: OperationId::S3ControlGetBucketVersioning },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/dataaccess", query: &[], id: OperationId::S3ControlGetDataAccess },
ControlRoute { method: "GET", path: "/v20180820/jobs/{id}/tagging", query: &[], id: OperationId::S3ControlGetJobTagging },
ControlRoute { method: "GET", path: "/v20180820/mrap/instances/{name+}", query: &[], id: OperationId::S3ControlGetMultiRegionAccessPoint },
ControlRoute { method: "GET", path: "/v20180820/mrap/instances/{name+}/policy", query: &[], id: OperationId::S3ControlGetMultiRegionAccessPointPolicy },
ControlRoute { method: "GET", path: "/v20180820/mrap/instances/{name+}/policystatus", query: &[], id: OperationId::S3ControlGetMultiRegionAccessPointPolicyStatus },
ControlRoute { method: "GET", path: "/v20180820/mrap/instances/{mrap+}/routes", query: &[], id: OperationId::S3ControlGetMultiRegionAccessPointRoutes },
ControlRoute { method: "GET", path: "/v20180820/configuration/publicAccessBlock", query: &[], id: OperationId::S3ControlGetPublicAccessBlock },
ControlRoute { method: "GET", path: "/v20180820/storagelens/{storagelensid}", query: &[], id: OperationId::S3ControlGetStorageLensConfiguration },
ControlRoute { method: "GET", path: "/v20180820/storagelens/{storagelensid}/tagging", query: &[], id: OperationId::S3ControlGetStorageLensConfigurationTagging },
ControlRoute { method: "GET", path: "/v20180820/storagelensgroup/{name}", query: &[], id: OperationId::S3ControlGetStorageLensGroup },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/grants", query: &[], id: OperationId::S3ControlListAccessGrants },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstances", query: &[], id: OperationId::S3ControlListAccessGrantsInstances },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/locations", query: &[], id: OperationId::S3ControlListAccessGrantsLocations },
ControlRoute { method: "GET", path: "/v20180820/accesspoint", query: &[], id: OperationId::S3ControlListAccessPoints },
ControlRoute { method: "GET", path: "/v20180820/accesspointfordirectory", query: &[], id: OperationId::S3ControlListAccessPointsForDirectoryBuckets },
ControlRoute { method: "GET", path: "/v20180820/accesspointforobjectlambda", query: &[], id: OperationId::S3ControlListAccessPointsForObjectLambda },
ControlRoute { method: "GET", path: "/v20180820/accessgrantsinstance/caller/grants", query: &[], id: OperationId::S3ControlListCallerAccessGrants },
ControlRoute { method: "GET", path: "/v20180820/jobs", query: &[], id: OperationId::S3ControlListJobs },
ControlRoute { method: "GET", path: "/v20180820/mrap/instances", query: &[], id: OperationId::S3ControlListMultiRegionAccessPoints },
ControlRoute { method: "GET", path: "/v20180820/bucket", query: &[], id: OperationId::S3ControlListRegionalBuckets },
ControlRoute { method: "GET", path: "/v20180820/storagelens", query: &[], id: OperationId::S3ControlListStorageLensConfigurations },
ControlRoute { method: "GET", path: "/v20180820/storagelensgroup", query: &[], id: OperationId::S3ControlListStorageLensGroups },
ControlRoute { method: "GET", path: "/v20180820/tags/{resourceArn+}", query: &[], id: OperationId::S3ControlListTagsForResource },
ControlRoute { method: "PUT", path: "/v20180820/accessgrantsinstance/resourcepolicy", query: &[], id: OperationId::S3ControlPutAccessGrantsInstanceResourcePolicy },
ControlRoute { method: "PUT", path: "/v20180820/accesspointforobjectlambda/{name}/configuration", query: &[], id: OperationId::S3ControlPutAccessPointConfigurationForObjectLambda },
ControlRoute { method: "PUT", path: "/v20180820/accesspoint/{name}/policy", query: &[], id: OperationId::S3ControlPutAccessPointPolicy },
ControlRoute { method: "PUT", path: "/v20180820/accesspointforobjectlambda/{name}/policy", query: &[], id: OperationId::S3ControlPutAccessPointPolicyForObjectLambda },
ControlRoute { method: "PUT", path: "/v20180820/accesspoint/{name}/scope", query: &[], id: OperationId::S3ControlPutAccessPointScope },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}/lifecycleconfiguration", query: &[], id: OperationId::S3ControlPutBucketLifecycleConfiguration },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}/policy", query: &[], id: OperationId::S3ControlPutBucketPolicy },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}/replication", query: &[], id: OperationId::S3ControlPutBucketReplication },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}/tagging", query: &[], id: OperationId::S3ControlPutBucketTagging },
ControlRoute { method: "PUT", path: "/v20180820/bucket/{name}/versioning", query: &[], id: OperationId::S3ControlPutBucketVersioning },
ControlRoute { method: "PUT", path: "/v20180820/jobs/{id}/tagging", query: &[], id: OperationId::S3ControlPutJobTagging },
ControlRoute { method: "POST", path: "/v20180820/async-requests/mrap/put-policy", query: &[], id: OperationId::S3ControlPutMultiRegionAccessPointPolicy },
ControlRoute { method: "PUT", path: "/v20180820/configuration/publicAccessBlock", query: &[], id: OperationId::S3ControlPutPublicAccessBlock },
ControlRoute { method: "PUT", path: "/v20180820/storagelens/{storagelensid}", query: &[], id: OperationId::S3ControlPutStorageLensConfiguration },
ControlRoute { method: "PUT", path: "/v20180820/storagelens/{storagelensid}/tagging", query: &[], id: OperationId::S3ControlPutStorageLensConfigurationTagging },
ControlRoute { method: "PATCH", path: "/v20180820/mrap/instances/{mrap+}/routes", query: &[], id: OperationId::S3ControlSubmitMultiRegionAccessPointRoutes },
ControlRoute { method: "POST", path: "/v20180820/tags/{resourceArn+}", query: &[], id: OperationId::S3ControlTagResource },
ControlRoute { method: "DELETE", path: "/v20180820/tags/{resourceArn+}", query: &[], id: OperationId::S3ControlUntagResource },
ControlRoute { method: "PUT", path: "/v20180820/accessgrantsinstance/location/{id}", query: &[], id: OperationId::S3ControlUpdateAccessGrantsLocation },
ControlRoute { method: "POST", path: "/v20180820/jobs/{id}/priority", query: &[], id: OperationId::S3ControlUpdateJobPriority },
ControlRoute { method: "POST", path: "/v20180820/jobs/{id}/status", query: &[], id: OperationId::S3ControlUpdateJobStatus },
ControlRoute { method: "PUT", path: "/v20180820/storagelensgroup/{name}", query: &[], id: OperationId::S3ControlUpdateStorageLensGroup },
];
