"""What Terraform's AWS provider asks, in its order, replayed by boto3.

The provider itself is a gigabyte and can't be had here. The calls were read in its sources
(hashicorp/terraform-provider-aws, internal/service/{iam,s3,s3control}; bucket.go, bucket_policy.go and
user.go as they are in version 6): for each resource what its create, read, update and delete ask, and
which error codes they take for "not set".
"""

import json
import socket

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def asks(server, monkeypatch):
    """Clients of S3, S3 Control, IAM and STS; the account before S3 Control's host is looked up as a
    DNS server that knows `*.localhost` would."""
    known = socket.getaddrinfo

    def look_up(host, *rest, **more):
        return known("127.0.0.1" if host.endswith(".localhost") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    asks = Asks()
    asks.s3, asks.iam, asks.sts = (server.client(it) for it in ("s3", "iam", "sts"))
    endpoint = f"http://localhost:{server.port}"
    asks.control = server.client("s3control", endpoint_url=endpoint)
    asks.account = asks.sts.get_caller_identity()["Account"]
    return asks


class Asks:
    pass


def missing(call, code, **arguments):
    """What the provider takes for "there is none"."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert caught.value.response["Error"]["Code"] == code


def document(action, resource="*", **more):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource} | more
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_aws_s3_bucket(asks):
    """aws_s3_bucket with tags, and the resources that configure it."""
    s3, control, account, name = asks.s3, asks.control, asks.account, "terraform-bucket"
    missing(s3.head_bucket, "404", Bucket=name)
    s3.create_bucket(Bucket=name, ACL="private")
    # Waited for; then the tags, and the read below.
    s3.head_bucket(Bucket=name)
    arn = f"arn:aws:s3:::{name}"
    mine = {"AccountId": account, "ResourceArn": arn}
    control.tag_resource(**mine, Tags=[{"Key": "team", "Value": "kiln"}, {"Key": "env", "Value": "x"}])
    read_bucket(asks, name, {"team": "kiln", "env": "x"})
    # A changed tag, and one that goes.
    control.untag_resource(**mine, TagKeys=["team"])
    control.tag_resource(**mine, Tags=[{"Key": "env", "Value": "y"}])
    read_bucket(asks, name, {"env": "y"})
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == [{"Key": "env", "Value": "y"}]

    # aws_s3_bucket_ownership_controls
    owned = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=owned)
    assert s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"] == owned
    # aws_s3_bucket_public_access_block
    block = dict.fromkeys(
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], False
    )
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)
    read = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    assert read == block
    # aws_s3_bucket_policy
    policy = document("s3:GetObject", f"{arn}/*", Principal="*")
    s3.put_bucket_policy(Bucket=name, Policy=policy)
    assert json.loads(s3.get_bucket_policy(Bucket=name)["Policy"]) == json.loads(policy)
    # aws_s3_bucket_cors_configuration
    rules = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
    s3.put_bucket_cors(Bucket=name, CORSConfiguration=rules)
    assert s3.get_bucket_cors(Bucket=name)["CORSRules"] == rules["CORSRules"]

    # Each is read until it isn't there any more; one that somebody else took away is as good.
    s3.delete_bucket_cors(Bucket=name)
    missing(s3.get_bucket_cors, "NoSuchCORSConfiguration", Bucket=name)
    s3.delete_bucket_policy(Bucket=name)
    missing(s3.get_bucket_policy, "NoSuchBucketPolicy", Bucket=name)
    s3.delete_public_access_block(Bucket=name)
    missing(s3.get_public_access_block, "NoSuchPublicAccessBlockConfiguration", Bucket=name)
    s3.delete_bucket_ownership_controls(Bucket=name)
    missing(s3.get_bucket_ownership_controls, "OwnershipControlsNotFoundError", Bucket=name)
    for delete in (
        s3.delete_bucket_cors,
        s3.delete_bucket_policy,
        s3.delete_public_access_block,
        s3.delete_bucket_ownership_controls,
    ):
        delete(Bucket=name)
    s3.delete_bucket(Bucket=name)
    missing(s3.head_bucket, "404", Bucket=name)
    missing(s3.delete_bucket, "NoSuchBucket", Bucket=name)
    missing(s3.delete_bucket_policy, "NoSuchBucket", Bucket=name)
    missing(s3.get_public_access_block, "NoSuchBucket", Bucket=name)


def read_bucket(asks, name, tags):
    """The resource's read."""
    s3, of = asks.s3, {"Bucket": name}
    s3.head_bucket(**of)
    missing(s3.get_bucket_policy, "NoSuchBucketPolicy", **of)
    assert [it["Permission"] for it in s3.get_bucket_acl(**of)["Grants"]] == ["FULL_CONTROL"]
    missing(s3.get_bucket_cors, "NoSuchCORSConfiguration", **of)
    missing(s3.get_bucket_website, "NoSuchWebsiteConfiguration", **of)
    assert "Status" not in s3.get_bucket_versioning(**of)
    assert "Status" not in s3.get_bucket_accelerate_configuration(**of)
    assert s3.get_bucket_request_payment(**of)["Payer"] == "BucketOwner"
    assert "LoggingEnabled" not in s3.get_bucket_logging(**of)
    missing(s3.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration", **of)
    missing(s3.get_bucket_replication, "ReplicationConfigurationNotFoundError", **of)
    none = "ServerSideEncryptionConfigurationNotFoundError"
    missing(s3.get_bucket_encryption, none, **of)
    none = "ObjectLockConfigurationNotFoundError"
    missing(s3.get_object_lock_configuration, none, **of)
    region = s3.head_bucket(**of)["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"]
    assert region == "us-east-1"
    mine = {"AccountId": asks.account, "ResourceArn": f"arn:aws:s3:::{name}"}
    listed = asks.control.list_tags_for_resource(**mine)["Tags"]
    assert {it["Key"]: it["Value"] for it in listed} == tags


def test_aws_s3_account_public_access_block(asks):
    control, mine = asks.control, {"AccountId": asks.account}
    none = "NoSuchPublicAccessBlockConfiguration"
    missing(control.get_public_access_block, none, **mine)
    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": False,
    }
    control.put_public_access_block(**mine, PublicAccessBlockConfiguration=block)
    assert control.get_public_access_block(**mine)["PublicAccessBlockConfiguration"] == block
    control.delete_public_access_block(**mine)
    missing(control.get_public_access_block, none, **mine)
    missing(control.get_public_access_block, "AccessDenied", AccountId="000000000001")


def test_aws_iam_user_with_key_login_and_policies(asks):
    """aws_iam_user (force_destroy), _access_key, _user_login_profile, _user_policy, attachments."""
    iam, name = asks.iam, {"UserName": "terraform"}
    tags = [{"Key": "env", "Value": "x"}]
    iam.create_user(**name, Path="/system/", Tags=tags)
    assert iam.get_user(**name)["User"]["Tags"] == tags
    # aws_iam_access_key
    key = iam.create_access_key(**name)["AccessKey"]["AccessKeyId"]
    keys = iam.list_access_keys(**name)["AccessKeyMetadata"]
    assert [(it["AccessKeyId"], it["Status"]) for it in keys] == [(key, "Active")]
    # aws_iam_user_login_profile
    password = {"Password": "Correct-horse-1", "PasswordResetRequired": True}
    iam.create_login_profile(**name, **password)
    assert iam.get_login_profile(**name)["LoginProfile"]["PasswordResetRequired"]
    # aws_iam_user_policy
    inline = name | {"PolicyName": "inline"}
    iam.put_user_policy(**inline, PolicyDocument=document("s3:ListAllMyBuckets"))
    read = iam.get_user_policy(**inline)["PolicyDocument"]
    assert read == json.loads(document("s3:ListAllMyBuckets"))
    # aws_iam_user_policy_attachment
    arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    iam.attach_user_policy(**name, PolicyArn=arn)
    pages = iam.get_paginator("list_attached_user_policies").paginate(**name)
    assert [it["PolicyArn"] for page in pages for it in page["AttachedPolicies"]] == [arn]
    # The user's update: tags by difference, name and path.
    iam.untag_user(**name, TagKeys=["env"])
    iam.tag_user(**name, Tags=[{"Key": "team", "Value": "kiln"}])
    iam.update_user(**name, NewUserName="terraform", NewPath="/other/")
    read = iam.get_user(**name)["User"]
    assert (read["Path"], read["Tags"]) == ("/other/", [{"Key": "team", "Value": "kiln"}])

    iam.detach_user_policy(**name, PolicyArn=arn)
    assert iam.list_attached_user_policies(**name)["AttachedPolicies"] == []
    iam.delete_user_policy(**inline)
    missing(iam.get_user_policy, "NoSuchEntity", **inline)
    # The user's delete, with what nobody manages: force_destroy takes policies first.
    assert iam.list_groups_for_user(**name)["Groups"] == []
    iam.put_user_policy(**inline, PolicyDocument=document("s3:ListAllMyBuckets"))
    iam.attach_user_policy(**name, PolicyArn=arn)
    for it in iam.list_user_policies(**name)["PolicyNames"]:
        iam.delete_user_policy(**name, PolicyName=it)
    for it in iam.list_attached_user_policies(**name)["AttachedPolicies"]:
        iam.detach_user_policy(**name, PolicyArn=it["PolicyArn"])
    for it in iam.list_access_keys(**name)["AccessKeyMetadata"]:
        iam.delete_access_key(**name, AccessKeyId=it["AccessKeyId"])
    assert iam.list_ssh_public_keys(**name)["SSHPublicKeys"] == []
    assert iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"] == []
    assert iam.list_mfa_devices(**name)["MFADevices"] == []
    iam.delete_login_profile(**name)
    missing(iam.delete_login_profile, "NoSuchEntity", **name)
    assert iam.list_signing_certificates(**name)["Certificates"] == []
    credentials = iam.list_service_specific_credentials(**name)
    assert credentials["ServiceSpecificCredentials"] == []
    iam.delete_user(**name)
    missing(iam.get_user, "NoSuchEntity", **name)


def test_aws_iam_group_and_memberships(asks):
    """aws_iam_group, _group_policy, _group_policy_attachment, _group_membership."""
    iam, group, user = asks.iam, {"GroupName": "tf-group"}, {"UserName": "tf-member"}
    iam.create_group(**group, Path="/")
    iam.get_group(**group)
    iam.create_user(**user)
    iam.add_user_to_group(**group, **user)
    pages = iam.get_paginator("get_group").paginate(**group)
    assert [it["UserName"] for page in pages for it in page["Users"]] == ["tf-member"]
    listed = iam.list_groups_for_user(**user)["Groups"]
    assert [it["GroupName"] for it in listed] == ["tf-group"]
    inline = group | {"PolicyName": "inline"}
    iam.put_group_policy(**inline, PolicyDocument=document("s3:*"))
    assert iam.get_group_policy(**inline)["PolicyDocument"] == json.loads(document("s3:*"))
    arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
    iam.attach_group_policy(**group, PolicyArn=arn)
    attached = iam.list_attached_group_policies(**group)["AttachedPolicies"]
    assert [it["PolicyArn"] for it in attached] == [arn]
    iam.update_group(**group, NewGroupName="tf-renamed", NewPath="/teams/")
    group = {"GroupName": "tf-renamed"}
    assert iam.get_group(**group)["Group"]["Path"] == "/teams/"

    iam.detach_group_policy(**group, PolicyArn=arn)
    iam.delete_group_policy(**group, PolicyName="inline")
    missing(iam.get_group_policy, "NoSuchEntity", **group, PolicyName="inline")
    iam.remove_user_from_group(**group, **user)
    iam.delete_user(**user)
    iam.delete_group(**group)
    missing(iam.get_group, "NoSuchEntity", **group)


def test_aws_iam_policy(asks):
    """aws_iam_policy through all five versions, and aws_iam_policy_attachment."""
    iam = asks.iam
    new = {"PolicyName": "tf-policy", "Path": "/", "Description": "what it is for"}
    made = iam.create_policy(
        **new, PolicyDocument=document("s3:Get*"), Tags=[{"Key": "env", "Value": "x"}]
    )
    policy = {"PolicyArn": made["Policy"]["Arn"]}

    def read(document_now):
        found = iam.get_policy(**policy)["Policy"]
        assert found["Description"] == "what it is for"
        version = iam.get_policy_version(**policy, VersionId=found["DefaultVersionId"])
        assert version["PolicyVersion"]["Document"] == json.loads(document_now)
        return found

    assert read(document("s3:Get*"))["Tags"] == [{"Key": "env", "Value": "x"}]
    for number in range(2, 8):
        # The update: the oldest of five goes, the new one becomes the default in a call of its own.
        versions = iam.list_policy_versions(**policy)["Versions"]
        if len(versions) == 5:
            old = [it for it in versions if not it["IsDefaultVersion"]]
            oldest = min(old, key=lambda it: (it["CreateDate"], int(it["VersionId"][1:])))
            iam.delete_policy_version(**policy, VersionId=oldest["VersionId"])
        newer = document(f"s3:Get{number}*")
        made = iam.create_policy_version(**policy, PolicyDocument=newer, SetAsDefault=False)
        version = made["PolicyVersion"]["VersionId"]
        assert version == f"v{number}"
        iam.set_default_policy_version(**policy, VersionId=version)
        read(newer)
    missing(iam.create_policy_version, "LimitExceeded", **policy, PolicyDocument=newer)
    iam.tag_policy(**policy, Tags=[{"Key": "env", "Value": "y"}])
    assert iam.list_policy_tags(**policy)["Tags"] == [{"Key": "env", "Value": "y"}]

    # aws_iam_policy_attachment
    iam.create_user(UserName="tf-attached")
    iam.create_group(GroupName="tf-attached")
    iam.attach_user_policy(UserName="tf-attached", **policy)
    iam.attach_group_policy(GroupName="tf-attached", **policy)
    entities = iam.list_entities_for_policy(**policy)
    assert [it["UserName"] for it in entities["PolicyUsers"]] == ["tf-attached"]
    assert [it["GroupName"] for it in entities["PolicyGroups"]] == ["tf-attached"]
    assert entities["PolicyRoles"] == []
    assert iam.get_policy(**policy)["Policy"]["AttachmentCount"] == 2
    missing(iam.delete_policy, "DeleteConflict", **policy)
    iam.detach_user_policy(UserName="tf-attached", **policy)
    iam.detach_group_policy(GroupName="tf-attached", **policy)
    iam.delete_user(UserName="tf-attached")
    iam.delete_group(GroupName="tf-attached")

    for it in iam.list_policy_versions(**policy)["Versions"]:
        if not it["IsDefaultVersion"]:
            iam.delete_policy_version(**policy, VersionId=it["VersionId"])
    iam.delete_policy(**policy)
    missing(iam.get_policy, "NoSuchEntity", **policy)


def test_aws_iam_account(asks):
    """aws_iam_account_password_policy and aws_iam_account_alias."""
    iam = asks.iam
    missing(iam.get_account_password_policy, "NoSuchEntity")
    iam.update_account_password_policy(MinimumPasswordLength=14, RequireSymbols=True)
    read = iam.get_account_password_policy()["PasswordPolicy"]
    assert (read["MinimumPasswordLength"], read["RequireSymbols"]) == (14, True)
    assert read["ExpirePasswords"] is False
    iam.delete_account_password_policy()
    missing(iam.delete_account_password_policy, "NoSuchEntity")
    iam.create_account_alias(AccountAlias="tf-kiln")
    assert iam.list_account_aliases()["AccountAliases"] == ["tf-kiln"]
    iam.delete_account_alias(AccountAlias="tf-kiln")
    assert iam.list_account_aliases()["AccountAliases"] == []


def test_aws_s3_bucket_with_tags_from_its_creation(asks):
    """Since 6.23 the tags are in CreateBucket, and aws_s3_bucket_abac is a resource."""
    s3, name = asks.s3, "terraform-tagged"
    missing(s3.head_bucket, "404", Bucket=name)
    tags = [{"Key": "team", "Value": "kiln"}]
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"Tags": tags})
    s3.head_bucket(Bucket=name)
    mine = {"AccountId": asks.account, "ResourceArn": f"arn:aws:s3:::{name}"}
    assert asks.control.list_tags_for_resource(**mine)["Tags"] == tags
    # aws_s3_bucket_abac; then its tags are S3 Control's alone.
    assert s3.get_bucket_abac(Bucket=name)["AbacStatus"]["Status"] == "Disabled"
    s3.put_bucket_abac(Bucket=name, AbacStatus={"Status": "Enabled"})
    assert s3.get_bucket_abac(Bucket=name)["AbacStatus"]["Status"] == "Enabled"
    missing(s3.put_bucket_tagging, "InvalidRequest", Bucket=name, Tagging={"TagSet": tags})
    asks.control.tag_resource(**mine, Tags=[{"Key": "team", "Value": "oven"}])
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == [{"Key": "team", "Value": "oven"}]
    s3.put_bucket_abac(Bucket=name, AbacStatus={"Status": "Disabled"})
    # force_destroy lists versions, which a bucket without versioning has too.
    s3.put_object(Bucket=name, Key="left", Body=b"x")
    missing(s3.delete_bucket, "BucketNotEmpty", Bucket=name)
    found = s3.list_object_versions(Bucket=name)["Versions"]
    keys = [{"Key": it["Key"], "VersionId": it["VersionId"]} for it in found]
    s3.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
    s3.delete_bucket(Bucket=name)


def test_configurations_that_are_not_there_yet(asks):
    """What an apply of them is told: that they aren't there; and what their reads are: unset."""
    s3, of = asks.s3, {"Bucket": "terraform-refused"}
    s3.create_bucket(**of)
    # aws_s3_bucket_versioning; "Disabled" is only read.
    missing(s3.put_bucket_versioning, "NotImplemented", **of, VersioningConfiguration={"Status": "Enabled"})
    assert "Status" not in s3.get_bucket_versioning(**of)
    # aws_s3_bucket_server_side_encryption_configuration
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    rules = {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}
    missing(s3.put_bucket_encryption, "NotImplemented", **of, **rules)
    # The provider looks for these words, too.
    with pytest.raises(ClientError, match="encryption configuration was not found"):
        s3.get_bucket_encryption(**of)
    # aws_s3_bucket_lifecycle_configuration
    rule = {"ID": "r", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}
    rules = {"LifecycleConfiguration": {"Rules": [rule]}}
    missing(s3.put_bucket_lifecycle_configuration, "NotImplemented", **of, **rules)
    missing(s3.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration", **of)
    # aws_s3_bucket_acl, with ACLs disabled as they are by default
    assert s3.get_bucket_acl(**of)["Owner"]["ID"]
    missing(s3.put_bucket_acl, "AccessControlListNotSupported", **of, ACL="public-read")
    # aws_s3_bucket_request_payment_configuration, _accelerate_configuration, _logging
    missing(s3.put_bucket_request_payment, "NotImplemented", **of,
            RequestPaymentConfiguration={"Payer": "Requester"})
    missing(s3.put_bucket_accelerate_configuration, "NotImplemented", **of,
            AccelerateConfiguration={"Status": "Enabled"})
    assert "LoggingEnabled" not in s3.get_bucket_logging(**of)
    s3.delete_bucket(**of)


def test_aws_s3_object(asks):
    s3, bucket = asks.s3, "terraform-objects"
    s3.create_bucket(Bucket=bucket)
    of = {"Bucket": bucket, "Key": "a/b.txt"}
    s3.put_object(**of, Body=b"one", ContentType="text/plain", Tagging="env=x", StorageClass="STANDARD")
    head = s3.head_object(**of, ChecksumMode="ENABLED")
    assert (head["ContentLength"], head["ContentType"]) == (3, "text/plain")
    assert s3.get_object_tagging(**of)["TagSet"] == [{"Key": "env", "Value": "x"}]
    # The update of its tags alone.
    s3.put_object_tagging(**of, Tagging={"TagSet": [{"Key": "env", "Value": "y"}]})
    assert s3.get_object_tagging(**of)["TagSet"] == [{"Key": "env", "Value": "y"}]
    s3.delete_object(**of)
    missing(s3.head_object, "404", **of)
    s3.delete_bucket(Bucket=bucket)


def test_data_sources(asks):
    """aws_caller_identity, aws_iam_policy by name, aws_iam_user, aws_iam_users, aws_s3_bucket."""
    iam = asks.iam
    assert asks.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{asks.account}:root"
    pages = iam.get_paginator("list_policies").paginate(PathPrefix="/")
    found = [it for page in pages for it in page["Policies"] if it["PolicyName"] == "PowerUserAccess"]
    policy = iam.get_policy(PolicyArn=found[0]["Arn"])["Policy"]
    assert policy["PolicyId"] == "ANPAJYRXTHIB4FOVS3ZXS"
    version = {"PolicyArn": policy["Arn"], "VersionId": policy["DefaultVersionId"]}
    assert iam.get_policy_version(**version)["PolicyVersion"]["Document"]["Statement"]
    iam.create_user(UserName="tf-data", Path="/data/")
    assert iam.get_user(UserName="tf-data")["User"]["Path"] == "/data/"
    pages = iam.get_paginator("list_users").paginate(PathPrefix="/data/")
    assert [it["UserName"] for page in pages for it in page["Users"]] == ["tf-data"]
    iam.delete_user(UserName="tf-data")
    missing(asks.s3.head_bucket, "404", Bucket="terraform-nowhere")
