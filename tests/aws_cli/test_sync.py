"""`aws s3 sync --delete` of a whole tree: up, up again, changed, and back, byte for byte."""

import sys
import time

import pytest

from folders import difference, fill

# Of each hundred files of a folder: what happens to some between two runs.
CHANGED, LONGER, REMOVED = 20, 40, 60


def change(folder):
    """One file in a hundred gets other bytes of the same number, one more bytes, one goes; a new one comes.
    Gives how many files of each kind there are."""
    parts = sorted(folder.iterdir())
    for part in parts:
        files = sorted(part.iterdir())
        same = files[CHANGED].read_bytes()
        files[CHANGED].write_bytes(bytes(it ^ 1 for it in same) or b"x")
        with files[LONGER].open("ab") as file:
            file.write(b"and more")
        files[REMOVED].unlink()
        (part / "zz new.txt").write_text(part.name)
    return len(parts)


@pytest.mark.parametrize(
    ("count", "within"),
    [
        (2_000, 300),
        pytest.param(100_000, 3600, marks=[pytest.mark.long, pytest.mark.timeout(3 * 3600)]),
    ],
)
def test_a_tree_is_kept_the_same_both_ways(aws, onggi, tmp_path, count, within):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="tree")
    site, back, there = tmp_path / "site", tmp_path / "back", "s3://tree/site"
    fill(site, count, seed=count, bytes_max=2048)

    def sync(*words):
        began = time.monotonic()
        said = aws(
            "s3", "sync", *words, "--delete", "--no-progress", within=within,
            AWS_ENDPOINT_URL=it.endpoint,
        )  # fmt: skip
        lines = [line.partition(":")[0] for line in said.splitlines()]
        print(f"{count} files, sync {words}: {time.monotonic() - began:.1f} s", file=sys.stderr)
        return {kind: lines.count(kind) for kind in set(lines)}

    assert sync("site", there) == {"upload": count}
    assert sync("site", there) == {}, "nothing has changed"
    counted = s3.head_bucket(Bucket="tree")["ResponseMetadata"]["HTTPHeaders"]
    assert counted["x-onggi-object-count"] == str(count)
    assert sync(there, "back", "--exact-timestamps") == {"download": count}
    assert difference(site, back) == []

    # Times in S3 are whole seconds: what changes within the second of its upload looks unchanged, and
    # what is uploaded within the second of its change looks older than the file.
    time.sleep(1.1)
    parts = change(site)
    time.sleep(1.1)
    assert sync("site", there) == {"upload": 3 * parts, "delete": parts}
    assert sync(there, "back", "--exact-timestamps") == {"download": 3 * parts, "delete": parts}
    assert difference(site, back) == []
    assert sync("site", there) == {}, "nothing has changed"
    assert sync(there, "back", "--exact-timestamps") == {}, "nor there"

    # Everything goes: a hundred pages of a listing, each deleted while the next is asked for.
    (tmp_path / "empty").mkdir()
    assert sync("empty", there) == {"delete": count}
    assert s3.list_objects_v2(Bucket="tree")["KeyCount"] == 0
    s3.delete_bucket(Bucket="tree")
    peak = next(line for line in open(f"/proc/{it.pid}/status") if line.startswith("VmHWM"))
    print(f"{count} files, {peak}", file=sys.stderr)
    assert int(peak.split()[1]) < 300 << 10, "the server keeps none of it"
    assert it.stop() == 0
    checked = it.fsck()
    assert checked.returncode == 0, checked.stdout
