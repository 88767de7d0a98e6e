"""What Terraform's AWS provider asks, in its order, replayed by boto3.

The provider itself is a gigabyte and can't be had here. The calls were read in a mirror of its sources as
version 6.28.0 has them (internal/service/{iam,s3,s3control,sts}), a file for each resource: what its
create, read, update and delete ask, in which order, and which error codes they take for "not set" or
"gone". Each test names the files that it was read in. Tags are the interceptor's (internal/provider/sdkv2): an update sets
them before it does anything else; they are listed after each read that didn't bring them along.

After a create the provider often asks twice, once until it is there and once to read; here that is once.
"""

import json
import socket
from base64 import b64encode
from hashlib import md5, sha256
from urllib.parse import quote_plus, unquote_plus

import pytest
from botocore.exceptions import ClientError

BLOCKS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]


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
    """s3/bucket.go and tags.go: without tags, then with some that come, change and go."""
    s3, control, account, name = asks.s3, asks.control, asks.account, "terraform-bucket"
    missing(s3.head_bucket, "404", Bucket=name)
    # The configuration is sent, and empty in us-east-1.
    s3.create_bucket(Bucket=name, ACL="private", CreateBucketConfiguration={})
    # Waited for; then the read.
    s3.head_bucket(Bucket=name)
    arn = f"arn:aws:s3:::{name}"
    read_bucket(asks, name, {})
    mine = {"AccountId": account, "ResourceArn": arn}
    control.tag_resource(**mine, Tags=[{"Key": "team", "Value": "kiln"}, {"Key": "env", "Value": "x"}])
    read_bucket(asks, name, {"team": "kiln", "env": "x"})
    # A changed tag, and one that goes.
    control.untag_resource(**mine, TagKeys=["team"])
    control.tag_resource(**mine, Tags=[{"Key": "env", "Value": "y"}])
    read_bucket(asks, name, {"env": "y"})
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == [{"Key": "env", "Value": "y"}]
    s3.delete_bucket(Bucket=name)
    missing(s3.head_bucket, "404", Bucket=name)
    missing(s3.delete_bucket, "NoSuchBucket", Bucket=name)


def test_aws_s3_bucket_of_who_may_not_tag_resources(asks, server):
    """s3/bucket.go and tags.go, without s3:TagResource and its like: the provider finds the refusal by its
    words, and sets and lists the tags by PutBucketTagging and GetBucketTagging instead."""
    iam, user, name = asks.iam, {"UserName": "tf-untagging"}, "terraform-untagging"
    iam.create_user(**user)
    may = document(
        ["s3:CreateBucket", "s3:DeleteBucket", "s3:ListBucket", "s3:*BucketTagging"], "arn:aws:s3:::*"
    )
    iam.put_user_policy(**user, PolicyName="inline", PolicyDocument=may)
    key = iam.create_access_key(**user)["AccessKey"]
    s3 = server.client(key=(key["AccessKeyId"], key["SecretAccessKey"]))
    control = server.client(
        "s3control",
        key=(key["AccessKeyId"], key["SecretAccessKey"]),
        endpoint_url=f"http://localhost:{server.port}",
    )

    def unauthorized(action, call, **arguments):
        with pytest.raises(ClientError, match=f"is not authorized to perform: s3:{action}") as caught:
            call(**arguments)
        assert caught.value.response["Error"]["Code"] == "AccessDenied"

    tags = [{"Key": "team", "Value": "kiln"}]
    with_tags = {"CreateBucketConfiguration": {"Tags": tags}}
    unauthorized("TagResource", s3.create_bucket, Bucket=name, ACL="private", **with_tags)
    s3.create_bucket(Bucket=name, ACL="private", CreateBucketConfiguration={})
    s3.head_bucket(Bucket=name)
    missing(s3.get_bucket_tagging, "NoSuchTagSet", Bucket=name)
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    mine = {"AccountId": asks.account, "ResourceArn": f"arn:aws:s3:::{name}"}
    unauthorized("ListTagsForResource", control.list_tags_for_resource, **mine)
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == tags
    # The update: one tag more, then none.
    unauthorized("TagResource", control.tag_resource, **mine, Tags=[{"Key": "env", "Value": "x"}])
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == tags
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [*tags, {"Key": "env", "Value": "x"}]})
    unauthorized("UntagResource", control.untag_resource, **mine, TagKeys=["team", "env"])
    assert len(s3.get_bucket_tagging(Bucket=name)["TagSet"]) == 2
    s3.delete_bucket_tagging(Bucket=name)
    missing(s3.get_bucket_tagging, "NoSuchTagSet", Bucket=name)
    s3.delete_bucket(Bucket=name)
    iam.delete_access_key(**user, AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(**user, PolicyName="inline")
    iam.delete_user(**user)


def test_force_destroy_empties_a_bucket(asks, bucket):
    """s3/bucket.go and delete.go: versions page by page, then delete markers page by page. Keys come
    encoded and are decoded as a form is; what XML can't say is deleted by a call of its own."""
    s3 = asks.s3
    keys = ["a b+c%20d/\u00e9&<>\"'", "plain", "bell\x07"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    missing(s3.delete_bucket, "BucketNotEmpty", Bucket=bucket)
    page = s3.list_object_versions(Bucket=bucket, EncodingType="url")
    found = [(unquote_plus(it["Key"]), it["VersionId"]) for it in page["Versions"]]
    assert sorted(found) == sorted((key, "null") for key in keys)
    assert "DeleteMarkers" not in page
    s3.delete_object(Bucket=bucket, Key="bell\x07", VersionId="null")
    objects = [{"Key": key, "VersionId": version} for key, version in found if "\x07" not in key]
    assert "Errors" not in s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
    page = s3.list_object_versions(Bucket=bucket, EncodingType="url")
    assert "Versions" not in page and "DeleteMarkers" not in page
    s3.delete_bucket(Bucket=bucket)
    missing(s3.delete_objects, "NoSuchBucket", Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def test_aws_s3_bucket_ownership_controls(asks, bucket):
    """s3/bucket_ownership_controls.go"""
    s3, of, none = asks.s3, {"Bucket": bucket}, "OwnershipControlsNotFoundError"
    owned = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    for _ in "create", "update":
        s3.put_bucket_ownership_controls(**of, OwnershipControls=owned)
        assert s3.get_bucket_ownership_controls(**of)["OwnershipControls"] == owned
    s3.delete_bucket_ownership_controls(**of)
    missing(s3.get_bucket_ownership_controls, none, **of)
    # Somebody else took it away, or the bucket.
    s3.delete_bucket_ownership_controls(**of)
    s3.delete_bucket(**of)
    missing(s3.delete_bucket_ownership_controls, "NoSuchBucket", **of)
    missing(s3.get_bucket_ownership_controls, "NoSuchBucket", **of)


def test_aws_s3_bucket_public_access_block(asks, bucket):
    """s3/bucket_public_access_block.go: all four are always sent."""
    s3, of, none = asks.s3, {"Bucket": bucket}, "NoSuchPublicAccessBlockConfiguration"
    for blocks in False, True:
        block = dict.fromkeys(BLOCKS, blocks)
        s3.put_public_access_block(**of, PublicAccessBlockConfiguration=block)
        assert s3.get_public_access_block(**of)["PublicAccessBlockConfiguration"] == block
    s3.delete_public_access_block(**of)
    missing(s3.get_public_access_block, none, **of)
    s3.delete_public_access_block(**of)
    s3.delete_bucket(**of)
    missing(s3.delete_public_access_block, "NoSuchBucket", **of)
    missing(s3.get_public_access_block, "NoSuchBucket", **of)


def test_aws_s3_bucket_policy(asks, bucket):
    """s3/bucket_policy.go: MalformedPolicy is asked again, for a principal may be new."""
    s3, iam, of = asks.s3, asks.iam, {"Bucket": bucket}
    objects = f"arn:aws:s3:::{bucket}/*"
    arn = f"arn:aws:iam::{asks.account}:user/tf-principal"
    policy = document("s3:GetObject", objects, Principal={"AWS": arn})
    missing(s3.put_bucket_policy, "MalformedPolicy", **of, Policy=policy)
    iam.create_user(UserName="tf-principal")
    s3.put_bucket_policy(**of, Policy=policy)
    assert json.loads(s3.get_bucket_policy(**of)["Policy"]) == json.loads(policy)
    # The update, and the read of aws_s3_bucket, which has it too.
    policy = document(["s3:GetObject", "s3:PutObject"], objects, Principal={"AWS": arn})
    s3.put_bucket_policy(**of, Policy=policy)
    assert json.loads(s3.get_bucket_policy(**of)["Policy"]) == json.loads(policy)
    s3.delete_bucket_policy(**of)
    missing(s3.get_bucket_policy, "NoSuchBucketPolicy", **of)
    s3.delete_bucket_policy(**of)
    s3.delete_bucket(**of)
    missing(s3.delete_bucket_policy, "NoSuchBucket", **of)
    missing(s3.get_bucket_policy, "NoSuchBucket", **of)
    iam.delete_user(UserName="tf-principal")


def test_aws_s3_bucket_cors_configuration(asks, bucket):
    """s3/bucket_cors_configuration.go: max_age_seconds is sent as 0 where it isn't set; with the owner that
    is expected, every call names it."""
    s3, of = asks.s3, {"Bucket": bucket}
    rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 0}
    s3.put_bucket_cors(**of, CORSConfiguration={"CORSRules": [rule]})
    assert s3.get_bucket_cors(**of)["CORSRules"] == [rule]
    more = rule | {
        "ID": "second",
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag"],
        "AllowedMethods": ["PUT", "POST"],
        "MaxAgeSeconds": 3000,
    }
    owned = of | {"ExpectedBucketOwner": asks.account}
    s3.put_bucket_cors(**owned, CORSConfiguration={"CORSRules": [rule, more]})
    assert s3.get_bucket_cors(**owned)["CORSRules"] == [rule, more]
    s3.delete_bucket_cors(**owned)
    missing(s3.get_bucket_cors, "NoSuchCORSConfiguration", **owned)
    s3.delete_bucket_cors(**of)
    s3.delete_bucket(**of)
    missing(s3.delete_bucket_cors, "NoSuchBucket", **of)
    missing(s3.get_bucket_cors, "NoSuchBucket", **of)


def test_aws_s3_bucket_acl(asks, bucket):
    """s3/bucket_acl.go, in a bucket whose owner isn't enforced: without ownership controls, for those that
    leave ACLs on are refused (test_configurations_that_are_not_there_yet). A delete asks nothing."""
    s3, of = asks.s3, {"Bucket": bucket}
    s3.delete_bucket_ownership_controls(**of)
    for _ in "create", "update":
        s3.put_bucket_acl(**of, ACL="private")
        read = s3.get_bucket_acl(**of)
        grant = {"Grantee": {"Type": "CanonicalUser"} | read["Owner"], "Permission": "FULL_CONTROL"}
        assert read["Grants"] == [grant]
    s3.delete_bucket(**of)
    missing(s3.get_bucket_acl, "NoSuchBucket", **of)


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
    """s3control/account_public_access_block.go: an update is read until it says what was sent, twice."""
    control, mine = asks.control, {"AccountId": asks.account}
    none = "NoSuchPublicAccessBlockConfiguration"
    missing(control.get_public_access_block, none, **mine)
    for blocks in True, False:
        block = dict.fromkeys(BLOCKS, blocks) | {"RestrictPublicBuckets": False}
        control.put_public_access_block(**mine, PublicAccessBlockConfiguration=block)
        for _ in range(2):
            assert control.get_public_access_block(**mine)["PublicAccessBlockConfiguration"] == block
    control.delete_public_access_block(**mine)
    missing(control.get_public_access_block, none, **mine)
    # Somebody else took it away: as good.
    control.delete_public_access_block(**mine)
    missing(control.get_public_access_block, "AccessDenied", AccountId="000000000001")


def test_aws_iam_user(asks):
    """iam/user.go, with a permissions boundary; force_destroy takes with it what nobody manages."""
    iam, name = asks.iam, {"UserName": "terraform"}
    boundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    tags = [{"Key": "env", "Value": "x"}]
    iam.create_user(**name, Path="/system/", Tags=tags, PermissionsBoundary=boundary)
    read = iam.get_user(**name)["User"]
    assert read["Tags"] == tags
    assert read["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    # The update: tags by difference; name and path; the boundary, under the new name.
    iam.untag_user(**name, TagKeys=["env"])
    iam.tag_user(**name, Tags=[{"Key": "team", "Value": "kiln"}])
    iam.update_user(**name, NewUserName="terraform2", NewPath="/other/")
    missing(iam.get_user, "NoSuchEntity", **name)
    name = {"UserName": "terraform2"}
    other = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    iam.put_user_permissions_boundary(**name, PermissionsBoundary=other)
    read = iam.get_user(**name)["User"]
    assert (read["Path"], read["Tags"]) == ("/other/", [{"Key": "team", "Value": "kiln"}])
    assert read["PermissionsBoundary"]["PermissionsBoundaryArn"] == other
    iam.delete_user_permissions_boundary(**name)
    assert "PermissionsBoundary" not in iam.get_user(**name)["User"]
    assert iam.list_user_tags(**name)["Tags"] == [{"Key": "team", "Value": "kiln"}]
    # A path alone: the name is sent as it is.
    iam.update_user(**name, NewUserName="terraform2", NewPath="/")
    assert iam.get_user(**name)["User"]["Path"] == "/"

    # The delete: out of its groups always, the rest by force_destroy, in this order.
    iam.create_group(GroupName="tf-left")
    iam.add_user_to_group(**name, GroupName="tf-left")
    iam.put_user_policy(**name, PolicyName="left", PolicyDocument=document("s3:ListAllMyBuckets"))
    iam.attach_user_policy(**name, PolicyArn=other)
    iam.create_access_key(**name)
    iam.create_login_profile(**name, Password="Correct-horse-1")
    missing(iam.delete_user, "DeleteConflict", **name)
    for it in iam.list_groups_for_user(**name)["Groups"]:
        iam.remove_user_from_group(**name, GroupName=it["GroupName"])
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
    iam.delete_group(GroupName="tf-left")
    # Gone already: each of these is as good as done.
    for call in (iam.get_user, iam.list_groups_for_user, iam.list_user_policies, iam.list_access_keys,
                 iam.list_attached_user_policies, iam.delete_login_profile, iam.delete_user):
        missing(call, "NoSuchEntity", **name)


def test_aws_iam_access_key(asks):
    """iam/access_key.go: made inactive by a call of its own, and imported by its id alone."""
    iam, name = asks.iam, {"UserName": "tf-key"}
    missing(iam.create_access_key, "NoSuchEntity", **name)
    iam.create_user(**name)
    made = iam.create_access_key(**name)["AccessKey"]
    assert made["SecretAccessKey"] and made["CreateDate"]
    assert (made["Status"], made["UserName"]) == ("Active", "tf-key")
    key = {"AccessKeyId": made["AccessKeyId"]}
    # No read after the create; after a change of status, which may be part of the create, one.
    for status in "Inactive", "Active":
        iam.update_access_key(**name, **key, Status=status)
        (read,) = iam.list_access_keys(**name)["AccessKeyMetadata"]
        assert (read["AccessKeyId"], read["Status"]) == (made["AccessKeyId"], status)
        assert (read["UserName"], read["CreateDate"]) == ("tf-key", made["CreateDate"])
    assert iam.get_access_key_last_used(**key)["UserName"] == "tf-key"
    iam.delete_access_key(**name, **key)
    assert iam.list_access_keys(**name)["AccessKeyMetadata"] == []
    missing(iam.delete_access_key, "NoSuchEntity", **name, **key)
    iam.delete_user(**name)
    missing(iam.delete_access_key, "NoSuchEntity", **name, **key)
    missing(iam.list_access_keys, "NoSuchEntity", **name)


def test_aws_iam_user_login_profile(asks):
    """iam/user_login_profile.go: a password of 5 to 128 characters, 20 by default, of every class."""
    iam, name = asks.iam, {"UserName": "tf-login"}
    iam.create_user(**name)
    missing(iam.get_login_profile, "NoSuchEntity", **name)
    symbols = "!@#$%^&*()_+-=[]{}|'"
    for password, reset in [("aB3" + symbols[3:], True), ("aB3" + symbols * 6 + "aB3bb", False)]:
        made = iam.create_login_profile(**name, Password=password, PasswordResetRequired=reset)
        assert made["LoginProfile"]["UserName"] == "tf-login"
        read = iam.get_login_profile(**name)["LoginProfile"]
        assert (read["UserName"], read["PasswordResetRequired"]) == ("tf-login", reset)
        iam.delete_login_profile(**name)
        missing(iam.delete_login_profile, "NoSuchEntity", **name)
    iam.delete_user(**name)
    missing(iam.get_login_profile, "NoSuchEntity", **name)
    missing(iam.delete_login_profile, "NoSuchEntity", **name)


@pytest.mark.parametrize("kind", ["user", "group"])
def test_inline_policy(asks, kind):
    """iam/user_policy.go and group_policy.go: create and update are the same call. The *_policies_exclusive
    list what there is, delete what isn't theirs, and take NoSuchEntity for gone."""
    iam, of = Of(asks.iam, kind), {f"{kind.title()}Name": "tf-inline"}
    inline = of | {"PolicyName": "inline"}
    missing(iam.put_policy, "NoSuchEntity", **inline, PolicyDocument=document("s3:*"))
    iam.create(**of)
    for action in "s3:Get*", "s3:*":
        iam.put_policy(**inline, PolicyDocument=document(action))
        read = iam.get_policy(**inline)
        assert read["PolicyDocument"] == json.loads(document(action))
        assert (read["PolicyName"], read[f"{kind.title()}Name"]) == ("inline", "tf-inline")
    assert iam.inline(**of) == ["inline"]
    missing(iam.delete, "DeleteConflict", **of)
    iam.delete_policy(**inline)
    assert iam.inline(**of) == []
    missing(iam.get_policy, "NoSuchEntity", **inline)
    missing(iam.delete_policy, "NoSuchEntity", **inline)
    iam.delete(**of)
    missing(iam.get_policy, "NoSuchEntity", **inline)
    missing(iam.delete_policy, "NoSuchEntity", **inline)
    missing(iam.inline, "NoSuchEntity", **of)


@pytest.mark.parametrize("kind", ["user", "group"])
def test_policy_attachment(asks, kind):
    """iam/user_policy_attachment.go and group_policy_attachment.go: read in the pages of what is attached, as
    the *_policy_attachments_exclusive are."""
    iam, of = Of(asks.iam, kind), {f"{kind.title()}Name": "tf-attached"}
    own = asks.iam.create_policy(PolicyName="tf-attached", PolicyDocument=document("s3:*"))
    arns = [own["Policy"]["Arn"], "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
    missing(iam.attach_policy, "NoSuchEntity", **of, PolicyArn=arns[0])
    iam.create(**of)
    missing(iam.attach_policy, "NoSuchEntity", **of, PolicyArn=arns[0] + "-none")
    for arn in arns:
        iam.attach_policy(**of, PolicyArn=arn)
        iam.attach_policy(**of, PolicyArn=arn)
    assert sorted(iam.attached(**of)) == sorted(arns)
    missing(iam.delete, "DeleteConflict", **of)
    for arn in arns:
        iam.detach_policy(**of, PolicyArn=arn)
        assert arn not in iam.attached(**of)
        missing(iam.detach_policy, "NoSuchEntity", **of, PolicyArn=arn)
    iam.delete(**of)
    missing(iam.attached, "NoSuchEntity", **of)
    missing(iam.detach_policy, "NoSuchEntity", **of, PolicyArn=arns[0])
    asks.iam.delete_policy(PolicyArn=arns[0])


class Of:
    """What IAM has for users and for groups, under one name: `put_policy` is PutUserPolicy or
    PutGroupPolicy."""

    def __init__(self, iam, kind):
        for verb in "create", "delete":
            setattr(self, verb, getattr(iam, f"{verb}_{kind}"))
        for verb in "put", "get", "delete", "attach", "detach":
            setattr(self, f"{verb}_policy", getattr(iam, f"{verb}_{kind}_policy"))
        self.pages_inline = iam.get_paginator(f"list_{kind}_policies").paginate
        self.pages_attached = iam.get_paginator(f"list_attached_{kind}_policies").paginate

    def inline(self, **of):
        return [name for page in self.pages_inline(**of) for name in page["PolicyNames"]]

    def attached(self, **of):
        pages = self.pages_attached(**of)
        return [it["PolicyArn"] for page in pages for it in page["AttachedPolicies"]]


def test_aws_iam_group(asks):
    """iam/group.go: name and path change in one call, and the delete takes nothing along."""
    iam, group = asks.iam, {"GroupName": "tf-group"}
    iam.create_group(**group, Path="/")
    made = iam.get_group(**group)["Group"]
    assert (made["Path"], made["Arn"]) == ("/", f"arn:aws:iam::{asks.account}:group/tf-group")
    iam.update_group(**group, NewGroupName="tf-renamed", NewPath="/teams/")
    missing(iam.get_group, "NoSuchEntity", **group)
    group = {"GroupName": "tf-renamed"}
    # A path alone: the name is sent as it is.
    iam.update_group(**group, NewGroupName="tf-renamed", NewPath="/crews/")
    read = iam.get_group(**group)["Group"]
    assert (read["Path"], read["GroupId"]) == ("/crews/", made["GroupId"])
    assert read["Arn"] == f"arn:aws:iam::{asks.account}:group/crews/tf-renamed"
    iam.delete_group(**group)
    missing(iam.get_group, "NoSuchEntity", **group)
    missing(iam.delete_group, "NoSuchEntity", **group)


def test_aws_iam_group_membership(asks):
    """iam/group_membership.go: all of a group's users; user_group_membership.go: some of a user's groups."""
    iam, users, groups = asks.iam, ["tf-one", "tf-two", "tf-three"], ["tf-red", "tf-blue", "tf-green"]

    def members(group):
        pages = iam.get_paginator("get_group").paginate(GroupName=group)
        return sorted(it["UserName"] for page in pages for it in page["Users"])

    def groups_of(user):
        pages = iam.get_paginator("list_groups_for_user").paginate(UserName=user)
        return sorted(it["GroupName"] for page in pages for it in page["Groups"])

    for group in groups:
        iam.create_group(GroupName=group)
    for user in users:
        iam.create_user(UserName=user)
    for user in users[:2]:
        iam.add_user_to_group(GroupName="tf-red", UserName=user)
    assert members("tf-red") == ["tf-one", "tf-two"]
    # The update: first who leaves, then who comes.
    iam.remove_user_from_group(GroupName="tf-red", UserName="tf-one")
    iam.add_user_to_group(GroupName="tf-red", UserName="tf-three")
    assert members("tf-red") == ["tf-three", "tf-two"]
    # aws_iam_user_group_membership knows its own groups and leaves others alone.
    for group in groups[1:]:
        iam.add_user_to_group(GroupName=group, UserName="tf-two")
    assert groups_of("tf-two") == ["tf-blue", "tf-green", "tf-red"]
    iam.remove_user_from_group(GroupName="tf-green", UserName="tf-two")
    iam.remove_user_from_group(GroupName="tf-blue", UserName="tf-two")
    assert groups_of("tf-two") == ["tf-red"]
    for user in "tf-three", "tf-two":
        iam.remove_user_from_group(GroupName="tf-red", UserName=user)
    assert members("tf-red") == []
    # Whoever has left already, or is gone, or whose group is: as good.
    # Who is in it no more leaves it all the same (recorded of AWS); gone users and groups are told of.
    iam.remove_user_from_group(GroupName="tf-red", UserName="tf-two")
    for user in users:
        iam.delete_user(UserName=user)
    missing(iam.remove_user_from_group, "NoSuchEntity", GroupName="tf-red", UserName="tf-two")
    for group in groups:
        iam.delete_group(GroupName=group)
    missing(iam.remove_user_from_group, "NoSuchEntity", GroupName="tf-red", UserName="tf-two")
    missing(members, "NoSuchEntity", group="tf-red")
    missing(groups_of, "NoSuchEntity", user="tf-two")


@pytest.mark.parametrize("delay", [False, True], ids=["at_once", "delayed"])
def test_aws_iam_policy(asks, delay):
    """iam/policy.go through all five versions: a new one is made the default as it is created, or, with
    delay_after_policy_creation_in_ms, by a call of its own."""
    iam = asks.iam
    # What isn't described has an empty description.
    new = {"PolicyName": "tf-policy", "Path": "/", "Description": "what it is for" if delay else ""}
    made = iam.create_policy(
        **new, PolicyDocument=document("s3:Get*"), Tags=[{"Key": "env", "Value": "x"}]
    )
    policy = {"PolicyArn": made["Policy"]["Arn"]}

    def read(document_now):
        found = iam.get_policy(**policy)["Policy"]
        assert found.get("Description", "") == new["Description"]
        assert (found["PolicyName"], found["Path"]) == ("tf-policy", "/")
        assert (found["AttachmentCount"], found["PolicyId"]) == (0, made["Policy"]["PolicyId"])
        version = iam.get_policy_version(**policy, VersionId=found["DefaultVersionId"])
        assert version["PolicyVersion"]["Document"] == json.loads(document_now)
        return found

    def prune():
        """The oldest of five goes, but never the default."""
        pages = iam.get_paginator("list_policy_versions").paginate(**policy)
        versions = [it for page in pages for it in page["Versions"]]
        if len(versions) == 5:
            old = [it for it in versions if not it["IsDefaultVersion"]]
            oldest = min(old, key=lambda it: it["CreateDate"])
            iam.delete_policy_version(**policy, VersionId=oldest["VersionId"])

    assert read(document("s3:Get*"))["Tags"] == [{"Key": "env", "Value": "x"}]
    for number in range(2, 8):
        prune()
        newer = document(f"s3:Get{number}*")
        added = iam.create_policy_version(**policy, PolicyDocument=newer, SetAsDefault=not delay)
        version = added["PolicyVersion"]["VersionId"]
        assert version == f"v{number}"
        if delay:
            iam.set_default_policy_version(**policy, VersionId=version)
        read(newer)
    missing(iam.create_policy_version, "LimitExceeded", **policy, PolicyDocument=newer)
    # An update of its tags alone.
    iam.untag_policy(**policy, TagKeys=["env"])
    iam.tag_policy(**policy, Tags=[{"Key": "team", "Value": "kiln"}])
    assert read(newer)["Tags"] == [{"Key": "team", "Value": "kiln"}]
    assert iam.list_policy_tags(**policy)["Tags"] == [{"Key": "team", "Value": "kiln"}]

    for it in iam.list_policy_versions(**policy)["Versions"]:
        if not it["IsDefaultVersion"]:
            iam.delete_policy_version(**policy, VersionId=it["VersionId"])
    iam.delete_policy(**policy)
    missing(iam.get_policy, "NoSuchEntity", **policy)
    missing(iam.list_policy_versions, "NoSuchEntity", **policy)
    missing(iam.delete_policy, "NoSuchEntity", **policy)


def test_aws_iam_policy_attachment(asks):
    """iam/policy_attachment.go: groups, then users; it is gone where nobody has the policy."""
    iam, name = asks.iam, "tf-everywhere"
    made = iam.create_policy(PolicyName=name, PolicyDocument=document("s3:Get*"))
    policy = {"PolicyArn": made["Policy"]["Arn"]}

    def entities():
        pages = iam.get_paginator("list_entities_for_policy").paginate(**policy)
        found = {"PolicyGroups": [], "PolicyUsers": [], "PolicyRoles": []}
        for page in pages:
            for kind in found:
                found[kind] += page[kind]
        assert found["PolicyRoles"] == []
        groups = [it["GroupName"] for it in found["PolicyGroups"]]
        return sorted(groups), sorted(it["UserName"] for it in found["PolicyUsers"])

    iam.create_group(GroupName=name)
    for user in name, f"{name}-2":
        iam.create_user(UserName=user)
    iam.attach_group_policy(GroupName=name, **policy)
    iam.attach_user_policy(UserName=name, **policy)
    assert entities() == ([name], [name])
    assert iam.get_policy(**policy)["Policy"]["AttachmentCount"] == 2
    missing(iam.delete_policy, "DeleteConflict", **policy)
    # The update: who loses it, then who gets it.
    iam.detach_group_policy(GroupName=name, **policy)
    iam.detach_user_policy(UserName=name, **policy)
    iam.attach_user_policy(UserName=f"{name}-2", **policy)
    assert entities() == ([], [f"{name}-2"])
    iam.detach_user_policy(UserName=f"{name}-2", **policy)
    assert entities() == ([], [])
    # Roles aren't there yet.
    missing(iam.attach_role_policy, "NotImplemented", RoleName=name, **policy)
    iam.delete_group(GroupName=name)
    for user in name, f"{name}-2":
        iam.delete_user(UserName=user)
    missing(iam.detach_group_policy, "NoSuchEntity", GroupName=name, **policy)
    missing(iam.detach_user_policy, "NoSuchEntity", UserName=name, **policy)
    iam.delete_policy(**policy)
    missing(iam.list_entities_for_policy, "NoSuchEntity", **policy)


def test_aws_iam_account_password_policy(asks):
    """iam/account_password_policy.go: what is unset isn't sent; create and update are the same call."""
    iam = asks.iam
    missing(iam.get_account_password_policy, "NoSuchEntity")
    iam.update_account_password_policy(AllowUsersToChangePassword=True, MinimumPasswordLength=6)
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "AllowUsersToChangePassword": True,
        "ExpirePasswords": False,
        "MinimumPasswordLength": 6,
        "RequireLowercaseCharacters": False,
        "RequireNumbers": False,
        "RequireSymbols": False,
        "RequireUppercaseCharacters": False,
    }
    all_of_it = {
        "AllowUsersToChangePassword": True,
        "HardExpiry": True,
        "MaxPasswordAge": 90,
        "MinimumPasswordLength": 14,
        "PasswordReusePrevention": 5,
        "RequireLowercaseCharacters": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "RequireUppercaseCharacters": True,
    }
    iam.update_account_password_policy(**all_of_it)
    read = iam.get_account_password_policy()["PasswordPolicy"]
    assert read == all_of_it | {"ExpirePasswords": True}
    iam.delete_account_password_policy()
    missing(iam.get_account_password_policy, "NoSuchEntity")
    missing(iam.delete_account_password_policy, "NoSuchEntity")


def test_aws_iam_account_alias(asks):
    """iam/account_alias.go: one is there, or it is gone."""
    iam = asks.iam
    iam.create_account_alias(AccountAlias="tf-kiln")
    assert iam.list_account_aliases()["AccountAliases"] == ["tf-kiln"]
    iam.delete_account_alias(AccountAlias="tf-kiln")
    assert iam.list_account_aliases()["AccountAliases"] == []
    missing(iam.delete_account_alias, "NoSuchEntity", AccountAlias="tf-kiln")


def test_aws_s3_bucket_with_tags_from_its_creation(asks):
    """s3/bucket.go: since 6.23 the tags are in CreateBucket. s3/bucket_abac.go: its delete disables it."""
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
    s3.delete_bucket(Bucket=name)
    missing(s3.put_bucket_abac, "NoSuchBucket", Bucket=name, AbacStatus={"Status": "Disabled"})
    missing(s3.get_bucket_abac, "NoSuchBucket", Bucket=name)


def test_configurations_that_are_not_there_yet(asks):
    """What an apply of them is told: that they aren't there; and what their reads are: unset. Read in
    s3/bucket_acl.go, bucket_ownership_controls.go, and bucket.go for the reads; of the others' own files
    only which calls they make."""
    s3, of = asks.s3, {"Bucket": "terraform-refused"}
    s3.create_bucket(**of)
    # aws_s3_bucket_versioning; with "Disabled" its create only reads, and its delete asks nothing.
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
    # aws_s3_bucket_acl, with ACLs disabled as they are by default, and aws_s3_object's.
    owner = s3.get_bucket_acl(**of)["Owner"]
    for acl in "private", "public-read":
        missing(s3.put_bucket_acl, "AccessControlListNotSupported", **of, ACL=acl)
    s3.put_object(**of, Key="one")
    missing(s3.put_object_acl, "AccessControlListNotSupported", **of, Key="one", ACL="private")
    # aws_s3_bucket_ownership_controls that enable them
    for ownership in "BucketOwnerPreferred", "ObjectWriter":
        owned = {"Rules": [{"ObjectOwnership": ownership}]}
        missing(s3.put_bucket_ownership_controls, "NotImplemented", **of, OwnershipControls=owned)
    # aws_s3_bucket_acl with access_control_policy: the owner's own grant, and more
    s3.delete_bucket_ownership_controls(**of)
    grant = {"Grantee": {"Type": "CanonicalUser"} | owner, "Permission": "FULL_CONTROL"}
    lists = {"Owner": owner, "Grants": [grant]}
    s3.put_bucket_acl(**of, AccessControlPolicy=lists)
    lists["Grants"].append(grant | {"Permission": "READ"})
    missing(s3.put_bucket_acl, "NotImplemented", **of, AccessControlPolicy=lists)
    s3.delete_object(**of, Key="one")
    # aws_s3_bucket_request_payment_configuration, _accelerate_configuration, _logging
    s3.put_bucket_request_payment(**of, RequestPaymentConfiguration={"Payer": "BucketOwner"})
    missing(s3.put_bucket_request_payment, "NotImplemented", **of,
            RequestPaymentConfiguration={"Payer": "Requester"})
    missing(s3.put_bucket_accelerate_configuration, "NotImplemented", **of,
            AccelerateConfiguration={"Status": "Enabled"})
    assert "LoggingEnabled" not in s3.get_bucket_logging(**of)
    s3.delete_bucket(**of)


def test_aws_s3_object(asks, bucket):
    """s3/object.go, tags.go and delete.go; bucket_object.go asks the same but for checksums."""
    s3, of = asks.s3, {"Bucket": bucket, "Key": "a/b.txt"}
    s3.put_object(
        **of,
        Body=b"one",
        ACL="private",
        CacheControl="no-cache",
        ChecksumAlgorithm="SHA256",
        ContentDisposition="attachment",
        ContentEncoding="identity",
        ContentLanguage="en",
        ContentType="text/plain",
        Metadata={"kiln": "3"},
        StorageClass="STANDARD",
        Tagging="env=x&team=a+b",
    )
    head = s3.head_object(**of, ChecksumMode="ENABLED")
    assert (head["ContentLength"], head["ContentType"]) == (3, "text/plain")
    assert (head["CacheControl"], head["ContentDisposition"]) == ("no-cache", "attachment")
    assert (head["ContentEncoding"], head["ContentLanguage"]) == ("identity", "en")
    assert (head["Metadata"], head["ETag"]) == ({"kiln": "3"}, f'"{md5(b"one").hexdigest()}"')
    assert head["ChecksumSHA256"] == b64encode(sha256(b"one").digest()).decode()
    # No version: so a delete is one call. STANDARD is said by silence.
    assert "VersionId" not in head and "StorageClass" not in head
    tags = [{"Key": "env", "Value": "x"}, {"Key": "team", "Value": "a b"}]
    assert s3.get_object_tagging(**of)["TagSet"] == tags
    # The update of its tags alone: what there is, then the new set; or none.
    s3.put_object_tagging(**of, Tagging={"TagSet": [{"Key": "env", "Value": "y"}]})
    s3.head_object(**of)
    assert s3.get_object_tagging(**of)["TagSet"] == [{"Key": "env", "Value": "y"}]
    s3.delete_object_tagging(**of)
    s3.head_object(**of)
    assert s3.get_object_tagging(**of)["TagSet"] == []
    # The update of its ACL alone, which a bucket that enforces its owner has none of.
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    s3.put_object_acl(**of, ACL="bucket-owner-full-control")
    s3.head_object(**of)
    # Other content is another upload; without any it is empty.
    s3.put_object(**of, Body=b"")
    assert s3.head_object(**of)["ContentLength"] == 0
    s3.delete_object(**of)
    missing(s3.head_object, "404", **of)
    s3.delete_object(**of)
    s3.delete_bucket(Bucket=bucket)
    missing(s3.head_object, "404", **of)
    missing(s3.delete_object, "NoSuchBucket", **of)


def test_aws_s3_object_copy(asks, bucket):
    """s3/object_copy.go: the whole source is encoded as a form is, its slashes and blanks too."""
    s3, to = asks.s3, {"Bucket": bucket, "Key": "copy"}
    source = f"{bucket}/a b+c/\u00e9.txt"
    s3.put_object(Bucket=bucket, Key=source.partition("/")[2], Body=b"one", ContentType="text/plain")
    copy = {"CopySource": quote_plus(source)}

    def encoded_once(request, **_):
        """boto3 would encode it again."""
        request.headers.replace_header("x-amz-copy-source", copy["CopySource"])

    s3.meta.events.register("before-sign.s3.CopyObject", encoded_once)
    s3.copy_object(**to, **copy)
    head = s3.head_object(**to)
    assert (head["ContentLength"], head["ContentType"]) == (3, "text/plain")
    assert s3.get_object_tagging(**to)["TagSet"] == []
    # The update is another copy, onto itself or not.
    s3.copy_object(
        **to,
        **copy,
        ACL="private",
        CacheControl="no-cache",
        ChecksumAlgorithm="SHA256",
        ContentType="text/html",
        CopySourceIfMatch=head["ETag"],
        Metadata={"kiln": "3"},
        MetadataDirective="REPLACE",
        Tagging="env=x",
        TaggingDirective="REPLACE",
    )
    head = s3.head_object(**to, ChecksumMode="ENABLED")
    assert (head["ContentType"], head["CacheControl"]) == ("text/html", "no-cache")
    assert (head["Metadata"], "ChecksumSHA256" in head) == ({"kiln": "3"}, True)
    assert s3.get_object_tagging(**to)["TagSet"] == [{"Key": "env", "Value": "x"}]
    s3.delete_object(**to)
    missing(s3.head_object, "404", **to)


def test_data_sources(asks, bucket):
    """iam/policy_data_source.go by name, user_data_source.go, users_data_source.go;
    s3/bucket_data_source.go, canonical_user_id_data_source.go; sts/caller_identity_data_source.go."""
    iam, s3 = asks.iam, asks.s3
    assert asks.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{asks.account}:root"
    for where in {}, {"PathPrefix": "/"}:
        pages = iam.get_paginator("list_policies").paginate(**where)
        policies = [it for page in pages for it in page["Policies"]]
        found = [it for it in policies if it["PolicyName"] == "PowerUserAccess"]
        assert len(found) == 1
    policy = iam.get_policy(PolicyArn=found[0]["Arn"])["Policy"]
    assert policy["PolicyId"] == "ANPAJYRXTHIB4FOVS3ZXS"
    version = {"PolicyArn": policy["Arn"], "VersionId": policy["DefaultVersionId"]}
    assert iam.get_policy_version(**version)["PolicyVersion"]["Document"]["Statement"]
    iam.create_user(UserName="tf-data", Path="/data/")
    assert iam.get_user(UserName="tf-data")["User"]["Path"] == "/data/"
    pages = iam.get_paginator("list_users").paginate(PathPrefix="/data/")
    assert [it["UserName"] for page in pages for it in page["Users"]] == ["tf-data"]
    iam.delete_user(UserName="tf-data")
    missing(s3.head_bucket, "404", Bucket="terraform-nowhere")
    assert s3.head_bucket(Bucket=bucket)["BucketRegion"] == "us-east-1"
    missing(s3.get_bucket_website, "NoSuchWebsiteConfiguration", Bucket=bucket)
    assert s3.list_buckets()["Owner"]["ID"] == s3.get_bucket_acl(Bucket=bucket)["Owner"]["ID"]
