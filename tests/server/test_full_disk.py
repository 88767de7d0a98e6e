"""A full disk: writes are refused before it is full, deletions work, and space comes back."""

import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError

DISK_MIB = 400
SECONDS_MAX = 60
ATTEMPTS_MAX = 10


@pytest.fixture
def small_disk(tmp_path):
    """The folder `data` is a file system of its own. It takes root's rights to mount one."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("can't mount a file system here")
    yield
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(s3, prefix, size):
    """Writes until it is refused; gives the code and how many were taken."""
    for number in range(10_000):
        try:
            s3.put_object(Bucket="full", Key=f"{prefix}{number}", Body=bytes(size))
        except ClientError as refused:
            status = refused.response["ResponseMetadata"]["HTTPStatusCode"]
            return refused.response["Error"]["Code"], status, number
    raise AssertionError("the disk is never full")


def is_ready(server):
    try:
        urllib.request.urlopen(f"{server.endpoint}/_onggi/health/ready")
        return True
    except urllib.error.HTTPError as error:
        assert error.code == 503
        return False


def test_writes_are_refused_deletions_work_and_space_comes_back(small_disk, onggi):
    it = onggi("data").start()
    s3 = it.client()
    s3.create_bucket(Bucket="full")
    upload = s3.create_multipart_upload(Bucket="full", Key="open")["UploadId"]
    assert fill(s3, "large", 5 << 20)[:2] == ("InsufficientStorage", 507)
    # What the refused upload had begun counts until the next look at the disk, 200 ms at most: the
    # first refusal of a small one may come of that, and its room be there again.
    for attempt in range(ATTEMPTS_MAX):
        refused = fill(s3, f"small{attempt}-", 20_000)
        assert refused[:2] == ("InsufficientStorage", 507)
        if not is_ready(it):
            break
    else:
        raise AssertionError("the server calls itself ready and takes nothing")
    listed = s3.list_objects_v2(Bucket="full")["Contents"]
    assert s3.get_object(Bucket="full", Key="large0")["Body"].read() == bytes(5 << 20)

    s3.abort_multipart_upload(Bucket="full", Key="open", UploadId=upload)
    keys = [{"Key": it["Key"]} for it in listed]
    assert "Errors" not in s3.delete_objects(Bucket="full", Delete={"Objects": keys})
    began = time.monotonic()
    while True:
        try:
            s3.put_object(Bucket="full", Key="again", Body=bytes(5 << 20))
            break
        except ClientError:
            assert time.monotonic() - began < SECONDS_MAX
            time.sleep(0.5)
    assert it.stop() == 0
    assert it.fsck().returncode == 0
