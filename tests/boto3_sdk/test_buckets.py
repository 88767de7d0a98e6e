"""Buckets through boto3."""

import pytest


def test_create_head_list_delete(s3, refused):
    assert s3.create_bucket(Bucket="boto-one")["Location"] == "/boto-one"
    assert s3.head_bucket(Bucket="boto-one")["BucketRegion"] == "us-east-1"
    named = {it["Name"]: it for it in s3.list_buckets()["Buckets"]}
    assert named["boto-one"]["CreationDate"].year > 2000
    s3.delete_bucket(Bucket="boto-one")
    with refused("404", 404):
        s3.head_bucket(Bucket="boto-one")
    with refused("NoSuchBucket", 404):
        s3.delete_bucket(Bucket="boto-one")


def test_a_location_constraint_is_kept(s3):
    where = {"LocationConstraint": "ap-northeast-2"}
    s3.create_bucket(Bucket="boto-seoul", CreateBucketConfiguration=where)
    assert s3.get_bucket_location(Bucket="boto-seoul")["LocationConstraint"] == "ap-northeast-2"
    assert s3.head_bucket(Bucket="boto-seoul")["BucketRegion"] == "ap-northeast-2"
    listed = s3.list_buckets(BucketRegion="ap-northeast-2", Prefix="boto-")["Buckets"]
    assert [it["Name"] for it in listed] == ["boto-seoul"]


def test_buckets_are_listed_in_pages(s3):
    names = [f"boto-page-{it:02}" for it in range(7)]
    for name in names:
        s3.create_bucket(Bucket=name)
    pages = s3.get_paginator("list_buckets").paginate(
        Prefix="boto-page-", PaginationConfig={"PageSize": 3}
    )
    listed = [[it["Name"] for it in page.get("Buckets", [])] for page in pages]
    assert [len(it) for it in listed] == [3, 3, 1]
    assert sum(listed, []) == names


def test_ones_own_again_and_bad_names(s3, bucket, refused):
    with refused("BucketAlreadyOwnedByYou", 409):
        s3.create_bucket(Bucket=bucket)
    for name in ["ab", "Upper", "two..dots", "192.168.1.1", "xn--punycode", "-dash", "under_score"]:
        with refused("InvalidBucketName", 400):
            # boto3 itself checks little more than the length.
            s3.create_bucket(Bucket=name)


def test_a_bucket_with_objects_stays(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"")
    with refused("BucketNotEmpty", 409):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="k")
    s3.create_multipart_upload(Bucket=bucket, Key="open")
    s3.delete_bucket(Bucket=bucket)


def test_usage_is_in_head_bucket(s3, bucket):
    def usage():
        headers = s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"]
        return int(headers["x-onggi-object-count"]), int(headers["x-onggi-bytes-used"])

    assert usage() == (0, 0)
    s3.put_object(Bucket=bucket, Key="a", Body=b"12345")
    s3.put_object(Bucket=bucket, Key="b", Body=b"x" * 100_000)
    assert usage() == (2, 100_005)
    s3.put_object(Bucket=bucket, Key="b", Body=b"x")
    assert usage() == (2, 6)
    s3.delete_object(Bucket=bucket, Key="b")
    s3.delete_object(Bucket=bucket, Key="b")
    assert usage() == (1, 5)


@pytest.mark.parametrize(
    ("read", "code"),
    [
        ("get_bucket_policy", "NoSuchBucketPolicy"),
        ("get_bucket_cors", "NoSuchCORSConfiguration"),
        ("get_bucket_website", "NoSuchWebsiteConfiguration"),
        ("get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration"),
        ("get_bucket_tagging", "NoSuchTagSet"),
        ("get_bucket_encryption", "ServerSideEncryptionConfigurationNotFoundError"),
        ("get_bucket_replication", "ReplicationConfigurationNotFoundError"),
        ("get_object_lock_configuration", "ObjectLockConfigurationNotFoundError"),
    ],
)
def test_configurations_that_are_not_set(s3, bucket, refused, read, code):
    with refused(code, 404):
        getattr(s3, read)(Bucket=bucket)


def test_configurations_whose_unset_state_is_an_answer(s3, bucket):
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=bucket)
    assert "Status" not in s3.get_bucket_accelerate_configuration(Bucket=bucket)
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"
    told = s3.get_bucket_notification_configuration(Bucket=bucket)
    assert set(told) == {"ResponseMetadata"}


def test_settings_that_could_not_act_are_refused(s3, bucket, refused):
    with refused("NotImplemented", 501):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    with refused("NotImplemented", 501):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", ServerSideEncryption="AES256")
    with refused("AccessControlListNotSupported", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", ACL="public-read")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
