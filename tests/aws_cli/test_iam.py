"""`aws iam`: policies, groups and passwords, an operation after the other, as an administrator types them."""

import itertools
import json
import subprocess

import pytest

numbers = itertools.count(1)
READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
GET = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::jar/*"}],
}


@pytest.fixture
def iam(cli_environment, tmp_path):
    """`iam("create-user --user-name kim")`: what the CLI prints, or its error with `fails=True`."""

    def call(line, *words, fails=False):
        done = subprocess.run(
            ["aws", "iam", *line.split(), *words, "--output", "json"],
            cwd=tmp_path,
            env=cli_environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        if fails:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    (tmp_path / "get.json").write_text(json.dumps(GET, indent=4))
    (tmp_path / "put.json").write_text(json.dumps(GET).replace("s3:Get", "s3:Put"))
    return call


@pytest.fixture
def name():
    return f"cli-{next(numbers)}"


def test_managed_policies(iam, name):
    made = iam(f"create-policy --policy-name {name} --path /jars/ --policy-document file://get.json "
               "--tags Key=team,Value=kiln", "--description", "reads the jar")["Policy"]
    arn = made["Arn"]
    assert arn.endswith(f":policy/jars/{name}") and made["DefaultVersionId"] == "v1"
    read = iam(f"get-policy --policy-arn {arn}")["Policy"]
    assert read["Description"] == "reads the jar" and read["AttachmentCount"] == 0
    assert "EntityAlreadyExists" in iam(
        f"create-policy --policy-name {name.upper()} --policy-document file://get.json", fails=True
    )
    second = iam(f"create-policy-version --policy-arn {arn} --policy-document file://put.json "
                 "--set-as-default")["PolicyVersion"]
    assert (second["VersionId"], second["IsDefaultVersion"]) == ("v2", True)
    versions = iam(f"list-policy-versions --policy-arn {arn}")["Versions"]
    assert [(it["VersionId"], it["IsDefaultVersion"]) for it in versions] == [("v2", True), ("v1", False)]
    first = iam(f"get-policy-version --policy-arn {arn} --version-id v1")["PolicyVersion"]
    assert first["Document"] == GET
    iam(f"set-default-policy-version --policy-arn {arn} --version-id v1")
    assert "more than one version" in iam(f"delete-policy --policy-arn {arn}", fails=True)
    iam(f"delete-policy-version --policy-arn {arn} --version-id v2")
    assert "DeleteConflict" in iam(f"delete-policy-version --policy-arn {arn} --version-id v1", fails=True)
    iam(f"tag-policy --policy-arn {arn} --tags Key=env,Value=test")
    iam(f"untag-policy --policy-arn {arn} --tag-keys team")
    assert iam(f"list-policy-tags --policy-arn {arn}")["Tags"] == [{"Key": "env", "Value": "test"}]
    listed = iam("list-policies --scope Local --path-prefix /jars/")["Policies"]
    assert [it["Arn"] for it in listed] == [arn]
    iam(f"delete-policy --policy-arn {arn}")
    assert "NoSuchEntity" in iam(f"get-policy --policy-arn {arn}", fails=True)


def test_awss_managed_policies(iam):
    listed = {it["PolicyName"]: it for it in iam("list-policies --scope AWS")["Policies"]}
    assert {"AdministratorAccess", "AmazonS3FullAccess", "ReadOnlyAccess"} <= set(listed)
    full = listed["AmazonS3FullAccess"]
    assert full["PolicyId"] == "ANPAIFIR6V6BVTRAHWINE" and full["DefaultVersionId"] == "v2"
    document = iam(f"get-policy-version --policy-arn {full['Arn']} --version-id v2")["PolicyVersion"]
    assert document["Document"]["Statement"][0]["Action"] == ["s3:*", "s3-object-lambda:*"]
    assert "outside your own account" in iam(f"delete-policy --policy-arn {full['Arn']}", fails=True)


def test_what_is_attached_to_a_user(iam, name):
    iam(f"create-user --user-name {name}")
    own = iam(f"create-policy --policy-name {name} --policy-document file://get.json")["Policy"]["Arn"]
    iam(f"attach-user-policy --user-name {name} --policy-arn {own}")
    iam(f"attach-user-policy --user-name {name} --policy-arn {READ_ONLY}")
    attached = iam(f"list-attached-user-policies --user-name {name}")["AttachedPolicies"]
    assert [it["PolicyArn"] for it in attached] == [READ_ONLY, own]
    users = iam(f"list-entities-for-policy --policy-arn {own}")["PolicyUsers"]
    assert [it["UserName"] for it in users] == [name]
    assert iam(f"get-policy --policy-arn {own}")["Policy"]["AttachmentCount"] == 1
    assert "DeleteConflict" in iam(f"delete-policy --policy-arn {own}", fails=True)
    iam(f"put-user-policy --user-name {name} --policy-name more --policy-document file://put.json")
    assert iam(f"list-user-policies --user-name {name}")["PolicyNames"] == ["more"]
    inline = iam(f"get-user-policy --user-name {name} --policy-name more")
    assert inline["PolicyDocument"]["Statement"][0]["Action"] == "s3:PutObject"
    assert "detach all policies" in iam(f"delete-user --user-name {name}", fails=True)
    iam(f"delete-user-policy --user-name {name} --policy-name more")
    iam(f"detach-user-policy --user-name {name} --policy-arn {own}")
    iam(f"detach-user-policy --user-name {name} --policy-arn {READ_ONLY}")
    assert "NoSuchEntity" in iam(f"detach-user-policy --user-name {name} --policy-arn {own}", fails=True)
    iam(f"delete-user --user-name {name}")
    iam(f"delete-policy --policy-arn {own}")


def test_groups(iam, name):
    iam(f"create-user --user-name {name}")
    made = iam(f"create-group --group-name {name} --path /eng/")["Group"]
    assert made["GroupId"].startswith("AGPA") and made["Arn"].endswith(f":group/eng/{name}")
    assert iam(f"list-groups --path-prefix /eng/")["Groups"] == [made]
    iam(f"add-user-to-group --group-name {name} --user-name {name}")
    group = iam(f"get-group --group-name {name}")
    assert (group["Group"], [it["UserName"] for it in group["Users"]]) == (made, [name])
    assert iam(f"list-groups-for-user --user-name {name}")["Groups"] == [made]
    iam(f"attach-group-policy --group-name {name} --policy-arn {READ_ONLY}")
    attached = iam(f"list-attached-group-policies --group-name {name}")["AttachedPolicies"]
    assert attached == [{"PolicyName": "AmazonS3ReadOnlyAccess", "PolicyArn": READ_ONLY}]
    groups = iam(f"list-entities-for-policy --policy-arn {READ_ONLY} --entity-filter Group")
    assert name in [it["GroupName"] for it in groups["PolicyGroups"]]
    iam(f"put-group-policy --group-name {name} --policy-name more --policy-document file://get.json")
    assert iam(f"list-group-policies --group-name {name}")["PolicyNames"] == ["more"]
    assert iam(f"get-group-policy --group-name {name} --policy-name more")["PolicyDocument"] == GET
    iam(f"update-group --group-name {name} --new-group-name {name}-b --new-path /")
    assert "remove users from group" in iam(f"delete-group --group-name {name}-b", fails=True)
    iam(f"remove-user-from-group --group-name {name}-b --user-name {name}")
    iam(f"detach-group-policy --group-name {name}-b --policy-arn {READ_ONLY}")
    iam(f"delete-group-policy --group-name {name}-b --policy-name more")
    iam(f"delete-group --group-name {name}-b")
    assert "NoSuchEntity" in iam(f"get-group --group-name {name}-b", fails=True)
    iam(f"delete-user --user-name {name}")


def test_passwords(iam, name):
    iam(f"create-user --user-name {name}")
    assert "NoSuchEntity" in iam(f"get-login-profile --user-name {name}", fails=True)
    assert "PasswordPolicyViolation" in iam(
        f"create-login-profile --user-name {name} --password short", fails=True
    )
    made = iam(f"create-login-profile --user-name {name} --password Clay-jar-1 "
               "--password-reset-required")["LoginProfile"]
    assert made["PasswordResetRequired"] is True
    iam(f"update-login-profile --user-name {name} --password Clay-jar-2 --no-password-reset-required")
    assert iam(f"get-login-profile --user-name {name}")["LoginProfile"]["PasswordResetRequired"] is False
    assert "delete login profile" in iam(f"delete-user --user-name {name}", fails=True)
    assert "InvalidUserType" in iam(
        "change-password --old-password Clay-jar-2 --new-password Clay-jar-3", fails=True
    )
    iam(f"delete-login-profile --user-name {name}")
    iam(f"delete-user --user-name {name}")


def test_the_password_policy(iam):
    assert "NoSuchEntity" in iam("get-account-password-policy", fails=True)
    iam("update-account-password-policy --minimum-password-length 12 --require-symbols --max-password-age 90")
    policy = iam("get-account-password-policy")["PasswordPolicy"]
    assert policy["MinimumPasswordLength"] == 12 and policy["RequireSymbols"] is True
    assert (policy["ExpirePasswords"], policy["MaxPasswordAge"]) == (True, 90)
    iam("update-account-password-policy --require-numbers")
    policy = iam("get-account-password-policy")["PasswordPolicy"]
    assert (policy["MinimumPasswordLength"], policy["RequireSymbols"]) == (6, False)
    assert policy["ExpirePasswords"] is False and "MaxPasswordAge" not in policy
    assert "ValidationError" in iam(
        "update-account-password-policy --minimum-password-length 129", fails=True
    )
    iam("delete-account-password-policy")
    assert "NoSuchEntity" in iam("delete-account-password-policy", fails=True)
