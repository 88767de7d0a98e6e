"""The largest object of one PUT: 5 GiB are taken and come back, one byte more is refused."""

import hashlib
import http.client
import urllib.parse

import pytest

GIB = 1 << 30
PIECE = bytes(range(256)) * (4 << 10)


class Body:
    """A file of `length` bytes that is nowhere; counts and digests what was read of it."""

    def __init__(self, length):
        self.left = length

    def __iter__(self):
        while self.left:
            piece = PIECE[: min(len(PIECE), self.left)]
            self.left -= len(piece)
            yield piece


def put(server, key, length):
    params = {"Bucket": "huge", "Key": key}
    url = urllib.parse.urlsplit(server.client().generate_presigned_url("put_object", Params=params))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.putrequest("PUT", f"{url.path}?{url.query}")
    connection.putheader("Content-Length", str(length))
    connection.putheader("Expect", "100-continue")
    connection.endheaders()
    if length <= 5 * GIB:
        for piece in Body(length):
            connection.send(piece)
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_5_gib_in_one_put_and_not_a_byte_more(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="huge")
    status, body = put(it, "too-large", 5 * GIB + 1)
    assert (status, b"<Code>EntityTooLarge</Code>" in body) == (400, True)
    status, _ = put(it, "just-right", 5 * GIB)
    assert status == 200
    wanted, got = hashlib.sha256(), hashlib.sha256()
    for piece in Body(5 * GIB):
        wanted.update(piece)
    stream = s3.get_object(Bucket="huge", Key="just-right")["Body"]
    for piece in stream.iter_chunks(1 << 20):
        got.update(piece)
    assert got.digest() == wanted.digest()
    peak = next(line for line in open(f"/proc/{it.pid}/status") if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 300 << 10, f"memory doesn't grow with the body: {peak}"
