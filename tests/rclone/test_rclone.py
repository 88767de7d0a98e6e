"""rclone (Debian's): 5,000 small files there and back, copies that stay on the server, 5 GiB (long)."""

import subprocess

import pytest

from folders import difference, fill
from onggi import ACCESS_KEY, SECRET_KEY


def runner(server, cli_environment, *settings):
    """Runs `rclone WORDS` against a server; fails with its words if it fails."""
    remote = {
        "RCLONE_CONFIG": "/dev/null",
        "RCLONE_CONFIG_ONGGI_TYPE": "s3",
        "RCLONE_CONFIG_ONGGI_PROVIDER": "Other",
        "RCLONE_CONFIG_ONGGI_ENDPOINT": server.endpoint,
        "RCLONE_CONFIG_ONGGI_ACCESS_KEY_ID": ACCESS_KEY,
        "RCLONE_CONFIG_ONGGI_SECRET_ACCESS_KEY": SECRET_KEY,
        "RCLONE_CONFIG_ONGGI_REGION": "us-east-1",
    }
    # rclone 1.60 knows no AWS_ENDPOINT_URL; what it gets is its own.
    environment = {k: v for k, v in cli_environment.items() if not k.startswith("AWS_")} | remote

    def call(*words, within=240):
        command = ["rclone", "--stats", "0", *settings, *words]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=within
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return done.stdout + done.stderr

    return call


@pytest.fixture
def rclone(server, cli_environment):
    return runner(server, cli_environment, "--retries", "1", "--transfers", "8")


def test_5000_small_files_there_and_back(rclone, bucket, s3, tmp_path):
    source, back = tmp_path / "source", tmp_path / "back"
    fill(source, 5000, seed=11)
    remote = f"onggi:{bucket}/backup"
    rclone("sync", str(source), remote)
    assert "0 differences found" in rclone("check", str(source), remote)
    headers = s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-onggi-object-count"] == "5000"

    rclone("sync", remote, str(back))
    assert difference(source, back) == []
    assert "There was nothing to transfer" in rclone("sync", "-v", str(source), remote)

    for number in range(100, 200):
        (source / f"part-001/file-{number:05}.bin").unlink()
    (source / "part-002/file-00250.bin").write_bytes(b"changed")
    rclone("sync", str(source), remote)
    assert "0 differences found" in rclone("check", str(source), remote)
    assert rclone("size", remote).startswith("Total objects: 4.900k (4900)")
    rclone("purge", f"onggi:{bucket}")


def test_a_large_file_goes_in_parts_and_is_checked_by_its_md5(rclone, bucket, tmp_path):
    big = tmp_path / "big"
    big.write_bytes(bytes(range(256)) * (40 << 12))
    rclone("copy", "--s3-upload-cutoff", "8M", "--s3-chunk-size", "8M", str(big), f"onggi:{bucket}")
    rclone("check", "--download", str(big), f"onggi:{bucket}")
    rclone("copyto", f"onggi:{bucket}/big", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == big.read_bytes()
    assert "big" in rclone("lsf", f"onggi:{bucket}")
    assert rclone("cat", "--offset", "256", "--count", "4", f"onggi:{bucket}/big") == "\0\1\2\3"


def test_copies_stay_on_the_server(rclone, bucket, s3, tmp_path):
    source = tmp_path / "source"
    fill(source, 50, seed=13)
    (source / "a b+한.txt").write_bytes(b"encoded")
    (source / "big").write_bytes(bytes(range(256)) * (20 << 12))
    s3.create_bucket(Bucket=f"{bucket}-2")
    here, there = f"onggi:{bucket}/x", f"onggi:{bucket}-2/y"
    rclone("copy", str(source), here)
    # Without server-side copies rclone would download and upload.
    copied = rclone("copy", "-vv", "--s3-copy-cutoff", "8M", here, there)
    assert copied.count("Copied (server-side copy)") == 52, copied[-3000:]
    assert "0 differences found" in rclone("check", "--download", str(source), there)
    moved = rclone("moveto", "-v", f"{there}/big", f"{there}/moved")
    assert "server-side" in moved, moved
    head = s3.head_object(Bucket=f"{bucket}-2", Key="y/moved")
    assert head["ContentLength"] == 20 << 20


def test_5_gib_there_and_back(cli_environment, large):
    """rclone's own defaults: parts of 5 MiB, ten low-level tries."""
    rclone = runner(large.server, cli_environment)

    def move(way, path):
        ends = [str(path), "onggi:large/key"]
        rclone("copyto", *(ends if way == "upload" else reversed(ends)), within=1800)

    large.there_and_back(move)
