"""The first user's way, from an empty server to an empty server: a bucket, its policy, an IAM user, an
Express server with the user's key, images that open in a browser, and everything cleaned up. By the AWS
CLI and the AWS SDK for JavaScript, with the names of the tutorial that Onggi exists because of."""

import http.client
import json
import os
import subprocess
import time
import urllib.parse
import zlib
from pathlib import Path

import pytest

from onggi import REPOSITORY, clean_environment

BUCKET = "instagram-static-files"
USER = "instagram-server"
FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Statement1",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}
# A body above 64 KiB lies in a file of its own: deleting it gives its space back at once.
LARGE_BYTES = 8 << 20
SECONDS_MAX = 30


class Person:
    """Somebody with a key and the AWS CLI."""

    def __init__(self, server, folder, key, secret):
        self.folder = folder
        self.environment = clean_environment() | {
            "HOME": str(folder),
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": "ap-northeast-2",
            "AWS_ENDPOINT_URL": server.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def aws(self, *words, fails=False):
        done = subprocess.run(
            ["aws", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    def asked(self, *words):
        return json.loads(self.aws(*words, "--output", "json"))


def get(url):
    split = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname, split.port, timeout=30)
    try:
        connection.request("GET", split.path + (f"?{split.query}" if split.query else ""))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def png():
    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + pixel + chunk(b"IEND", b"")


def disk_bytes(folder):
    return sum(it.stat().st_blocks * 512 for it in Path(folder).rglob("*") if it.is_file())


@pytest.fixture
def server(onggi):
    return onggi().start()


def test_from_an_empty_server_to_an_empty_server(server, tmp_path):
    root = Person(server, tmp_path, server.access_key, server.secret_key)
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps(POLICY))
    plain_url = f"{server.endpoint}/{BUCKET}/images/cat.png"

    # 1 A bucket. Its name has to be one; public access is blocked and ACLs are off.
    refused = root.aws("s3api", "create-bucket", "--bucket", "Instagram_Files", fails=True)
    assert "InvalidBucketName" in refused or "Invalid bucket name" in refused
    root.aws("s3api", "create-bucket", "--bucket", BUCKET)
    block = root.asked("s3api", "get-public-access-block", "--bucket", BUCKET)
    assert set(block["PublicAccessBlockConfiguration"].values()) == {True}
    owner = root.asked("s3api", "get-bucket-ownership-controls", "--bucket", BUCKET)
    assert owner["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]

    # 3 before 2: a policy for everybody is refused while public access is blocked, and told why.
    put_policy = ("s3api", "put-bucket-policy", "--bucket", BUCKET, "--policy", f"file://{policy}")
    refused = root.aws(*put_policy, fails=True)
    assert "AccessDenied" in refused and "BlockPublicPolicy" in refused, refused

    # 2 Block Public Access off.
    off = "BlockPublicAcls=false,IgnorePublicAcls=false,BlockPublicPolicy=false,"
    off += "RestrictPublicBuckets=false"
    root.aws(
        "s3api", "put-public-access-block", "--bucket", BUCKET,
        "--public-access-block-configuration", off,
    )  # fmt: skip

    # 3 The policy. A broken one is refused with the place; with the good one anybody reads objects.
    policy.write_text(json.dumps(POLICY).replace("s3:GetObject", "s3:FetchObject"))
    refused = root.aws(*put_policy, fails=True)
    assert "MalformedPolicy" in refused and "Policy has invalid action" in refused
    assert "line 1, column" in refused
    policy.write_text(json.dumps(POLICY))
    root.aws(*put_policy)
    assert get(plain_url)[0] == 403, "nobody is told that there is no such object"

    # 4 A user for the server. 5 Its key, whose secret is shown once.
    root.aws("iam", "create-user", "--user-name", USER)
    root.aws("iam", "attach-user-policy", "--user-name", USER, "--policy-arn", FULL_ACCESS)
    key = root.asked("iam", "create-access-key", "--user-name", USER)["AccessKey"]
    [listed] = root.asked("iam", "list-access-keys", "--user-name", USER)["AccessKeyMetadata"]
    assert listed["AccessKeyId"] == key["AccessKeyId"] and "SecretAccessKey" not in listed
    user = Person(server, tmp_path, key["AccessKeyId"], key["SecretAccessKey"])
    assert user.asked("sts", "get-caller-identity")["Arn"].endswith(f":user/{USER}")
    refused = user.aws("iam", "list-users", fails=True)
    assert "is not authorized to perform: iam:ListUsers" in refused
    assert "because no identity-based policy allows the iam:ListUsers action" in refused

    # 6 The Express server, with the user's key. What it stores opens by its plain address.
    environment = user.environment | {"S3_BUCKET": BUCKET, "PORT": "0"}
    environment["AWS_REGION"] = environment.pop("AWS_DEFAULT_REGION")
    with subprocess.Popen(
        ["node", "server.js"],
        cwd=REPOSITORY / "examples/express-image-upload",
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as express:
        try:
            app = express.stdout.readline().strip()
            assert upload(app, png()) == 303
        finally:
            express.terminate()
    found = user.asked("s3api", "list-objects-v2", "--bucket", BUCKET)["Contents"]
    [image] = [f"{server.endpoint}/{BUCKET}/{it['Key']}" for it in found]
    status, headers, body = get(image)
    assert (status, headers["Content-Type"], body) == (200, "image/png", png())
    used = root.asked("iam", "get-access-key-last-used", "--access-key-id", key["AccessKeyId"])
    # The last use is noted once a minute: of two within one, which was the last may be told late.
    assert used["AccessKeyLastUsed"]["ServiceName"] in ("s3", "sts")
    # Anybody reads, and nothing else.
    nobody = Person(server, tmp_path, "", "")
    unsigned = ("--no-sign-request",)
    copied = tmp_path / "cat.png"
    copied.write_bytes(png())
    put = ("s3api", "put-object", "--bucket", BUCKET, "--key", "x", "--body", str(copied))
    assert "AccessDenied" in nobody.aws(*put, *unsigned, fails=True)
    assert "AccessDenied" in nobody.aws("s3", "ls", f"s3://{BUCKET}", *unsigned, fails=True)

    # 7 All of it away again, and the space with it.
    large = tmp_path / "large"
    large.write_bytes(os.urandom(LARGE_BYTES))
    user.aws("s3", "cp", str(large), f"s3://{BUCKET}/large")
    full = disk_bytes(server.folder)
    assert "BucketNotEmpty" in root.aws("s3api", "delete-bucket", "--bucket", BUCKET, fails=True)
    refused = root.aws("iam", "delete-user", "--user-name", USER, fails=True)
    assert "DeleteConflict" in refused
    user.aws("s3", "rb", "--force", f"s3://{BUCKET}")
    key_of = ("--user-name", USER, "--access-key-id", key["AccessKeyId"])
    root.aws("iam", "delete-access-key", *key_of)
    assert "InvalidAccessKeyId" in user.aws("s3", "ls", fails=True)
    root.aws("iam", "detach-user-policy", "--user-name", USER, "--policy-arn", FULL_ACCESS)
    root.aws("iam", "delete-user", "--user-name", USER)
    assert root.asked("s3api", "list-buckets")["Buckets"] == []
    assert root.asked("iam", "list-users")["Users"] == []
    assert get(image)[0] == 404
    began = time.monotonic()
    while disk_bytes(server.folder) > full - LARGE_BYTES:
        assert time.monotonic() - began < SECONDS_MAX, "the space doesn't come back"
        time.sleep(0.2)
    assert server.stop() == 0
    assert server.fsck().returncode == 0


def upload(app, image):
    """What a browser sends of the example's form."""
    split = urllib.parse.urlsplit(app)
    connection = http.client.HTTPConnection(split.hostname, split.port, timeout=30)
    head = 'Content-Disposition: form-data; name="images"; filename="고양이.png"\r\n'
    body = f"--edge\r\n{head}Content-Type: image/png\r\n\r\n".encode() + image + b"\r\n--edge--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    try:
        connection.request("POST", "/images", body, kind)
        return connection.getresponse().status
    finally:
        connection.close()
