"""The checksums that SDKs send by default or on request, and those that don't fit."""

import base64
import hashlib
import zlib

import pytest
from awscrt import checksums
from certificates import Authority
from onggi import ROOT, Onggi

BODY = b"The quick brown fox jumps over the lazy dog" * 3000


def in_base64(number, length):
    return base64.b64encode(number.to_bytes(length, "big")).decode()


# Each algorithm, and the body's checksum as another implementation computes it.
EXPECTED = {
    "CRC32": in_base64(zlib.crc32(BODY), 4),
    "CRC32C": in_base64(checksums.crc32c(BODY), 4),
    "CRC64NVME": in_base64(checksums.crc64nvme(BODY), 8),
    "SHA1": base64.b64encode(hashlib.sha1(BODY).digest()).decode(),
    "SHA256": base64.b64encode(hashlib.sha256(BODY).digest()).decode(),
}


@pytest.mark.parametrize("algorithm", EXPECTED)
def test_an_algorithm_is_verified_kept_and_returned(s3, bucket, algorithm):
    member = f"Checksum{algorithm}"
    put = s3.put_object(Bucket=bucket, Key="k", Body=BODY, ChecksumAlgorithm=algorithm)
    assert put[member] == EXPECTED[algorithm]
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert head[member] == EXPECTED[algorithm]
    assert head["ChecksumType"] == "FULL_OBJECT"
    got = s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["Body"].read() == BODY, "boto3 verifies the checksum while it reads"
    assert got[member] == EXPECTED[algorithm]
    without = s3.head_object(Bucket=bucket, Key="k")
    assert member not in without


@pytest.mark.parametrize("algorithm", EXPECTED)
def test_a_checksum_that_does_not_fit_stores_nothing(s3, bucket, algorithm, refused):
    wrong = base64.b64encode(bytes(len(base64.b64decode(EXPECTED[algorithm])))).decode()
    with refused("BadDigest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=BODY, **{f"Checksum{algorithm}": wrong})
    with refused("InvalidRequest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=BODY, **{f"Checksum{algorithm}": "no base64"})
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@pytest.fixture(scope="module")
def over_tls(tmp_path_factory):
    """A client that speaks TLS: there boto3 sends checksums in trailers and signs no payload."""
    folder = tmp_path_factory.mktemp("tls")
    authority = Authority(folder)
    it = Onggi(folder / "data", environment=ROOT | authority.certify())
    try:
        yield it.start().client(verify=str(authority.path))
    finally:
        it.kill()


@pytest.mark.parametrize("algorithm", EXPECTED)
def test_in_a_trailer(over_tls, algorithm):
    headers = {}

    def note(request, **_):
        for name, value in request.headers.items():
            headers[name.lower()] = value.decode() if isinstance(value, bytes) else value

    over_tls.meta.events.register("before-send.s3.PutObject", note)
    bucket = f"trailer-{algorithm.lower()}"
    over_tls.create_bucket(Bucket=bucket)
    over_tls.put_object(Bucket=bucket, Key="k", Body=BODY, ChecksumAlgorithm=algorithm)
    assert headers["x-amz-content-sha256"] == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assert headers["x-amz-trailer"] == f"x-amz-checksum-{algorithm.lower()}"
    got = over_tls.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["Body"].read() == BODY
    assert got[f"Checksum{algorithm}"] == EXPECTED[algorithm]
    assert "ContentEncoding" not in got, "aws-chunked isn't the object's encoding"


def test_without_any_checksum_crc64nvme_is_kept_all_the_same(server, bucket):
    s3 = server.client(config={"request_checksum_calculation": "when_required"})
    s3.put_object(Bucket=bucket, Key="k", Body=BODY)
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert head["ChecksumCRC64NVME"] == EXPECTED["CRC64NVME"]


def test_the_sdks_default_is_crc32(s3, bucket):
    assert s3.put_object(Bucket=bucket, Key="k", Body=BODY)["ChecksumCRC32"] == EXPECTED["CRC32"]


@pytest.mark.parametrize(("algorithm", "digest"), [("SHA512", hashlib.sha512), ("MD5", hashlib.md5)])
def test_newer_algorithms_take_a_value_that_is_computed_before(s3, bucket, algorithm, digest, refused):
    """boto3 sends what it is given; it doesn't compute these itself."""
    member, sum = f"Checksum{algorithm}", base64.b64encode(digest(BODY).digest()).decode()
    put = s3.put_object(Bucket=bucket, Key="k", Body=BODY, **{member: sum})
    assert put[member] == sum
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert (head[member], head["ChecksumType"]) == (sum, "FULL_OBJECT")
    with refused("BadDigest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=BODY + b"x", **{member: sum})
