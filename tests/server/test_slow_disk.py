"""Completions on a disk that takes long, and then perhaps fails: what a real client sees of them. strace makes
the disk so."""

import contextlib
import shutil
import subprocess
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace isn't installed")

# The answer begins after ten seconds. A client that waits so long for each read gives up before such a
# sync ends, unless something comes.
READ_SECONDS_MAX = 12
SYNC_SECONDS = 14


@contextlib.contextmanager
def syncs_are(server, *, injected):
    """While this lasts, what the server asks of the disk with fdatasync ends so."""
    words = ["strace", "-f", "-qq", "-e", "trace=fdatasync", "-e", f"inject=fdatasync:{injected}"]
    tracer = subprocess.Popen(
        [*words, "-o", "/dev/null", "-p", str(server.pid)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        began = time.monotonic()
        while not is_traced(server, tracer):
            assert tracer.poll() is None, tracer.stderr.read()
            assert time.monotonic() - began < 30
            time.sleep(0.05)
        yield
    finally:
        tracer.terminate()
        tracer.wait()


def is_traced(server, tracer):
    """Whether every thread of the server is."""
    for thread in Path(f"/proc/{server.pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            if f"TracerPid:\t{tracer.pid}\n" not in (thread / "status").read_text():
                return False
    return True


@pytest.fixture
def upload(onggi):
    """A server, a client with little patience, and an upload that only waits for its end."""
    it = onggi().start()
    s3 = it.client(config={"read_timeout": READ_SECONDS_MAX})
    s3.create_bucket(Bucket="slow")
    where = {"Bucket": "slow", "Key": "k"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    part = s3.upload_part(**where, PartNumber=1, Body=b"of one part")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    return it, s3, where | {"MultipartUpload": parts}


def test_a_client_with_little_patience_waits_for_a_completion(upload):
    it, s3, completion = upload
    with syncs_are(it, injected=f"delay_enter={SYNC_SECONDS}000000:when=1"):
        began = time.monotonic()
        done = s3.complete_multipart_upload(**completion)
        took = time.monotonic() - began
    assert took > READ_SECONDS_MAX, "it wasn't slow: this shows nothing"
    assert done["ETag"].endswith('-1"')
    assert s3.get_object(Bucket="slow", Key="k")["Body"].read() == b"of one part"


def test_a_completion_that_fails_late_fails_for_the_client(upload):
    it, s3, completion = upload
    bodies = []

    def note(response_dict, **_):
        bodies.append(response_dict["body"])

    s3.meta.events.register("before-parse.s3.CompleteMultipartUpload", note)
    with syncs_are(it, injected=f"error=EIO:delay_enter={SYNC_SECONDS}000000"):
        with pytest.raises(s3.exceptions.ClientError) as failed:
            s3.complete_multipart_upload(**completion)
    # Whoever has begun to answer can't take the 200 back.
    assert 'status=200 code="SlowDown"' in it.logged("CompleteMultipartUpload")
    assert b"<Error><Code>SlowDown</Code>" in bodies[0]
    assert failed.value.response["Error"]["Code"] == "SlowDown"
    # Nothing is written behind a failed sync; another start finds what was there before it.
    it.kill()
    it.start()
    done = s3.complete_multipart_upload(**completion)
    assert done["ETag"].endswith('-1"')
    assert s3.get_object(Bucket="slow", Key="k")["Body"].read() == b"of one part"
