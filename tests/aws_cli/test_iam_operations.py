"""`aws iam`, each operation that acts at least once, and `aws sts`."""

import json
import tomllib

import pytest

from onggi import REPOSITORY

READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def policy(action):
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def iam(aws):
    """Runs `aws iam COMMAND` and gives its answer; remembers which commands there were."""

    def call(command, *words, fails=False):
        called.add(command.replace("-", ""))
        said = aws("iam", command, *words, "--output", "json", fails=fails)
        return said if fails else json.loads(said or "{}")

    called = call.called = set()
    return call


def test_every_operation(iam, aws):
    account = json.loads(aws("sts", "get-caller-identity"))["Account"]
    users(iam)
    keys(iam, aws, account)
    policies(iam, account)
    groups(iam)
    passwords(iam)
    the_account(iam, account)
    iam("delete-user", "--user-name", "cli")
    assert "NoSuchEntity" in iam("get-user", "--user-name", "cli", fails=True)
    with (REPOSITORY / "model/operations.toml").open("rb") as table:
        rows = tomllib.load(table)["iam"]
    acting = {row["name"].lower() for row in rows if row["status"] == "acts"}
    assert acting - iam.called == set()


def users(iam):
    iam("create-user", "--user-name", "first", "--path", "/a/", "--tags", "Key=k,Value=v")
    iam("update-user", "--user-name", "first", "--new-user-name", "cli", "--new-path", "/b/")
    iam("tag-user", "--user-name", "cli", "--tags", "Key=l,Value=w", "Key=m,Value=x")
    iam("untag-user", "--user-name", "cli", "--tag-keys", "m")
    tags = iam("list-user-tags", "--user-name", "cli")["Tags"]
    assert {it["Key"]: it["Value"] for it in tags} == {"k": "v", "l": "w"}
    boundary = ["--permissions-boundary", READ_ONLY]
    iam("put-user-permissions-boundary", "--user-name", "cli", *boundary)
    user = iam("get-user", "--user-name", "cli")["User"]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == READ_ONLY
    iam("delete-user-permissions-boundary", "--user-name", "cli")
    assert iam("list-users", "--path-prefix", "/b")["Users"][0]["UserName"] == "cli"
    for command in [
        "list-mfa-devices",
        "list-ssh-public-keys",
        "list-signing-certificates",
        "list-service-specific-credentials",
    ]:
        assert [] in iam(command, "--user-name", "cli").values()
    assert iam("list-virtual-mfa-devices") == {"VirtualMFADevices": []}
    # What tools ask for of an account, and what comes with roles or not at all.
    for command in [
        "list-instance-profiles",
        "list-open-id-connect-providers",
        "list-roles",
        "list-saml-providers",
        "list-server-certificates",
    ]:
        assert [] in iam(command).values()


def keys(iam, aws, account):
    key = iam("create-access-key", "--user-name", "cli")["AccessKey"]
    mine = ["--user-name", "cli", "--access-key-id", key["AccessKeyId"]]
    signed = {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }
    who = json.loads(aws("sts", "get-caller-identity", **signed))
    assert who["Arn"] == f"arn:aws:iam::{account}:user/b/cli"
    told = aws("sts", "get-access-key-info", "--access-key-id", key["AccessKeyId"])
    assert json.loads(told)["Account"] == account
    used = iam("get-access-key-last-used", "--access-key-id", key["AccessKeyId"])
    assert used["UserName"] == "cli" and used["AccessKeyLastUsed"]["ServiceName"] == "sts"
    iam("update-access-key", *mine, "--status", "Inactive")
    listed = iam("list-access-keys", "--user-name", "cli")["AccessKeyMetadata"]
    assert [it["Status"] for it in listed] == ["Inactive"]
    assert "InvalidClientTokenId" in aws("sts", "get-caller-identity", fails=True, **signed)
    iam("delete-access-key", *mine)


def policies(iam, account):
    said = iam("create-policy", "--policy-name", "p", "--policy-document", "{}", fails=True)
    assert "MalformedPolicyDocument" in said
    made = iam("create-policy", "--policy-name", "p", "--policy-document", policy("s3:Get*"))
    arn = made["Policy"]["Arn"]
    assert arn == f"arn:aws:iam::{account}:policy/p"
    it = ["--policy-arn", arn]
    newer = ["--policy-document", policy("s3:List*")]
    made = iam("create-policy-version", *it, *newer, "--set-as-default")["PolicyVersion"]
    assert (made["VersionId"], made["IsDefaultVersion"]) == ("v2", True)
    document = iam("get-policy-version", *it, "--version-id", "v1")["PolicyVersion"]["Document"]
    assert document == json.loads(policy("s3:Get*"))
    iam("set-default-policy-version", *it, "--version-id", "v1")
    versions = iam("list-policy-versions", *it)["Versions"]
    assert [(v["VersionId"], v["IsDefaultVersion"]) for v in versions] == [
        ("v2", False),
        ("v1", True),
    ]
    iam("tag-policy", *it, "--tags", "Key=k,Value=v", "Key=l,Value=w")
    iam("untag-policy", *it, "--tag-keys", "l")
    assert iam("list-policy-tags", *it)["Tags"] == [{"Key": "k", "Value": "v"}]
    user = ["--user-name", "cli"]
    iam("attach-user-policy", *user, *it)
    attached = iam("list-attached-user-policies", *user)["AttachedPolicies"]
    assert attached == [{"PolicyName": "p", "PolicyArn": arn}]
    entities = iam("list-entities-for-policy", *it)
    assert [u["UserName"] for u in entities["PolicyUsers"]] == ["cli"]
    assert iam("get-policy", *it)["Policy"]["AttachmentCount"] == 1
    assert "DeleteConflict" in iam("delete-policy", *it, fails=True)
    local = iam("list-policies", "--scope", "Local", "--only-attached")["Policies"]
    assert [p["Arn"] for p in local] == [arn]
    aws = {p["PolicyName"] for p in iam("list-policies", "--scope", "AWS")["Policies"]}
    assert {"AdministratorAccess", "AmazonS3FullAccess", "IAMFullAccess"} <= aws
    iam("detach-user-policy", *user, *it)
    iam("delete-policy-version", *it, "--version-id", "v2")
    iam("delete-policy", *it)
    inline = [*user, "--policy-name", "inline"]
    iam("put-user-policy", *inline, "--policy-document", policy("s3:*"))
    assert iam("list-user-policies", *user)["PolicyNames"] == ["inline"]
    assert iam("get-user-policy", *inline)["PolicyDocument"] == json.loads(policy("s3:*"))
    iam("delete-user-policy", *inline)


def groups(iam):
    group, user = ["--group-name", "g"], ["--user-name", "cli"]
    iam("create-group", "--group-name", "h", "--path", "/g/")
    iam("update-group", "--group-name", "h", "--new-group-name", "g")
    assert [it["GroupName"] for it in iam("list-groups")["Groups"]] == ["g"]
    iam("add-user-to-group", *group, *user)
    assert [it["UserName"] for it in iam("get-group", *group)["Users"]] == ["cli"]
    assert [it["GroupName"] for it in iam("list-groups-for-user", *user)["Groups"]] == ["g"]
    iam("attach-group-policy", *group, "--policy-arn", READ_ONLY)
    attached = iam("list-attached-group-policies", *group)["AttachedPolicies"]
    assert [it["PolicyArn"] for it in attached] == [READ_ONLY]
    assert "DeleteConflict" in iam("delete-group", *group, fails=True)
    iam("detach-group-policy", *group, "--policy-arn", READ_ONLY)
    inline = [*group, "--policy-name", "inline"]
    iam("put-group-policy", *inline, "--policy-document", policy("s3:*"))
    assert iam("list-group-policies", *group)["PolicyNames"] == ["inline"]
    assert iam("get-group-policy", *inline)["PolicyDocument"] == json.loads(policy("s3:*"))
    details = iam("get-account-authorization-details", "--filter", "User", "Group")
    assert [it["GroupName"] for it in details["GroupDetailList"]] == ["g"]
    assert details["GroupDetailList"][0]["GroupPolicyList"][0]["PolicyName"] == "inline"
    assert details["UserDetailList"][0]["GroupList"] == ["g"]
    iam("delete-group-policy", *inline)
    iam("remove-user-from-group", *group, *user)
    iam("delete-group", *group)


def passwords(iam):
    user = ["--user-name", "cli"]
    iam("update-account-password-policy", "--minimum-password-length", "12")
    found = iam("get-account-password-policy")["PasswordPolicy"]
    assert found["MinimumPasswordLength"] == 12
    said = iam("create-login-profile", *user, "--password", "short", fails=True)
    assert "PasswordPolicyViolation" in said
    iam("create-login-profile", *user, "--password", "long enough, surely")
    assert iam("get-login-profile", *user)["LoginProfile"]["UserName"] == "cli"
    iam("update-login-profile", *user, "--password-reset-required")
    assert iam("get-login-profile", *user)["LoginProfile"]["PasswordResetRequired"]
    change = ["--old-password", "x", "--new-password", "another long one"]
    # Root has no password here.
    assert "InvalidUserType" in iam("change-password", *change, fails=True)
    iam("delete-login-profile", *user)
    iam("delete-account-password-policy")
    assert "NoSuchEntity" in iam("get-account-password-policy", fails=True)


def the_account(iam, account):
    iam("create-account-alias", "--account-alias", "onggi-cli")
    assert iam("list-account-aliases")["AccountAliases"] == ["onggi-cli"]
    iam("delete-account-alias", "--account-alias", "onggi-cli")
    assert iam("list-account-aliases")["AccountAliases"] == []
    summary = iam("get-account-summary")["SummaryMap"]
    assert (summary["Users"], summary["Groups"], summary["AccessKeysPerUserQuota"]) == (1, 0, 2)
