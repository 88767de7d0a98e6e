"""Passwords through boto3: who may change whose, and what the account's policy asks."""

import itertools

import boto3
import pytest

numbers = itertools.count(1)
CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"


@pytest.fixture
def iam(server):
    iam = server.client("iam")
    yield iam
    try:
        iam.delete_account_password_policy()
    except iam.exceptions.NoSuchEntityException:
        pass


@pytest.fixture
def user(server, iam):
    """A user with a password, and a client that signs as it."""
    name = f"password-user-{next(numbers)}"
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="Clay-jar-1")
    key = iam.create_access_key(UserName=name)["AccessKey"]
    client = boto3.client(
        "iam",
        endpoint_url=server.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )
    yield name, client
    for policy in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
        iam.detach_user_policy(UserName=name, PolicyArn=policy["PolicyArn"])
    iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.delete_login_profile(UserName=name)
    iam.delete_user(UserName=name)


def test_a_user_changes_its_password_if_it_may(iam, user, refused):
    name, client = user
    passwords = {"OldPassword": "Clay-jar-1", "NewPassword": "Clay-jar-2"}
    with refused("AccessDenied", 403):
        client.change_password(**passwords)
    iam.attach_user_policy(UserName=name, PolicyArn=CHANGE)
    with refused("AccessDenied", 403) as caught:
        client.change_password(OldPassword="Wrong-jar-1", NewPassword="Clay-jar-2")
    assert "password is incorrect" in caught.value.response["Error"]["Message"]
    with refused("PasswordPolicyViolation", 400):
        client.change_password(OldPassword="Clay-jar-1", NewPassword="clay")
    client.change_password(**passwords)
    with refused("AccessDenied", 403):
        client.change_password(**passwords)


def test_the_account_lets_all_users_change_their_passwords(iam, user, refused):
    _, client = user
    iam.update_account_password_policy(AllowUsersToChangePassword=True, PasswordReusePrevention=1)
    assert client.get_account_password_policy()["PasswordPolicy"]["PasswordReusePrevention"] == 1
    with refused("PasswordPolicyViolation", 400):
        client.change_password(OldPassword="Clay-jar-1", NewPassword="Clay-jar-1")
    client.change_password(OldPassword="Clay-jar-1", NewPassword="Clay-jar-2")
    iam.update_account_password_policy()
    with refused("AccessDenied", 403):
        client.change_password(OldPassword="Clay-jar-2", NewPassword="Clay-jar-3")
