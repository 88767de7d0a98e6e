"""Objects through boto3: put, get, head, delete, ranges, conditions."""

import datetime
import hashlib
import io
import random
import threading

import pytest

AWKWARD_KEYS = [
    "../up", "a//b", "/leading", "trailing/", "per%2Fcent", "plus+and&=?#", " space ", "tab\there",
    "한글/고양이.jpg", "\u1112\u1161\u11ab", "😀", "a" * 1024, "line\nbreak", "<xml>&amp;", "~'()*!",
]


def test_an_object_comes_back_as_it_was_put(s3, bucket):
    body = random.Random(1).randbytes(200_000)
    put = s3.put_object(
        Bucket=bucket, Key="cat.jpg", Body=body, ContentType="image/jpeg", CacheControl="no-cache",
        ContentDisposition='inline; filename="cat.jpg"', ContentEncoding="identity",
        ContentLanguage="ko", Metadata={"Owner": "kim", "note": "two words"},
    )  # fmt: skip
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    assert put["ETag"] == etag
    got = s3.get_object(Bucket=bucket, Key="cat.jpg")
    assert got["Body"].read() == body
    head = s3.head_object(Bucket=bucket, Key="cat.jpg")
    for told in [got, head]:
        assert told["ETag"] == etag
        assert told["ContentLength"] == len(body)
        assert told["ContentType"] == "image/jpeg"
        assert told["CacheControl"] == "no-cache"
        assert told["ContentDisposition"] == 'inline; filename="cat.jpg"'
        assert told["ContentEncoding"] == "identity"
        assert told["ContentLanguage"] == "ko"
        assert told["Metadata"] == {"owner": "kim", "note": "two words"}
        assert told["AcceptRanges"] == "bytes"
        age = datetime.datetime.now(datetime.UTC) - told["LastModified"]
        assert abs(age.total_seconds()) < 60


@pytest.mark.parametrize("size", [0, 1, 4096, 65_535, 65_536, 65_537, 1 << 20, 5_000_001])
def test_sizes_around_every_border(s3, bucket, size):
    body = random.Random(size).randbytes(size)
    s3.put_object(Bucket=bucket, Key="k", Body=body)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == body


@pytest.mark.parametrize("key", AWKWARD_KEYS)
def test_a_key_is_a_key(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    s3.delete_object(Bucket=bucket, Key=key)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_composed_and_decomposed_hangul_are_different_keys(s3, bucket):
    s3.put_object(Bucket=bucket, Key="\ud55c", Body=b"composed")
    s3.put_object(Bucket=bucket, Key="\u1112\u1161\u11ab", Body=b"decomposed")
    assert s3.get_object(Bucket=bucket, Key="\ud55c")["Body"].read() == b"composed"
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 2


def test_ranges(s3, bucket, refused):
    body = bytes(range(256)) * 1000
    s3.put_object(Bucket=bucket, Key="k", Body=body)
    for asked, first, last in [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=255990-", 255_990, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=255000-999999", 255_000, 255_999),
    ]:
        got = s3.get_object(Bucket=bucket, Key="k", Range=asked)
        assert got["Body"].read() == body[first : last + 1]
        assert got["ContentRange"] == f"bytes {first}-{last}/256000"
        assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
        assert s3.head_object(Bucket=bucket, Key="k", Range=asked)["ContentLength"] == last - first + 1
    with refused("InvalidRange", 416):
        s3.get_object(Bucket=bucket, Key="k", Range="bytes=256000-")


def test_conditional_reads(s3, bucket, refused):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"x")["ETag"]
    modified = s3.head_object(Bucket=bucket, Key="k")["LastModified"]
    later, earlier = (modified + datetime.timedelta(seconds=it) for it in (60, -60))
    for fine in [
        {"IfMatch": etag}, {"IfNoneMatch": '"other"'}, {"IfModifiedSince": earlier},
        {"IfUnmodifiedSince": later}, {"IfMatch": etag, "IfUnmodifiedSince": earlier},
    ]:  # fmt: skip
        assert s3.get_object(Bucket=bucket, Key="k", **fine)["Body"].read() == b"x"
    for unchanged in [{"IfNoneMatch": etag}, {"IfModifiedSince": modified}]:
        with refused("304", 304):
            s3.get_object(Bucket=bucket, Key="k", **unchanged)
    for failed in [{"IfMatch": '"other"'}, {"IfUnmodifiedSince": earlier}]:
        with refused("PreconditionFailed", 412):
            s3.get_object(Bucket=bucket, Key="k", **failed)


def test_conditional_writes(s3, bucket, refused):
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    with refused("PreconditionFailed", 412):
        s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfNoneMatch="*")
    s3.put_object(Bucket=bucket, Key="k", Body=b"3", IfMatch=first)
    with refused("PreconditionFailed", 412):
        s3.put_object(Bucket=bucket, Key="k", Body=b"4", IfMatch=first)
    with refused("NoSuchKey", 404):
        s3.put_object(Bucket=bucket, Key="nothing", Body=b"5", IfMatch=first)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"3"


def test_of_many_that_create_a_key_one_wins(server, bucket):
    won, lost = [], []

    def create(number):
        client = server.client()
        try:
            client.put_object(Bucket=bucket, Key="k", Body=f"{number}".encode(), IfNoneMatch="*")
            won.append(number)
        except client.exceptions.ClientError as error:
            lost.append(error.response["Error"]["Code"])

    threads = [threading.Thread(target=create, args=(it,)) for it in range(16)]
    [it.start() for it in threads]
    [it.join() for it in threads]
    assert len(won) == 1
    assert set(lost) <= {"PreconditionFailed", "ConditionalRequestConflict"}
    assert server.client().get_object(Bucket=bucket, Key="k")["Body"].read() == f"{won[0]}".encode()


def test_response_headers_can_be_overridden(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ContentType="text/plain")
    got = s3.get_object(
        Bucket=bucket, Key="k", ResponseContentType="image/png", ResponseCacheControl="max-age=1",
        ResponseContentDisposition="attachment",
    )  # fmt: skip
    assert (got["ContentType"], got["CacheControl"]) == ("image/png", "max-age=1")
    assert got["ContentDisposition"] == "attachment"


def test_delete_objects(s3, bucket):
    keys = [f"k{it:04}" for it in range(1000)]
    for key in keys[::50]:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    # Whether a key was there makes no difference.
    told = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": it} for it in keys]})
    assert [it["Key"] for it in told["Deleted"]] == keys
    assert "Errors" not in told
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    quiet = {"Objects": [{"Key": "x"}], "Quiet": True}
    assert "Deleted" not in s3.delete_objects(Bucket=bucket, Delete=quiet)


def test_more_than_1000_deletions_at_once_are_refused(s3, bucket, refused):
    with refused("MalformedXML", 400):
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": f"{it}"} for it in range(1001)]})


def test_errors_name_what_they_are_about(s3, bucket, refused):
    with refused("NoSuchKey", 404) as caught:
        s3.get_object(Bucket=bucket, Key="not here")
    assert caught.value.response["Error"]["Key"] == "not here"
    assert caught.value.response["ResponseMetadata"]["RequestId"]
    with refused("NoSuchBucket", 404) as caught:
        s3.get_object(Bucket="no-such-bucket-here", Key="k")
    assert caught.value.response["Error"]["BucketName"] == "no-such-bucket-here"
    with refused("404", 404):
        s3.head_object(Bucket=bucket, Key="not here")
    with refused("KeyTooLongError", 400):
        s3.put_object(Bucket=bucket, Key="k" * 1025, Body=b"")
    with refused("MetadataTooLarge", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", Metadata={"m": "x" * 2100})
    with refused("InvalidDigest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", ContentMD5="not base64 of an md5")
    with refused("BadDigest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_signatures_that_do_not_fit(server, bucket, refused):
    with refused("SignatureDoesNotMatch", 403) as caught:
        server.client(key=(server.access_key, "wrong")).list_buckets()
    assert caught.value.response["Error"]["StringToSign"].startswith("AWS4-HMAC-SHA256\n")
    with refused("InvalidAccessKeyId", 403):
        server.client(key=("AKIANOBODY", "wrong")).list_buckets()
    with refused("InvalidToken", 400):
        server.client(aws_session_token="none of ours").list_buckets()


def test_every_region_in_the_scope_is_accepted(server, bucket):
    for region in ["eu-central-1", "ap-northeast-2", "garage"]:
        client = server.client(region_name=region)
        client.put_object(Bucket=bucket, Key=region, Body=b"")
        assert client.list_objects_v2(Bucket=bucket)["KeyCount"] > 0


def test_file_objects_are_streamed_both_ways(s3, bucket):
    body = random.Random(3).randbytes(20 << 20)
    s3.upload_fileobj(io.BytesIO(body), bucket, "big")
    back = io.BytesIO()
    s3.download_fileobj(bucket, "big", back)
    assert back.getvalue() == body
