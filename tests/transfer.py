"""A large file up and back by a client's own means, byte for byte, while the server's memory is bounded
and, the second time, the server is killed (-9) and started again in the middle of both ways.

The fixture `large` (conftest.py) gives a test a `Transfer`, undisturbed and killed, and its
`there_and_back` is the whole of it. A test brings a call that blocks until the client has done its
work, in this process or in another; how often the client tries again is the test's to choose, as a
user would. (Ten attempts and no quota: ten connections that are refused for a second use up the 500
tokens of botocore's "standard" mode, whatever its `max_attempts`; its "legacy" mode has none.)
Nothing large stays on the disk, whatever happens.
"""

import functools
import hashlib
import random
import shutil
import sys
import threading
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

MIB = 1 << 20
GIB = 1 << 30
# How long a supervisor lets a dead server be.
DOWN_SECONDS = 1
# Peak of the server's memory, whatever the size of the object. An idle one has 50 MiB at most
# (server/test_memory.py); the rest is for the parts that a client sends or fetches at a time.
PEAK_BYTES_MAX = 160 * MIB


class Transfer:
    """5 GiB to the object `key` of the bucket `large` and back. `server` was started for this alone and
    dies once in the middle of each of those of "upload" and "download" that `killed_during` names."""

    def __init__(self, server, folder, killed_during):
        self.server = server
        self.folder = Path(folder)
        self.killed_during = killed_during
        server.client().create_bucket(Bucket="large")

    def there_and_back(self, move, size=5 * GIB):
        """Uploads a file of pseudo-random bytes and downloads the object to another file, by
        `move("upload", path)` and `move("download", path)`. Gives the seconds that each took."""
        paths = {it: self.folder / f"{it}.bin" for it in ["upload", "download"]}
        seconds, seed = {}, random.randrange(1 << 32)
        try:
            print(f"{size} bytes, seed {seed}", file=sys.stderr)
            wanted = write_random(paths["upload"], size, seed)
            for way, path in paths.items():
                kill_at = size // 2 if way in self.killed_during else None
                work = functools.partial(move, way, path)
                seconds[way], peak = watched(self.server, work, kill_at)
                print(f"{way}: {seconds[way]:.1f} s, server's peak {peak >> 20} MiB", file=sys.stderr)
                assert peak < PEAK_BYTES_MAX, f"{way}: the server used {peak >> 20} MiB"
                # Never three copies: the source goes before its object comes back.
                paths["upload"].unlink(missing_ok=True)
            assert paths["download"].stat().st_size == size
            assert digest(paths["download"]) == wanted
        finally:
            for path in paths.values():
                path.unlink(missing_ok=True)
            self.server.kill()
            shutil.rmtree(self.server.folder)
        return seconds


def watched(server, work, kill_at=None):
    """Does `work` while the server is watched, and killed and started again once it has moved `kill_at`
    bytes. Gives the seconds that it took and the peak of the server's memory in bytes."""
    failures = []

    def guarded():
        try:
            work()
        except BaseException as error:
            failures.append(error)

    before, began = counts(server), time.monotonic()
    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    peaks = []
    while thread.is_alive():
        if kill_at and moved(server, before) >= kill_at:
            peaks.append(peak_memory(server))
            server.kill()
            time.sleep(DOWN_SECONDS)
            server.start()
            kill_at = None
        thread.join(0.05)
    seconds = time.monotonic() - began
    if failures:
        raise failures[0]
    assert not kill_at, f"the server moved {moved(server, before)} bytes and was never killed"
    peaks.append(peak_memory(server))
    return seconds, max(peaks)


def moved(server, before):
    """Bytes that the server has read from files or has written to them since it had counted `before`,
    whichever are more: how far an upload or a download has got, also of an object that is one request."""
    return max(now - then for now, then in zip(counts(server), before, strict=True))


def counts(server):
    lines = Path(f"/proc/{server.pid}/io").read_text().splitlines()
    io = dict(line.split(": ") for line in lines)
    return int(io["rchar"]), int(io["wchar"])


def peak_memory(server):
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    return int(next(it for it in lines if "VmHWM" in it).split()[1]) << 10


def write_random(path, size, seed):
    """Writes a file of bytes that repeat nowhere. Gives their digest."""
    # AES in counter mode makes them a hundred times faster than Python's generator.
    key = hashlib.sha256(f"{seed}".encode()).digest()
    stream = Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor()
    zeros, hasher = bytes(MIB), hashlib.sha256()
    with open(path, "wb") as file:
        for at in range(0, size, MIB):
            piece = stream.update(zeros[: min(MIB, size - at)])
            hasher.update(piece)
            file.write(piece)
    return hasher.hexdigest()


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
