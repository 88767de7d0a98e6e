"""A large file up and back by a client's own means, byte for byte, while the server's memory is bounded
and, if the test wants it, the server is killed (-9) and started again in the middle.

`there_and_back` is the whole of it. A test brings two calls that block until the client has done its
work, in this process or in another; how often the client tries again is the test's to choose, as a
user would. (Ten attempts and no quota: ten connections that are refused for a second use up the 500
tokens of botocore's "standard" mode, whatever its `max_attempts`; its "legacy" mode has none.)
Nothing large stays on the disk, whatever happens.
"""

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


def there_and_back(server, folder, upload, download, size=5 * GIB, killed_during=()):
    """Uploads a file of pseudo-random bytes and downloads the object to another file.

    `server` was started by the test for this alone. `upload(path)` and `download(path)` move one
    object. `killed_during` names those of the two, "upload" and "download", in the middle of which
    the server dies once. Gives the seconds that each took.
    """
    seed = random.randrange(1 << 32)
    source, back = Path(folder) / "source.bin", Path(folder) / "back.bin"
    seconds = {}
    try:
        print(f"{size} bytes, seed {seed}", file=sys.stderr)
        wanted = write_random(source, size, seed)
        for name, work in [("upload", lambda: upload(source)), ("download", lambda: download(back))]:
            kill_at = size // 2 if name in killed_during else None
            seconds[name], peak = watched(server, work, kill_at)
            print(f"{name}: {seconds[name]:.1f} s, server's peak {peak >> 20} MiB", file=sys.stderr)
            assert peak < PEAK_BYTES_MAX, f"{name}: the server used {peak >> 20} MiB"
            # Never three copies: the source goes before its object comes back.
            source.unlink(missing_ok=True)
        assert back.stat().st_size == size
        assert digest(back) == wanted
    finally:
        source.unlink(missing_ok=True)
        back.unlink(missing_ok=True)
        server.kill()
        shutil.rmtree(server.folder)
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
