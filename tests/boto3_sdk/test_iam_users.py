"""IAM users, their tags and access keys through boto3: pages, limits, errors."""

import datetime
import itertools

import pytest
from botocore.exceptions import ClientError

USERS_OF_A_PAGE = 3
numbers = itertools.count(1)


@pytest.fixture
def iam(server):
    return server.client("iam")


@pytest.fixture
def user(iam):
    name = f"boto-user-{next(numbers)}"
    iam.create_user(UserName=name)
    yield name
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName=name)


def account(server):
    return server.client("sts").get_caller_identity()["Account"]


def said(call, **arguments):
    """The code and the message of an error."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Type"] == "Sender"
    return error["Code"], error["Message"]


def test_a_user_is_made_read_renamed_and_removed(server, iam):
    tags = [{"Key": "team", "Value": "kiln"}]
    made = iam.create_user(UserName="Min.Ji", Path="/staff/", Tags=tags)["User"]
    assert made["Arn"] == f"arn:aws:iam::{account(server)}:user/staff/Min.Ji"
    assert made["UserId"].startswith("AIDA") and len(made["UserId"]) == 21
    assert made["Tags"] == tags
    age = datetime.datetime.now(datetime.timezone.utc) - made["CreateDate"]
    assert abs(age.total_seconds()) < 60
    read = iam.get_user(UserName="min.ji")["User"]
    assert read == made
    assert said(iam.create_user, UserName="MIN.JI") == (
        "EntityAlreadyExists",
        "User with name MIN.JI already exists.",
    )
    iam.update_user(UserName="Min.Ji", NewUserName="minji", NewPath="/former/")
    renamed = iam.get_user(UserName="minji")["User"]
    assert (renamed["UserId"], renamed["Path"]) == (made["UserId"], "/former/")
    assert said(iam.get_user, UserName="Min.Ji") == (
        "NoSuchEntity",
        "The user with name Min.Ji cannot be found.",
    )
    iam.delete_user(UserName="minji")
    assert said(iam.delete_user, UserName="minji")[0] == "NoSuchEntity"


def test_root_is_the_account(server, iam):
    root = iam.get_user()["User"]
    assert root["UserId"] == account(server)
    assert root["Arn"] == f"arn:aws:iam::{account(server)}:root"
    assert "UserName" not in root and "Path" not in root
    code, message = said(iam.create_access_key)
    assert code == "ValidationError" and message.startswith("Must specify userName")


def test_users_are_listed_in_pages_and_by_path(iam):
    names = [f"page-{it}" for it in "fbdeagc"]
    for name in names:
        iam.create_user(UserName=name, Path="/pages/", Tags=[{"Key": "k", "Value": "v"}])
    settings = {"PageSize": USERS_OF_A_PAGE}
    listed = iam.get_paginator("list_users").paginate(PathPrefix="/pag", PaginationConfig=settings)
    pages = [[it["UserName"] for it in page["Users"]] for page in listed]
    assert [len(it) for it in pages] == [3, 3, 1]
    assert sum(pages, []) == sorted(names)
    first = iam.list_users(PathPrefix="/pages/", MaxItems=1)
    assert first["IsTruncated"] and "Tags" not in first["Users"][0]
    # What the next page begins after may go meanwhile.
    iam.delete_user(UserName=sorted(names)[0])
    second = iam.list_users(PathPrefix="/pages/", MaxItems=1, Marker=first["Marker"])
    assert second["Users"][0]["UserName"] == sorted(names)[1]
    assert iam.list_users(PathPrefix="/nobody/")["Users"] == []
    assert said(iam.list_users, Marker="no such marker")[0] == "ValidationError"
    for name in sorted(names)[1:]:
        iam.delete_user(UserName=name)


def test_names_have_rules(iam):
    code, message = said(iam.create_user, UserName="a b")
    assert code == "ValidationError"
    assert message.startswith("The specified value for userName is invalid.")
    code, message = said(iam.create_user, UserName="a" * 65)
    assert message.endswith("Member must have length less than or equal to 64")
    code, message = said(iam.create_user, UserName="u", Path="/no-end")
    assert message.startswith("The specified value for path is invalid.")


def test_tags_are_set_replaced_and_removed(iam, user):
    iam.tag_user(UserName=user, Tags=[{"Key": f"k{it:02}", "Value": "1"} for it in range(50)])
    assert said(iam.tag_user, UserName=user, Tags=[{"Key": "one more", "Value": ""}])[0] == (
        "LimitExceeded"
    )
    iam.tag_user(UserName=user, Tags=[{"Key": "K00", "Value": "2"}])
    pages = iam.get_paginator("list_user_tags").paginate(
        UserName=user, PaginationConfig={"PageSize": 20}
    )
    tags = [page["Tags"] for page in pages]
    assert [len(it) for it in tags] == [20, 20, 10]
    named = {it["Key"]: it["Value"] for it in sum(tags, [])}
    assert len(named) == 50 and named.get("K00", named.get("k00")) == "2"
    iam.untag_user(UserName=user, TagKeys=[f"k{it:02}" for it in range(49)] + ["not there"])
    assert [it["Key"] for it in iam.get_user(UserName=user)["User"]["Tags"]] == ["k49"]
    iam.untag_user(UserName=user, TagKeys=["K49"])
    assert "Tags" not in iam.get_user(UserName=user)["User"]
    twice = [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]
    assert said(iam.tag_user, UserName=user, Tags=twice)[0] == "InvalidInput"
    assert said(iam.tag_user, UserName=user, Tags=[{"Key": "aws:x", "Value": ""}])[0] == (
        "ValidationError"
    )


def test_a_user_has_two_keys_and_they_sign(server, iam, user):
    key = iam.create_access_key(UserName=user)["AccessKey"]
    assert (key["UserName"], key["Status"], len(key["SecretAccessKey"])) == (user, "Active", 40)
    iam.create_access_key(UserName=user)
    assert said(iam.create_access_key, UserName=user) == (
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
    )
    listed = iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
    assert [it["Status"] for it in listed] == ["Active", "Active"]
    assert all("SecretAccessKey" not in it for it in listed)
    sts = server.client("sts", key=(key["AccessKeyId"], key["SecretAccessKey"]))
    who = sts.get_caller_identity()
    assert who["Arn"] == iam.get_user(UserName=user)["User"]["Arn"]
    assert who["UserId"] == iam.get_user(UserName=user)["User"]["UserId"]
    info = server.client("sts").get_access_key_info(AccessKeyId=key["AccessKeyId"])
    assert info["Account"] == who["Account"]
    change = {"UserName": user, "AccessKeyId": key["AccessKeyId"]}
    iam.update_access_key(**change, Status="Inactive")
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        sts.get_caller_identity()
    iam.update_access_key(**change, Status="Active")
    assert sts.get_caller_identity() is not None
    assert said(iam.delete_user, UserName=user) == (
        "DeleteConflict",
        "Cannot delete entity, must delete access keys first.",
    )
    iam.delete_access_key(**change)
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        sts.get_caller_identity()
    assert said(iam.update_access_key, **change, Status="Active") == (
        "NoSuchEntity",
        f"The Access Key with id {key['AccessKeyId']} cannot be found.",
    )


def test_nothing_is_there_of_what_there_isnt_yet(iam, user):
    """Terraform and Ansible ask for these before they remove a user."""
    for name, members in [
        ("list_mfa_devices", "MFADevices"),
        ("list_ssh_public_keys", "SSHPublicKeys"),
        ("list_signing_certificates", "Certificates"),
        ("list_service_specific_credentials", "ServiceSpecificCredentials"),
    ]:
        listed = getattr(iam, name)
        assert listed(UserName=user)[members] == []
        assert said(listed, UserName="nobody")[0] == "NoSuchEntity"
    of_service = iam.list_service_specific_credentials
    codecommit = of_service(UserName=user, ServiceName="codecommit.amazonaws.com")
    assert codecommit["ServiceSpecificCredentials"] == []
    assert said(of_service, UserName=user, ServiceName="s3.amazonaws.com") == (
        "NoSuchEntity",
        "No such service s3.amazonaws.com is supported for Service Specific Credentials",
    )
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
    # What can't be made yet.
    assert iam.list_roles()["Roles"] == []
    assert iam.list_instance_profiles()["InstanceProfiles"] == []
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == []
    assert iam.list_saml_providers()["SAMLProviderList"] == []
    assert iam.list_server_certificates()["ServerCertificateMetadataList"] == []


def test_a_permissions_boundary_is_set_and_removed(iam, user):
    arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=arn)
    assert iam.get_user(UserName=user)["User"]["PermissionsBoundary"] == {
        "PermissionsBoundaryType": "Policy",
        "PermissionsBoundaryArn": arn,
    }
    iam.delete_user_permissions_boundary(UserName=user)
    assert "PermissionsBoundary" not in iam.get_user(UserName=user)["User"]
    nowhere = "arn:aws:iam::aws:policy/NoSuchPolicy"
    set_boundary = iam.put_user_permissions_boundary
    assert said(set_boundary, UserName=user, PermissionsBoundary=nowhere)[0] == "NoSuchEntity"
