"""The AWS CLI 2: Debian's, and what newer ones do differently, which PyPI doesn't have.

Newer ones have a botocore of their own that differs from PyPI's in what it does by default: CRC64NVME
instead of CRC32, Signature Version 4 for presigned URLs everywhere. Their other way to transfer
(`preferred_transfer_client = crt`) is the AWS Common Runtime's S3 client, which PyPI has too.
"""

import json
import random
import urllib.request

import awscrt.exceptions
import botocore.httpchecksum
import botocore.session
import pytest
import s3transfer.utils
from botocore.credentials import Credentials
from s3transfer.crt import (
    BotocoreCRTCredentialsWrapper,
    BotocoreCRTRequestSerializer,
    CRTTransferManager,
    create_s3_crt_client,
)

from certificates import Authority
from folders import difference, fill
from onggi import ROOT

MIB = 1 << 20
DEBIANS = "/usr/bin/aws"


@pytest.fixture
def aws_2(aws, server):
    """Debian's CLI 2 in place of the CLI 1. It knows no AWS_ENDPOINT_URL yet."""
    assert aws("--version", program=DEBIANS).startswith("aws-cli/2."), "Debian's is a CLI 2"
    endpoint = ["--endpoint-url", server.endpoint]
    return lambda *words, **more: aws(*words, *endpoint, program=DEBIANS, **more)


def test_files_go_up_and_come_back(aws_2, bucket, s3, tmp_path):
    whole = random.Random(31).randbytes(30 * MIB)
    (tmp_path / "big").write_bytes(whole)
    aws_2("s3", "cp", "big", f"s3://{bucket}/big")
    assert s3.head_object(Bucket=bucket, Key="big")["ETag"].endswith('-4"')
    aws_2("s3", "cp", f"s3://{bucket}/big", "back")
    assert (tmp_path / "back").read_bytes() == whole
    aws_2("s3", "cp", f"s3://{bucket}/big", f"s3://{bucket}/copy", "--copy-props", "default")
    assert s3.head_object(Bucket=bucket, Key="copy")["ContentLength"] == len(whole)
    body = ["--body", "big", "--checksum-algorithm", "SHA256"]
    aws_2("s3api", "put-object", "--bucket", bucket, "--key", "checked", *body)
    head = s3.head_object(Bucket=bucket, Key="checked", ChecksumMode="ENABLED")
    assert head["ChecksumSHA256"]


def test_a_folder_is_synced_both_ways(aws_2, bucket, tmp_path):
    fill(tmp_path / "site", 60, seed=4)
    assert aws_2("s3", "sync", "site", f"s3://{bucket}/site").count("upload:") == 60
    assert aws_2("s3", "sync", "site", f"s3://{bucket}/site") == "", "nothing has changed"
    (tmp_path / "site/part-000/file-00050.bin").unlink()
    assert aws_2("s3", "sync", "site", f"s3://{bucket}/site", "--delete").count("delete:") == 1
    aws_2("s3", "sync", f"s3://{bucket}/site", "back")
    assert difference(tmp_path / "site", tmp_path / "back") == []
    assert "Total Objects: 59" in aws_2("s3", "ls", f"s3://{bucket}", "--recursive", "--summarize")
    aws_2("s3", "rb", f"s3://{bucket}", "--force")


def test_presigned_urls_are_of_version_4(aws_2, bucket, s3):
    s3.put_object(Bucket=bucket, Key="k", Body=b"presigned")
    url = aws_2("s3", "presign", f"s3://{bucket}/k").strip()
    assert "X-Amz-Signature=" in url
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"presigned"


def test_identities(aws_2, bucket):
    who = json.loads(aws_2("sts", "get-caller-identity"))
    assert who["Arn"].endswith(":root")
    assert json.loads(aws_2("iam", "create-user", "--user-name", "cli-2"))["User"]["Arn"]
    aws_2("iam", "delete-user", "--user-name", "cli-2")


@pytest.fixture
def defaults_of_cli_2(monkeypatch):
    for module in [botocore.httpchecksum, s3transfer.utils]:
        monkeypatch.setattr(module, "DEFAULT_CHECKSUM_ALGORITHM", "CRC64NVME")


@pytest.fixture
def place(onggi, tmp_path, request):
    """A server that speaks TLS or not, and what a client must know to believe it."""
    if request.param == "http":
        return onggi().start(), None
    authority = Authority(tmp_path)
    it = onggi(environment=ROOT | authority.certify()).start()
    return it, str(authority.path)


over_both = pytest.mark.parametrize("place", ["http", "https"], indirect=True)


@over_both
def test_the_default_checksum_of_newer_ones(defaults_of_cli_2, place, tmp_path):
    it, verify = place
    s3 = it.client(verify=verify, config={"signature_version": "s3v4"})
    s3.create_bucket(Bucket="newer")
    sent = []
    names = ["x-amz-content-sha256", "x-amz-trailer", "x-amz-sdk-checksum-algorithm", "expect"]

    def note(request, **_):
        headers = {name.lower(): value for name, value in request.headers.items()}
        values = (headers.get(name, b"") for name in names)
        sent.append([it.decode() if isinstance(it, bytes) else it for it in values])

    for operation in ["PutObject", "UploadPart"]:
        s3.meta.events.register(f"before-send.s3.{operation}", note)
    whole = random.Random(32).randbytes(20 * MIB)
    (tmp_path / "big").write_bytes(whole)
    (tmp_path / "small").write_bytes(whole[:1000])
    for name, count in [("small", 1), ("big", 3)]:
        sent.clear()
        s3.upload_file(str(tmp_path / name), "newer", name)
        chunked = ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-crc64nvme"]
        for headers in sent:
            assert (headers[:2] == chunked) == (verify is not None)
            assert headers[2:] == ["CRC64NVME", "100-continue"]
        assert len(sent) == count
        head = s3.head_object(Bucket="newer", Key=name, ChecksumMode="ENABLED")
        assert (head["ChecksumType"], len(head["ChecksumCRC64NVME"])) == ("FULL_OBJECT", 12)
        s3.download_file("newer", name, str(tmp_path / "back"))
        assert (tmp_path / "back").read_bytes() == (tmp_path / name).read_bytes()
    with open(tmp_path / "small", "rb") as stream:
        s3.put_object(Bucket="newer", Key="stream", Body=stream)
    assert s3.get_object(Bucket="newer", Key="stream")["Body"].read() == whole[:1000]


def crt(server, verify=None):
    """The Common Runtime's transfer manager, as the CLI 2 makes it."""
    keys = Credentials(server.access_key, server.secret_key)
    client = create_s3_crt_client(
        "us-east-1",
        crt_credentials_provider=BotocoreCRTCredentialsWrapper(keys).to_crt_credentials_provider(),
        use_ssl=verify is not None,
        verify=verify,
    )
    settings = {"region_name": "us-east-1", "endpoint_url": server.endpoint, "verify": verify}
    serializer = BotocoreCRTRequestSerializer(botocore.session.get_session(), settings)
    return CRTTransferManager(client, serializer)


@over_both
def test_the_common_runtimes_client(place, tmp_path):
    it, verify = place
    s3 = it.client(verify=verify)
    s3.create_bucket(Bucket="runtime")
    whole = random.Random(33).randbytes(40 * MIB + 7)
    sizes = {"empty": 0, "small": 1000, "large": len(whole)}
    with crt(it, verify) as manager:
        for name, size in sizes.items():
            (tmp_path / name).write_bytes(whole[:size])
            manager.upload(str(tmp_path / name), "runtime", name).result()
            manager.download("runtime", name, str(tmp_path / f"{name}-back"))
        for algorithm in ["CRC64NVME", "SHA256"]:
            asked = {"ChecksumAlgorithm": algorithm}
            manager.upload(str(tmp_path / "large"), "runtime", algorithm, extra_args=asked).result()
    # A file has its name once the manager has ended.
    for name, size in sizes.items():
        assert (tmp_path / f"{name}-back").read_bytes() == whole[:size]
    for algorithm in ["CRC64NVME", "SHA256"]:
        head = s3.head_object(Bucket="runtime", Key=algorithm, ChecksumMode="ENABLED")
        assert head[f"Checksum{algorithm}"]
        assert s3.get_object(Bucket="runtime", Key=algorithm)["Body"].read() == whole
    assert "-" in s3.head_object(Bucket="runtime", Key="large")["ETag"], "it went in parts"
    names = [it["Key"] for it in s3.list_objects_v2(Bucket="runtime")["Contents"]]
    assert names == ["CRC64NVME", "SHA256", "empty", "large", "small"]
    assert s3.list_multipart_uploads(Bucket="runtime").get("Uploads") is None


def test_5_gib_by_the_common_runtimes_client(large):
    def once(way, path):
        # A file has its name once the manager has ended.
        with crt(large.server) as manager:
            if way == "upload":
                manager.upload(str(path), "large", "key").result()
            else:
                manager.download("large", "key", str(path)).result()

    def move(way, path):
        # s3transfer can't set how often the runtime tries again, and a few refused connections use that up:
        # then it is told again, as its user would.
        try:
            once(way, path)
        except awscrt.exceptions.AwsCrtError as error:
            if not large.killed_during or "CONNECTION_REFUSED" not in str(error):
                raise
            once(way, path)

    large.there_and_back(move)
