"""Durable before it is acknowledged: what the kernel is asked to do, seen by strace."""

import re
import shutil

import pytest

PUTS = 200
WRITES = "fsync,fdatasync,sync_file_range,openat,pwrite64,pwritev,pwritev2,write,writev"


@pytest.mark.skipif(not shutil.which("strace"), reason="strace isn't installed")
@pytest.mark.parametrize("size", [100, 200_000], ids=["small", "large"])
def test_serial_puts_are_synced_one_by_one(onggi, tmp_path, size):
    trace = tmp_path / "trace"
    wrapper = ["strace", "-f", "-qq", "-y", "-s", "0", "-e", f"trace={WRITES}", "-o", str(trace)]
    it = onggi(wrapper=wrapper).start()
    s3 = it.client()
    s3.create_bucket(Bucket="durable")
    before = synced(trace)
    for number in range(PUTS):
        s3.put_object(Bucket="durable", Key=f"{number}", Body=bytes(size))
        if number == PUTS // 2:
            assert synced(trace) - before > number, "each was synced before it was acknowledged"
    assert it.stop() == 0
    assert synced(trace) - before >= PUTS


def synced(trace):
    """Syncs, and writes to files that were opened to be synced by each write."""
    lines = trace.read_text().splitlines()
    opened = re.compile(r"openat\(.*O_D?SYNC.* = \d+<(.*?)>")
    by_write = {it[1] for line in lines if (it := opened.search(line))}
    written = re.compile(r"(?:write|pwrite64|writev|pwritev|pwritev2)\(\d+<(.*?)>.* = [1-9]")
    count = 0
    for line in lines:
        if re.search(r"(?:fsync|fdatasync)(?:\(| resumed).* = 0$", line):
            count += 1
        elif by_write and (it := written.search(line)) and it[1] in by_write:
            count += 1
    return count
