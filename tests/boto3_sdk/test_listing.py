"""Listings through boto3, against what a sorted list in memory says."""

import itertools
import random

import pytest


@pytest.fixture(scope="module")
def listed(server):
    """A bucket of 320 keys in folders, and the keys in the order in which S3 lists them."""
    s3 = server.client()
    s3.create_bucket(Bucket="boto-listed")
    chance = random.Random(5)
    words = ["a", "b", "photos", "photos-old", "한글", "z z", "~"]
    keys = {"/".join(chance.choices(words, k=chance.randint(1, 4))) for _ in range(600)}
    keys = sorted(keys, key=str.encode)[:320]
    for key in keys:
        s3.put_object(Bucket="boto-listed", Key=key, Body=key.encode())
    return "boto-listed", keys


def expected(keys, prefix, delimiter):
    """The entries of a listing in order: keys and common prefixes."""
    entries = []
    for key in keys:
        if not key.startswith(prefix):
            continue
        rest = key[len(prefix) :]
        folder = delimiter and delimiter in rest
        entry = prefix + rest.split(delimiter)[0] + delimiter if folder else key
        if not entries or entries[-1] != entry:
            entries.append(entry)
    return entries


def entries_of(page):
    keys = [it["Key"] for it in page.get("Contents", [])]
    folders = [it["Prefix"] for it in page.get("CommonPrefixes", [])]
    return sorted(keys + folders, key=str.encode)


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
@pytest.mark.parametrize("page_size", [1, 7, 1000])
@pytest.mark.parametrize(("prefix", "delimiter"), [("", ""), ("", "/"), ("photos/", "/"), ("한글", "/"), ("a/b", "")])
def test_pages_join_to_the_whole(s3, listed, operation, page_size, prefix, delimiter):
    bucket, keys = listed
    pages = s3.get_paginator(operation).paginate(
        Bucket=bucket, Prefix=prefix, Delimiter=delimiter, PaginationConfig={"PageSize": page_size}
    )
    seen = []
    for page in itertools.islice(pages, 400):
        entries = entries_of(page)
        assert len(entries) <= page_size
        if page["IsTruncated"]:
            assert len(entries) == page_size
        seen += entries
    assert seen == expected(keys, prefix, delimiter)


def test_start_after_and_entries(s3, listed):
    bucket, keys = listed
    page = s3.list_objects_v2(Bucket=bucket, StartAfter=keys[100], MaxKeys=10, FetchOwner=True)
    assert [it["Key"] for it in page["Contents"]] == keys[101:111]
    assert page["KeyCount"] == 10
    first = page["Contents"][0]
    assert first["Size"] == len(keys[101].encode())
    assert first["StorageClass"] == "STANDARD"
    assert first["Owner"]["ID"]
    assert first["ETag"] == s3.head_object(Bucket=bucket, Key=first["Key"])["ETag"]
    assert s3.list_objects_v2(Bucket=bucket, MaxKeys=0)["KeyCount"] == 0


def test_versions_of_an_unversioned_bucket(s3, listed):
    bucket, keys = listed
    pages = s3.get_paginator("list_object_versions").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 100}
    )
    versions = [it for page in pages for it in page["Versions"]]
    assert [it["Key"] for it in versions] == keys
    assert {(it["VersionId"], it["IsLatest"]) for it in versions} == {("null", True)}
    got = s3.get_object(Bucket=bucket, Key=keys[3], VersionId="null")
    assert got["Body"].read() == keys[3].encode()


def test_bad_parameters_are_named(s3, bucket, refused):
    with refused("InvalidArgument", 400):
        s3.list_objects_v2(Bucket=bucket, ContinuationToken="not one of ours")
    with refused("InvalidArgument", 400):
        s3.list_objects_v2(Bucket=bucket, MaxKeys=-1)


def test_what_was_written_is_listed_at_once(s3, bucket):
    for number in range(50):
        s3.put_object(Bucket=bucket, Key=f"{number:02}", Body=b"")
        assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == number + 1
    for number in range(50):
        s3.delete_object(Bucket=bucket, Key=f"{number:02}")
        assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 49 - number
