"""Copies, tags and attributes through boto3, and its transfer manager's copies in parts."""

import base64
import hashlib
import random

import pytest
from boto3.s3.transfer import TransferConfig

MIB = 1 << 20


@pytest.fixture
def other(s3, bucket):
    """A second bucket."""
    s3.create_bucket(Bucket=f"{bucket}-2")
    return f"{bucket}-2"


def tags(s3, bucket, key):
    tag_set = s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    return {it["Key"]: it["Value"] for it in tag_set}


def test_names_of_all_sorts_are_copied_across_buckets(s3, bucket, other):
    for key in ["plain", "a b/c+d", "한글/옹기.txt", "100%", "q?x=1&y", "//double", "semi;colon,"]:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), Metadata={"m": "v"}, Tagging="t=1")
        copied = s3.copy_object(Bucket=other, Key=key, CopySource={"Bucket": bucket, "Key": key})
        assert copied["CopyObjectResult"]["ETag"] == f'"{hashlib.md5(key.encode()).hexdigest()}"'
        got = s3.get_object(Bucket=other, Key=key)
        assert (got["Body"].read(), got["Metadata"], got["TagCount"]) == (key.encode(), {"m": "v"}, 1)


def test_metadata_is_replaced_in_place(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ContentType="text/plain")
    source = {"Bucket": bucket, "Key": "k"}
    with refused("InvalidRequest", 400):
        s3.copy_object(Bucket=bucket, Key="k", CopySource=source)
    s3.copy_object(
        Bucket=bucket, Key="k", CopySource=source, MetadataDirective="REPLACE",
        ContentType="image/png", Metadata={"a": "b"},
    )
    head = s3.head_object(Bucket=bucket, Key="k")
    assert (head["ContentType"], head["Metadata"], head["ContentLength"]) == ("image/png", {"a": "b"}, 1)


def test_the_transfer_manager_copies_in_parts(s3, bucket, other):
    body = random.Random(21).randbytes(21 * MIB)
    s3.put_object(Bucket=bucket, Key="big", Body=body, Metadata={"m": "v"})
    config = TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB)
    s3.copy({"Bucket": bucket, "Key": "big"}, other, "big", Config=config)
    got = s3.get_object(Bucket=other, Key="big")
    assert got["ETag"].endswith('-3"')
    assert got["Body"].read() == body
    # And a copy of that is one piece again.
    s3.copy_object(Bucket=bucket, Key="again", CopySource={"Bucket": other, "Key": "big"})
    again = s3.head_object(Bucket=bucket, Key="again")
    assert again["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'


def test_tags_come_and_go(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Tagging="team=%ED%95%9C%EA%B5%AD&cost=1")
    assert tags(s3, bucket, "k") == {"team": "한국", "cost": "1"}
    tag_set = [{"Key": "a", "Value": ""}]
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging={"TagSet": tag_set})
    assert tags(s3, bucket, "k") == {"a": ""}
    assert s3.get_object(Bucket=bucket, Key="k")["TagCount"] == 1
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert tags(s3, bucket, "k") == {}


def test_attributes_of_an_object_of_parts(s3, bucket):
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    with open("/dev/zero", "rb") as zeros:
        body = zeros.read(11 * MIB)
    from io import BytesIO

    s3.upload_fileobj(BytesIO(body), bucket, "k", Config=config, ExtraArgs={"ChecksumAlgorithm": "SHA256"})
    wanted = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]
    told = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=wanted, MaxParts=2)
    assert (told["ObjectSize"], told["StorageClass"]) == (11 * MIB, "STANDARD")
    assert told["Checksum"]["ChecksumType"] == "COMPOSITE"
    parts = told["ObjectParts"]
    assert (parts["TotalPartsCount"], parts["IsTruncated"], parts["NextPartNumberMarker"]) == (3, True, 2)
    piece = base64.b64encode(hashlib.sha256(body[: 5 * MIB]).digest()).decode()
    assert [it["ChecksumSHA256"] for it in parts["Parts"]] == [piece, piece]
    rest = s3.get_object_attributes(
        Bucket=bucket, Key="k", ObjectAttributes=["ObjectParts"], PartNumberMarker=2
    )
    assert [it["Size"] for it in rest["ObjectParts"]["Parts"]] == [MIB]


def test_conditions_of_completions_and_deletions(s3, bucket, refused):
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["ETag"]
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    part = s3.upload_part(Bucket=bucket, Key="k", UploadId=begun, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    second = s3.put_object(Bucket=bucket, Key="k", Body=b"2")["ETag"]
    for etag, code, status in [
        (first, "PreconditionFailed", 412), (second, "ConditionalRequestConflict", 409),
    ]:
        with refused(code, status):
            s3.complete_multipart_upload(
                Bucket=bucket, Key="k", UploadId=begun, MultipartUpload=parts, IfMatch=etag
            )
    with refused("PreconditionFailed", 412):
        s3.delete_object(Bucket=bucket, Key="k", IfMatch=first)
    objects = [{"Key": "k", "ETag": first}, {"Key": "none", "ETag": first}]
    told = s3.delete_objects(Bucket=bucket, Delete={"Objects": objects})
    assert [it["Code"] for it in told["Errors"]] == ["PreconditionFailed", "NoSuchKey"]
    s3.delete_object(Bucket=bucket, Key="k", IfMatch=second)
    with refused("InvalidStorageClass", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", StorageClass="GLACIER")


def test_ten_thousand_parts(s3, bucket):
    """The most that there may be; each but the last is as small as may be only where the server says."""
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    for number in [1, 9_999, 10_000]:
        s3.upload_part(Bucket=bucket, Key="k", UploadId=begun, PartNumber=number, Body=b"x" * 10)
    listed = s3.list_parts(Bucket=bucket, Key="k", UploadId=begun, PartNumberMarker=1, MaxParts=1)
    assert [it["PartNumber"] for it in listed["Parts"]] == [9_999]
    assert (listed["IsTruncated"], listed["NextPartNumberMarker"]) == (True, 9_999)
    s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=begun)
