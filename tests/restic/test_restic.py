"""restic (Debian's) on a folder: back up, check, change, back up again, restore, forget, prune."""

import json
import random
import subprocess

import pytest

from folders import difference, fill
from onggi import ACCESS_KEY, SECRET_KEY

MIB = 1 << 20


@pytest.fixture
def restic(cli_environment, server, bucket, tmp_path):
    """Runs `restic WORDS` on a repository in the test's bucket; fails with its words if it fails."""
    environment = {k: v for k, v in cli_environment.items() if not k.startswith("AWS_")} | {
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "RESTIC_REPOSITORY": f"s3:{server.endpoint}/{bucket}/backups",
        "RESTIC_PASSWORD": "of these tests",
        "RESTIC_CACHE_DIR": str(tmp_path / "cache"),
    }

    def call(*words, fails=False):
        command = ["restic", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240
        )
        assert (done.returncode != 0) == fails, (done.stdout + done.stderr)[-4000:]
        return done.stderr if fails else done.stdout

    return call


def test_backups_are_made_checked_restored_and_pruned(restic, bucket, s3, tmp_path):
    source = tmp_path / "source"
    fill(source, 500, seed=21)
    # Packs are 16 MiB and more: past the 16 MiB of a single PUT minio-go uploads parts.
    (source / "large").write_bytes(random.Random(22).randbytes(60 * MIB))
    restic("init")
    assert "already" in restic("init", fails=True)
    restic("backup", "source", "--pack-size", "32")
    assert "no errors were found" in restic("check", "--read-data")
    packs = s3.list_objects_v2(Bucket=bucket, Prefix="backups/data/")["Contents"]
    assert max(it["Size"] for it in packs) > 16 * MIB

    first = {path: (source / path).read_bytes() for path in ["part-001/file-00110.bin", "large"]}
    (source / "large").write_bytes(random.Random(23).randbytes(20 * MIB))
    (source / "part-001/file-00110.bin").unlink()
    (source / "new 한글.txt").write_text("new")
    restic("backup", "source")
    restic("restore", "latest", "--target", "back", "--verify")
    assert difference(source, tmp_path / "back/source") == []

    snapshots = json.loads(restic("snapshots", "--json"))
    assert len(snapshots) == 2
    restic("restore", snapshots[0]["id"], "--target", "first")
    for path, body in first.items():
        assert (tmp_path / "first/source" / path).read_bytes() == body
    assert not (tmp_path / "first/source/new 한글.txt").exists()

    before = sum(it["Size"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"])
    assert "1 snapshots have been removed" in restic("forget", "--keep-last", "1", "--prune")
    after = sum(it["Size"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"])
    assert after < before - 50 * MIB, "the first large file has gone"
    assert "no errors were found" in restic("check", "--read-data")
    restic("restore", "latest", "--target", "last")
    assert difference(source, tmp_path / "last/source") == []
    assert restic("list", "locks") == "", "no command leaves its lock"
