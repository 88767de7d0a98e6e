"""Memory follows what is under way, not what clients promise, hold open or leave behind."""

import contextlib
import http.client
import socket
import threading
import time
import urllib.parse
from pathlib import Path

MIB = 1 << 20
IDLE_BYTES_MAX = 50 * MIB
CONNECTIONS = 1000
# Of one that has sent half a head; one that has sent nothing costs less.
BYTES_OF_A_CONNECTION_MAX = 64 << 10
# Of an upload of which little has come: the buffers of an extent's writer.
BYTES_OF_AN_UPLOAD_MAX = 256 << 10
UPLOADS = 100
LARGE_BODIES_BYTES_MAX = 40 * MIB


def resident(server):
    line = next(
        it for it in Path(f"/proc/{server.pid}/status").read_text().splitlines() if "VmRSS" in it
    )
    return int(line.split()[1]) << 10


def presigned_put(server, key):
    params = {"Bucket": "memory", "Key": key}
    return urllib.parse.urlsplit(server.client().generate_presigned_url("put_object", Params=params))


def test_an_idle_server_is_small(onggi):
    it = onggi().start()
    it.client().create_bucket(Bucket="memory")
    print(f"idle: {resident(it) >> 10} KiB")
    assert resident(it) < IDLE_BYTES_MAX


def test_a_thousand_connections_that_say_little(onggi):
    it = onggi().start()
    before = resident(it)
    with contextlib.ExitStack() as open_ones:
        for number in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", it.port))
            open_ones.enter_context(connection)
            if number % 2:
                connection.sendall(b"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\nX-Half")
        time.sleep(0.5)
        print(f"a connection: {(resident(it) - before) // CONNECTIONS} bytes")
        assert resident(it) - before < CONNECTIONS * BYTES_OF_A_CONNECTION_MAX
        assert it.client().list_buckets()["Buckets"] == []


def test_bodies_that_are_promised_and_never_come(onggi):
    it = onggi().start()
    it.client().create_bucket(Bucket="memory")
    before = resident(it)
    with contextlib.ExitStack() as open_ones:
        for number in range(UPLOADS):
            url = presigned_put(it, f"{number}")
            connection = socket.create_connection(("127.0.0.1", it.port))
            open_ones.enter_context(connection)
            head = f"PUT {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
            connection.sendall(f"{head}Content-Length: {5 << 30}\r\n\r\n".encode() + bytes(1000))
        time.sleep(0.5)
        print(f"an upload: {(resident(it) - before) // UPLOADS} bytes")
        assert resident(it) - before < UPLOADS * BYTES_OF_AN_UPLOAD_MAX
    time.sleep(0.5)
    assert it.client().list_objects_v2(Bucket="memory")["KeyCount"] == 0


def test_large_bodies_pass_through(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="memory")
    s3.put_object(Bucket="memory", Key="warm", Body=bytes(10 * MIB))
    before = resident(it)
    peaks = []

    def upload(number):
        url = presigned_put(it, f"{number}")
        connection = http.client.HTTPConnection("127.0.0.1", it.port, timeout=60)
        connection.putrequest("PUT", f"{url.path}?{url.query}")
        connection.putheader("Content-Length", str(100 * MIB))
        connection.endheaders()
        for _ in range(100):
            connection.send(bytes(MIB))
            peaks.append(resident(it))
        assert connection.getresponse().status == 200

    threads = [threading.Thread(target=upload, args=(it,)) for it in range(4)]
    [it.start() for it in threads]
    [it.join() for it in threads]
    # A reader that doesn't read holds what the kernel's buffers hold.
    slow = s3.get_object(Bucket="memory", Key="0")["Body"]
    slow.read(1000)
    time.sleep(0.5)
    peaks.append(resident(it))
    slow.close()
    print(f"four uploads of 100 MiB: {(max(peaks) - before) >> 10} KiB")
    assert len(peaks) == 401 and max(peaks) - before < LARGE_BODIES_BYTES_MAX
