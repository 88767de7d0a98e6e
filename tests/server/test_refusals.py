"""A refusal reaches its client, whatever of the body is still on its way."""

import http.client
import urllib.parse

import pytest

MIB = 1 << 20


@pytest.fixture
def put(server, s3, bucket):
    """Sends a PUT as a client does that waits for no 100-continue: all of the body, then reads."""

    def send(connection, size, change=lambda url: url):
        params = {"Bucket": bucket, "Key": "k"}
        url = urllib.parse.urlsplit(change(s3.generate_presigned_url("put_object", Params=params)))
        connection.request("PUT", f"{url.path}?{url.query}", body=bytes(size))
        answer = connection.getresponse()
        return answer.status, answer.read()

    return send


def wrongly_signed(url):
    return url.replace("Signature=", "Signature=x")


@pytest.mark.parametrize("size", [0, 100, 64 << 10, MIB, 8 * MIB])
def test_a_body_that_nobody_reads_does_not_hide_the_answer(server, put, size):
    for _ in range(10):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        status, body = put(connection, size, wrongly_signed)
        assert (status, b"SignatureDoesNotMatch" in body) == (403, True)
        connection.close()


@pytest.mark.parametrize("size", [0, 100, 64 << 10, MIB])
def test_after_a_refusal_the_connection_is_usable_or_announced_as_closed(server, put, size):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for _ in range(20):
        # http.client opens a new connection only if the answer said `Connection: close`.
        assert put(connection, size, wrongly_signed)[0] == 403
        assert put(connection, size)[0] == 200
    connection.close()
