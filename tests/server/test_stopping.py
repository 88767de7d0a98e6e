"""SIGTERM: no new connections, requests under way finish, what was acknowledged is there."""

import os
import random
import signal
import socket
import threading
import time
import urllib.parse


def begin_put(server, key, body, sent):
    """A PUT of which only the head and the first `sent` bytes went out."""
    params = {"Bucket": "draining", "Key": key}
    url = urllib.parse.urlsplit(server.client().generate_presigned_url("put_object", Params=params))
    client = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = f"PUT {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
    client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:sent])
    return client


def wait_until_refused(port):
    began = time.monotonic()
    while time.monotonic() - began < 5:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    raise AssertionError("connections are still accepted")


def test_a_long_upload_finishes_and_new_connections_are_refused(onggi):
    it = onggi().start()
    it.client().create_bucket(Bucket="draining")
    body = random.Random(4).randbytes(3 << 20)
    upload = begin_put(it, "slow", body, 1 << 20)
    idle = socket.create_connection(("127.0.0.1", it.port))
    time.sleep(0.3)

    os.kill(it.pid, signal.SIGTERM)
    it.logged("stopping")
    wait_until_refused(it.port)
    assert idle.recv(1) == b"", "an idle connection is closed at once"
    assert it.is_running()

    for start in range(1 << 20, len(body), 256 << 10):
        upload.sendall(body[start : start + (256 << 10)])
        time.sleep(0.1)
    assert upload.recv(1000).startswith(b"HTTP/1.1 200 OK")
    assert it.process.wait(5) == 0
    it.start()
    assert it.client().get_object(Bucket="draining", Key="slow")["Body"].read() == body


def test_a_long_download_finishes(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="draining")
    body = random.Random(5).randbytes(30 << 20)
    s3.put_object(Bucket="draining", Key="k", Body=body)
    stream = s3.get_object(Bucket="draining", Key="k")["Body"]
    got = stream.read(1 << 20)
    stopping = threading.Thread(target=it.stop)
    stopping.start()
    time.sleep(0.5)
    got += stream.read()
    stopping.join(10)
    assert got == body
    assert it.process.returncode == 0


def test_an_upload_that_stands_still_does_not_hold_the_server_for_ever(onggi):
    it = onggi().start()
    it.client().create_bucket(Bucket="draining")
    upload = begin_put(it, "never", bytes(1 << 20), 1000)
    time.sleep(0.3)
    began = time.monotonic()
    assert it.stop() == 0
    assert time.monotonic() - began < 40
    upload.close()
    it.start()
    assert it.client().list_objects_v2(Bucket="draining")["KeyCount"] == 0
