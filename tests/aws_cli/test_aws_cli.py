"""`aws s3` and `aws s3api` of the AWS CLI 1, as a tutorial uses them."""

import json
import random
import subprocess
import urllib.error
import urllib.request

import pytest

from folders import difference, fill

MIB = 1 << 20


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def test_a_bucket_is_made_listed_and_removed(aws):
    assert "make_bucket: cli-first" in aws("s3", "mb", "s3://cli-first")
    assert "cli-first" in aws("s3", "ls")
    assert "BucketAlreadyOwnedByYou" in aws("s3", "mb", "s3://cli-first", fails=True)
    assert "remove_bucket: cli-first" in aws("s3", "rb", "s3://cli-first")
    assert "NoSuchBucket" in aws("s3", "ls", "s3://cli-first", fails=True)
    assert "InvalidBucketName" in aws("s3", "mb", "s3://Not-A-Name", fails=True)


def test_a_bucket_knows_its_region(aws):
    aws("s3", "mb", "s3://cli-seoul", "--region", "ap-northeast-2")
    told = json.loads(aws("s3api", "get-bucket-location", "--bucket", "cli-seoul"))
    assert told["LocationConstraint"] == "ap-northeast-2"
    head = json.loads(aws("s3api", "head-bucket", "--bucket", "cli-seoul"))
    assert head["BucketRegion"] == "ap-northeast-2"


def test_a_file_goes_up_and_comes_back(aws, bucket, tmp_path):
    (tmp_path / "cat.jpg").write_bytes(b"\xff\xd8\xff meow")
    aws("s3", "cp", "cat.jpg", f"s3://{bucket}/images/cat.jpg")
    listed = aws("s3", "ls", f"s3://{bucket}/images/")
    assert listed.split()[2:] == ["8", "cat.jpg"]
    head = json.loads(aws("s3api", "head-object", "--bucket", bucket, "--key", "images/cat.jpg"))
    assert head["ContentType"] == "image/jpeg"
    aws("s3", "cp", f"s3://{bucket}/images/cat.jpg", "back.jpg")
    assert (tmp_path / "back.jpg").read_bytes() == b"\xff\xd8\xff meow"


def test_30_mib_go_up_in_parts_and_come_back(aws, bucket, tmp_path):
    whole = random.Random(30).randbytes(30 * MIB)
    (tmp_path / "big").write_bytes(whole)
    aws("s3", "cp", "big", f"s3://{bucket}/big")
    head = json.loads(aws("s3api", "head-object", "--bucket", bucket, "--key", "big"))
    assert head["ETag"].endswith('-4"'), "the CLI sends parts of 8 MiB"
    aws("s3", "cp", f"s3://{bucket}/big", "back")
    assert (tmp_path / "back").read_bytes() == whole
    assert json.loads(aws("s3api", "list-multipart-uploads", "--bucket", bucket) or "{}").get(
        "Uploads"
    ) is None


def test_a_stream_goes_up_and_comes_back(aws, bucket, cli_environment):
    sent = random.Random(9).randbytes(9 * MIB)
    up = ["aws", "s3", "cp", "-", f"s3://{bucket}/stream"]
    subprocess.run(up, input=sent, env=cli_environment, check=True, timeout=60)
    down = ["aws", "s3", "cp", f"s3://{bucket}/stream", "-"]
    got = subprocess.run(down, env=cli_environment, check=True, capture_output=True, timeout=60)
    assert got.stdout == sent


def test_a_folder_is_synced_both_ways(aws, bucket, tmp_path):
    fill(tmp_path / "site", 60, seed=1)
    up = aws("s3", "sync", "site", f"s3://{bucket}/site")
    assert up.count("upload:") == 60
    assert aws("s3", "sync", "site", f"s3://{bucket}/site") == "", "nothing has changed"

    aws("s3", "sync", f"s3://{bucket}/site", "back")
    assert difference(tmp_path / "site", tmp_path / "back") == []

    (tmp_path / "site/part-000/file-00059.bin").unlink()
    (tmp_path / "site/new.txt").write_text("new")
    changed = aws("s3", "sync", "site", f"s3://{bucket}/site", "--delete")
    assert (changed.count("upload:"), changed.count("delete:")) == (1, 1)
    aws("s3", "sync", f"s3://{bucket}/site", "back", "--delete")
    assert difference(tmp_path / "site", tmp_path / "back") == []


def test_recursive_copy_listing_and_removal(aws, bucket, tmp_path):
    fill(tmp_path / "many", 30, seed=2)
    aws("s3", "cp", "many", f"s3://{bucket}/a", "--recursive", "--quiet")
    listed = aws("s3", "ls", f"s3://{bucket}", "--recursive", "--summarize")
    assert "Total Objects: 30" in listed
    assert "PRE a/" in aws("s3", "ls", f"s3://{bucket}")
    removed = aws("s3", "rm", f"s3://{bucket}/a", "--recursive", "--exclude", "*.bin")
    assert removed.count("delete:") == 5
    assert "BucketNotEmpty" in aws("s3", "rb", f"s3://{bucket}", fails=True)
    assert "remove_bucket" in aws("s3", "rb", f"s3://{bucket}", "--force")


@pytest.mark.parametrize(
    ("region", "signed_with"), [("us-east-1", "AWSAccessKeyId="), ("ap-northeast-2", "X-Amz-Signature=")]
)
def test_presign(aws, bucket, s3, region, signed_with):
    """The CLI presigns with Signature Version 2 in us-east-1, with Version 4 elsewhere."""
    s3.put_object(Bucket=bucket, Key="a photo+한글.txt", Body=b"presigned")
    url = aws("s3", "presign", f"s3://{bucket}/a photo+한글.txt", "--region", region).strip()
    assert signed_with in url
    assert fetch(url) == b"presigned"
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(url.replace("photo", "other"))
    assert refused.value.code == 403
    assert b"SignatureDoesNotMatch" in refused.value.read()


def test_presigned_urls_expire(aws, bucket, s3):
    s3.put_object(Bucket=bucket, Key="k", Body=b"")
    for region in ["us-east-1", "ap-northeast-2"]:
        url = aws(
            "s3", "presign", f"s3://{bucket}/k", "--region", region, "--expires-in", "1"
        ).strip()
        subprocess.run(["sleep", "2.1"], check=True)
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(url)
        assert refused.value.code == 403
        assert b"<Message>Request has expired</Message>" in refused.value.read()


def test_what_is_not_there_yet_says_so(aws, bucket):
    assert "NotImplemented" in aws("iam", "get-role", "--role-name", "x", fails=True)
    policy = aws("s3api", "get-bucket-policy", "--bucket", bucket, fails=True)
    assert "NoSuchBucketPolicy" in policy


def test_a_wrong_secret_is_told_so(aws):
    assert "SignatureDoesNotMatch" in aws("s3", "ls", fails=True, AWS_SECRET_ACCESS_KEY="wrong")
    assert "InvalidAccessKeyId" in aws("s3", "ls", fails=True, AWS_ACCESS_KEY_ID="AKIANOBODY")


def test_tags_of_a_bucket(aws, bucket):
    tagging = "TagSet=[{Key=team,Value=한국},{Key=cost,Value=1}]"
    aws("s3api", "put-bucket-tagging", "--bucket", bucket, "--tagging", tagging)
    told = json.loads(aws("s3api", "get-bucket-tagging", "--bucket", bucket))
    assert {it["Key"]: it["Value"] for it in told["TagSet"]} == {"team": "한국", "cost": "1"}
    aws("s3api", "delete-bucket-tagging", "--bucket", bucket)
    assert "NoSuchTagSet" in aws("s3api", "get-bucket-tagging", "--bucket", bucket, fails=True)


def test_copies_between_buckets(aws, bucket, tmp_path):
    fill(tmp_path / "site", 30, seed=3)
    (tmp_path / "site/한글 +.txt").write_text("encoded")
    (tmp_path / "site/big").write_bytes(random.Random(20).randbytes(20 * MIB))
    other = f"{bucket}-2"
    aws("s3", "mb", f"s3://{other}")
    aws("s3", "cp", "site", f"s3://{bucket}/site", "--recursive", "--quiet")
    copied = aws("s3", "cp", f"s3://{bucket}/site", f"s3://{other}/site", "--recursive")
    assert copied.count("copy:") == 32
    aws("s3", "sync", f"s3://{other}/site", "back", "--quiet")
    assert difference(tmp_path / "site", tmp_path / "back") == []
    assert aws("s3", "sync", f"s3://{bucket}/site", f"s3://{other}/site") == "", "nothing has changed"

    aws("s3", "mv", f"s3://{bucket}/site/big", f"s3://{bucket}/site/moved")
    synced = aws("s3", "sync", f"s3://{bucket}/site", f"s3://{other}/site", "--delete")
    assert (synced.count("copy:"), synced.count("delete:")) == (1, 1)
    head = json.loads(aws("s3api", "head-object", "--bucket", other, "--key", "site/moved"))
    assert (head["ContentLength"], head["ETag"][-3:]) == (20 * MIB, '-3"'), "parts of 8 MiB"
    aws("s3", "rb", f"s3://{other}", "--force")


def test_tags_of_an_object(aws, bucket, tmp_path):
    (tmp_path / "k").write_text("tagged")
    where = ["--bucket", bucket, "--key", "k"]
    aws("s3api", "put-object", *where, "--body", "k", "--tagging", "a=1&b=2")
    aws("s3api", "put-object-tagging", *where, "--tagging", "TagSet=[{Key=team,Value=한국}]")
    told = json.loads(aws("s3api", "get-object-tagging", *where))
    assert told["TagSet"] == [{"Key": "team", "Value": "한국"}]
    attributes = json.loads(
        aws("s3api", "get-object-attributes", *where, "--object-attributes", "ObjectSize", "ETag")
    )
    assert attributes["ObjectSize"] == 6
    aws("s3api", "delete-object-tagging", *where)
    assert json.loads(aws("s3api", "get-object-tagging", *where))["TagSet"] == []
