"""Multipart uploads through boto3."""

import hashlib
import random

import pytest

MIB = 1 << 20


def bodies(*sizes):
    return [random.Random(index).randbytes(size) for index, size in enumerate(sizes)]


@pytest.fixture
def upload(s3, bucket):
    """Begins an upload of key `k` and sends parts; gives the id and what Complete is told."""

    def begin(parts, **settings):
        upload_id = s3.create_multipart_upload(Bucket=bucket, Key="k", **settings)["UploadId"]
        told = []
        for number, body in enumerate(parts, 1):
            sent = s3.upload_part(
                Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=number, Body=body
            )
            told.append({"PartNumber": number, "ETag": sent["ETag"]})
        return upload_id, told

    return begin


def complete(s3, bucket, upload_id, parts, **more):
    return s3.complete_multipart_upload(
        Bucket=bucket, Key="k", UploadId=upload_id, MultipartUpload={"Parts": parts}, **more
    )


def test_parts_become_one_object(s3, bucket, upload):
    parts = bodies(5 * MIB, 5 * MIB + 1, 3)
    upload_id, told = upload(parts, ContentType="video/mp4", Metadata={"a": "b"})
    done = complete(s3, bucket, upload_id, told)
    digests = b"".join(hashlib.md5(it).digest() for it in parts)
    assert done["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-3"'
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == b"".join(parts)
    assert (got["ContentType"], got["Metadata"]) == ("video/mp4", {"a": "b"})
    across = s3.get_object(Bucket=bucket, Key="k", Range=f"bytes={5 * MIB - 2}-{5 * MIB + 1}")
    assert across["Body"].read() == parts[0][-2:] + parts[1][:2]


def test_completing_again_gives_the_same_answer(s3, bucket, upload):
    upload_id, told = upload(bodies(10))
    assert complete(s3, bucket, upload_id, told)["ETag"] == complete(s3, bucket, upload_id, told)["ETag"]


def test_reading_by_part_number(s3, bucket, upload, refused):
    parts = bodies(5 * MIB, 100)
    upload_id, told = upload(parts)
    complete(s3, bucket, upload_id, told)
    second = s3.get_object(Bucket=bucket, Key="k", PartNumber=2)
    assert second["Body"].read() == parts[1]
    assert second["PartsCount"] == 2
    assert second["ContentRange"] == f"bytes {5 * MIB}-{5 * MIB + 99}/{5 * MIB + 100}"
    assert s3.head_object(Bucket=bucket, Key="k", PartNumber=1)["ContentLength"] == 5 * MIB
    with refused("InvalidPartNumber", 416):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=3)


def test_parts_and_uploads_are_listed(s3, bucket, upload):
    upload_id, told = upload(bodies(10, 20, 30, 40))
    pages = s3.get_paginator("list_parts").paginate(
        Bucket=bucket, Key="k", UploadId=upload_id, PaginationConfig={"PageSize": 3}
    )
    listed = [it for page in pages for it in page["Parts"]]
    assert [(it["PartNumber"], it["Size"]) for it in listed] == [(1, 10), (2, 20), (3, 30), (4, 40)]
    assert [it["ETag"] for it in listed] == [it["ETag"] for it in told]
    others = [s3.create_multipart_upload(Bucket=bucket, Key=f"o{it}")["UploadId"] for it in range(4)]
    pages = s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 2}
    )
    listed = [(it["Key"], it["UploadId"]) for page in pages for it in page["Uploads"]]
    assert listed == [("k", upload_id)] + [(f"o{it}", other) for it, other in enumerate(others)]
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_an_aborted_upload_is_gone(s3, bucket, upload, refused):
    upload_id, told = upload(bodies(10))
    s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload_id)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)
    with refused("NoSuchUpload", 404):
        complete(s3, bucket, upload_id, told)
    with refused("NoSuchUpload", 404):
        s3.upload_part(Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=1, Body=b"")


def test_mistakes_in_completing(s3, bucket, upload, refused):
    upload_id, told = upload(bodies(10, 5))
    with refused("EntityTooSmall", 400):
        complete(s3, bucket, upload_id, told)
    with refused("InvalidPartOrder", 400):
        complete(s3, bucket, upload_id, told[::-1])
    with refused("InvalidPart", 400):
        complete(s3, bucket, upload_id, [{"PartNumber": 1, "ETag": '"' + "0" * 32 + '"'}])
    with refused("InvalidPart", 400):
        complete(s3, bucket, upload_id, [{"PartNumber": 9, "ETag": told[0]["ETag"]}])
    with refused("MalformedXML", 400):
        complete(s3, bucket, upload_id, [])
    with refused("InvalidArgument", 400):
        s3.upload_part(Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=10_001, Body=b"")
    complete(s3, bucket, upload_id, told[:1])
    assert s3.head_object(Bucket=bucket, Key="k")["ContentLength"] == 10


def test_a_part_sent_again_replaces_the_first(s3, bucket, upload):
    upload_id, _ = upload([b"first"])
    sent = s3.upload_part(Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=1, Body=b"second")
    complete(s3, bucket, upload_id, [{"PartNumber": 1, "ETag": sent["ETag"]}])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"second"


def test_completing_with_a_condition(s3, bucket, upload, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"there already")
    upload_id, told = upload(bodies(10))
    with refused("PreconditionFailed", 412):
        complete(s3, bucket, upload_id, told, IfNoneMatch="*")
    s3.delete_object(Bucket=bucket, Key="k")
    with refused("ConditionalRequestConflict", 409):
        complete(s3, bucket, upload_id, told, IfNoneMatch="*")
    upload_id, told = upload(bodies(10))
    complete(s3, bucket, upload_id, told, IfNoneMatch="*")


@pytest.mark.parametrize(
    ("algorithm", "kind"),
    [
        ("CRC64NVME", "FULL_OBJECT"),
        ("CRC32", "COMPOSITE"),
        ("CRC32C", "COMPOSITE"),
        ("SHA1", "COMPOSITE"),
        ("SHA256", "COMPOSITE"),
    ],
)
def test_checksums_of_parts_and_of_the_whole(s3, bucket, algorithm, kind):
    member = f"Checksum{algorithm}"
    upload_id = s3.create_multipart_upload(
        Bucket=bucket, Key="k", ChecksumAlgorithm=algorithm, ChecksumType=kind
    )["UploadId"]
    told = []
    for number, body in enumerate(bodies(5 * MIB, 1000), 1):
        sent = s3.upload_part(
            Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=number, Body=body,
            ChecksumAlgorithm=algorithm,
        )  # fmt: skip
        told.append({"PartNumber": number, "ETag": sent["ETag"], member: sent[member]})
    done = complete(s3, bucket, upload_id, told)
    assert done["ChecksumType"] == kind
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert head[member] == done[member]
    assert done[member].endswith("-2") == (kind == "COMPOSITE")
    got = s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["Body"].read() == b"".join(bodies(5 * MIB, 1000))


def test_a_whole_objects_checksum_is_verified_on_completing(s3, bucket, refused):
    upload_id = s3.create_multipart_upload(
        Bucket=bucket, Key="k", ChecksumAlgorithm="CRC64NVME", ChecksumType="FULL_OBJECT"
    )["UploadId"]
    sent = s3.upload_part(
        Bucket=bucket, Key="k", UploadId=upload_id, PartNumber=1, Body=b"x",
        ChecksumAlgorithm="CRC64NVME",
    )  # fmt: skip
    part = {"PartNumber": 1, "ETag": sent["ETag"], "ChecksumCRC64NVME": sent["ChecksumCRC64NVME"]}
    wrong = {"ChecksumCRC64NVME": "AAAAAAAAAAA=", "ChecksumType": "FULL_OBJECT"}
    with refused("BadDigest", 400):
        complete(s3, bucket, upload_id, [part], **wrong)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
