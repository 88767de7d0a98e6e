"""s3cmd 2 on 5,000 small files: sync up, sync down, compare; its own ways to list and sign."""

import subprocess
import urllib.request

import pytest

from folders import difference, fill
from onggi import ACCESS_KEY, SECRET_KEY


@pytest.fixture
def s3cmd(server, cli_environment, tmp_path):
    host = f"127.0.0.1:{server.port}"
    (tmp_path / "s3cfg").write_text(
        f"[default]\naccess_key = {ACCESS_KEY}\nsecret_key = {SECRET_KEY}\n"
        f"host_base = {host}\nhost_bucket = {host}\nuse_https = False\nmax_retries = 0\n"
    )

    def call(*words):
        command = ["s3cmd", "-c", str(tmp_path / "s3cfg"), "--no-progress", *words]
        done = subprocess.run(
            command, env=cli_environment, capture_output=True, text=True, timeout=280
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return done.stdout

    return call


def test_5000_small_files_there_and_back(s3cmd, bucket, tmp_path):
    source, back = tmp_path / "source", tmp_path / "back"
    fill(source, 5000, seed=12)
    back.mkdir()
    s3cmd("sync", "--quiet", f"{source}/", f"s3://{bucket}/backup/")
    s3cmd("sync", "--quiet", f"s3://{bucket}/backup/", f"{back}/")
    assert difference(source, back) == []
    assert "5000 objects" in s3cmd("du", f"s3://{bucket}")
    s3cmd("del", "--recursive", "--force", "--quiet", f"s3://{bucket}/backup/")
    assert s3cmd("ls", "--recursive", f"s3://{bucket}") == ""
    s3cmd("rb", f"s3://{bucket}")


def test_put_get_info_and_parts(s3cmd, s3, bucket, tmp_path):
    (tmp_path / "big").write_bytes(bytes(range(256)) * (12 << 12))
    s3cmd("put", "--multipart-chunk-size-mb=5", str(tmp_path / "big"), f"s3://{bucket}/big")
    assert s3.head_object(Bucket=bucket, Key="big")["ETag"].endswith('-3"')
    s3cmd("get", f"s3://{bucket}/big", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == (tmp_path / "big").read_bytes()
    assert str(12 << 20) in s3cmd("ls", f"s3://{bucket}")


def test_signurl(s3cmd, bucket, tmp_path):
    (tmp_path / "k").write_bytes(b"signed by s3cmd")
    s3cmd("put", str(tmp_path / "k"), f"s3://{bucket}/k")
    url = s3cmd("signurl", f"s3://{bucket}/k", "+60").strip()
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"signed by s3cmd"


def test_copies_moves_and_new_metadata(s3cmd, s3, bucket, tmp_path):
    (tmp_path / "k").write_bytes(b"copied by s3cmd")
    s3cmd("put", str(tmp_path / "k"), f"s3://{bucket}/a b+한")
    # By default s3cmd sets the source's ACL again, which a bucket without ACLs refuses here and on AWS.
    s3cmd("cp", "--acl-private", f"s3://{bucket}/a b+한", f"s3://{bucket}/copy")
    s3cmd("mv", "--acl-private", f"s3://{bucket}/copy", f"s3://{bucket}/moved")
    s3cmd("modify", "--acl-private", "--add-header=x-amz-meta-a:b", f"s3://{bucket}/moved")
    got = s3.get_object(Bucket=bucket, Key="moved")
    assert (got["Body"].read(), got["Metadata"]["a"]) == (b"copied by s3cmd", "b")
    assert [it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a b+한", "moved"]
