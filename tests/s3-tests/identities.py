"""Makes the users that ceph/s3-tests wants, through IAM's API, and writes its configurations.

    identities.py PORT ROOT_ACCESS_KEY ROOT_SECRET_KEY LOCATION FOLDER

All of them are of one account, root's: `main` and `iam root` are root itself, `iam` an administrator,
`tenant` somebody who may do everything in S3. The suite's `alt` is somebody else to whom nothing is
allowed that a test doesn't allow, but who has buckets of its own. Within one account both can't be had
at once, so there are two: in `restricted.conf` alt may list the account's buckets (the suite's
clean-up asks for that before every test) and nothing else; in `trusted.conf` it may do everything in
S3, and the tests that are run with it are those that take something away from it.
"""

import json
import sys
from pathlib import Path

import boto3

LIST_BUCKETS = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
}
MANAGED = "arn:aws:iam::aws:policy/"


def user(iam, name, policy):
    """A new user with one policy, given by its name or as a document; its key."""
    iam.create_user(UserName=name)
    if isinstance(policy, str):
        iam.attach_user_policy(UserName=name, PolicyArn=MANAGED + policy)
    else:
        document = json.dumps(policy)
        iam.put_user_policy(UserName=name, PolicyName="standing", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return name, key["AccessKeyId"], key["SecretAccessKey"]


def configuration(port, location, identities):
    """The suite's file; `identities` is a section's (user id, access key, secret key) by its name."""
    lines = [
        "[DEFAULT]",
        "host = localhost",
        f"port = {port}",
        "is_secure = False",
        "ssl_verify = False",
        "[fixtures]",
        "bucket prefix = s3-tests-{random}-",
    ]
    for section, (user_id, access_key, secret_key) in identities.items():
        lines += [
            f"[{section}]",
            f"user_id = {user_id}",
            f"display_name = {user_id}",
            f"email = {section.replace(' ', '-')}@example.com",
            f"access_key = {access_key}",
            f"secret_key = {secret_key}",
            f"api_name = {location}",
            "tenant = none",
        ]
    return "\n".join(lines) + "\n"


def main(port, access_key, secret_key, location, folder):
    def client(service):
        return boto3.client(
            service,
            endpoint_url=f"http://localhost:{port}",
            region_name="us-east-1",
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
        )

    iam = client("iam")
    owner = client("s3").list_buckets()["Owner"]["ID"]
    root = (owner, access_key, secret_key)
    account = client("sts").get_caller_identity()["Account"]
    account_root = (account, access_key, secret_key)
    identities = {
        "s3 main": root,
        "s3 tenant": user(iam, "tenant", "AmazonS3FullAccess"),
        "iam": user(iam, "iam", "AdministratorAccess"),
        "iam root": account_root,
        # The suite wants the section; tests that need a second account aren't run.
        "iam alt root": account_root,
    }
    for name, alt in [
        ("restricted", user(iam, "alt", LIST_BUCKETS)),
        ("trusted", user(iam, "trusted-alt", "AmazonS3FullAccess")),
    ]:
        text = configuration(port, location, identities | {"s3 alt": alt})
        Path(folder, f"{name}.conf").write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
