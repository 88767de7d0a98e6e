"""Writers that know what the server acknowledged, and how to judge it after `kill -9`.

Each writer is a process with keys of its own. Of each key it remembers the state that was last
acknowledged and, while a request is under way, the one that may or may not come to be. A body says
in its first line which key and which write it is of; the rest follows from a generator, so that
bodies are compared byte for byte without being kept.
"""

import http.client
import json
import multiprocessing
import random
import time
import urllib.parse
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

BUCKET = "killed"
KEYS_OF_A_WRITER = 40
MIB = 1 << 20
# Below and above the border between the log and extents; now and then an upload in parts.
SIZES = [0, 1, 500, 4096, 20_000, 64 << 10, (64 << 10) + 1, 300_000, 2 * MIB]
PART_SIZES = [5 * MIB, 70_000]


def body_of(key, serial, size):
    head = f"{key} {serial} {size}\n".encode()
    return (head + random.Random(f"{key} {serial}").randbytes(size))[: max(size, len(head))]


@dataclass
class Key:
    """What may be read of a key. A state is the serial and size of a write, or None: no object."""

    acknowledged: tuple | None = None
    under_way: list = field(default_factory=list)

    def may_be(self):
        return [self.acknowledged, *self.under_way]


class Client:
    """Signed requests on one connection, several times as fast as an SDK's."""

    def __init__(self, port, access_key, secret_key):
        self.port = port
        self.credentials = Credentials(access_key, secret_key)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, method, path, body=b"", query=""):
        """Status, headers and body of the answer; OSError or HTTPException if none came."""
        url = f"http://127.0.0.1:{self.port}{urllib.parse.quote(path)}" + (f"?{query}" if query else "")
        request = AWSRequest(method, url, data=body or None)
        request.context["payload_signing_enabled"] = False
        request.headers["X-Amz-Content-SHA256"] = "UNSIGNED-PAYLOAD"
        S3SigV4Auth(self.credentials, "s3", "us-east-1").add_auth(request)
        headers = dict(request.headers.items())
        self.connection.request(method, url.split(str(self.port), 1)[1], body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()


def write_until_it_breaks(number, seed, port, key, keys, serial, pipe):
    """A writer process: works until its connection breaks, then reports what it knows."""
    chance = random.Random(seed)
    client = Client(port, *key)
    acknowledged = 0
    try:
        while True:
            serial += 1
            name = f"writer-{number}/key-{chance.randrange(KEYS_OF_A_WRITER)}"
            it = keys.setdefault(name, Key())
            kind = chance.random()
            if kind < 0.15:
                it.under_way = [None]
                status, _, _ = client.send("DELETE", f"/{BUCKET}/{name}")
                assert status == 204, status
                it.acknowledged = None
            elif kind < 0.17:
                it.under_way = [(serial, sum(PART_SIZES))]
                upload(client, name, serial)
                it.acknowledged = it.under_way[0]
            else:
                size = chance.choice(SIZES)
                it.under_way = [(serial, size)]
                status, _, answer = client.send(
                    "PUT", f"/{BUCKET}/{name}", body_of(name, serial, size)
                )
                assert status == 200, answer
                it.acknowledged = it.under_way[0]
            it.under_way = []
            acknowledged += 1
    except (OSError, http.client.HTTPException):
        pipe.send((keys, serial, acknowledged))


def upload(client, name, serial):
    whole = body_of(name, serial, sum(PART_SIZES))
    _, _, answer = client.send("POST", f"/{BUCKET}/{name}", query="uploads=")
    upload_id = ET.fromstring(answer).findtext("{*}UploadId")
    parts = ""
    for part, (start, end) in enumerate([(0, PART_SIZES[0]), (PART_SIZES[0], len(whole))], 1):
        query = f"partNumber={part}&uploadId={upload_id}"
        status, headers, answer = client.send("PUT", f"/{BUCKET}/{name}", whole[start:end], query)
        assert status == 200, answer
        parts += f"<Part><PartNumber>{part}</PartNumber><ETag>{headers['ETag']}</ETag></Part>"
    document = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
    status, _, answer = client.send(
        "POST", f"/{BUCKET}/{name}", document, f"uploadId={upload_id}"
    )
    assert status == 200 and b"<Error>" not in answer, answer


class Writers:
    """Several writer processes, over several lives of a server."""

    def __init__(self, count, seed):
        self.seed = seed
        self.keys = [{} for _ in range(count)]
        self.serials = [0] * count
        self.acknowledged = 0
        self.lives = 0

    def work(self, server, seconds, kill):
        """Lets them write for a while, kills the server under them, collects what they know."""
        self.lives += 1
        running = []
        for number, keys in enumerate(self.keys):
            ours, theirs = multiprocessing.Pipe(duplex=False)
            seed = f"{self.seed} {self.lives} {number}"
            key = (server.access_key, server.secret_key)
            arguments = (number, seed, server.port, key, keys, self.serials[number], theirs)
            process = multiprocessing.Process(target=write_until_it_breaks, args=arguments)
            process.start()
            running.append((process, ours))
        time.sleep(seconds)
        kill()
        for number, (process, ours) in enumerate(running):
            assert ours.poll(60), f"writer {number} failed: its process has said why"
            self.keys[number], self.serials[number], acknowledged = ours.recv()
            self.acknowledged += acknowledged
            process.join()

    def judge(self, server):
        """Every key is in a state that it may be in, the listing agrees, the counters are exact."""
        client = Client(server.port, server.access_key, server.secret_key)
        sizes = {}
        for keys in self.keys:
            for name, it in keys.items():
                state = self.read(client, name, it)
                # From here on it is known.
                it.acknowledged, it.under_way = state, []
                if state is not None:
                    sizes[name] = len(body_of(name, *state))
        assert listed(client) == sizes
        _, headers, _ = client.send("HEAD", f"/{BUCKET}")
        counted = (int(headers["x-onggi-object-count"]), int(headers["x-onggi-bytes-used"]))
        assert counted == (len(sizes), sum(sizes.values()))

    def read(self, client, name, it):
        status, _, body = client.send("GET", f"/{BUCKET}/{name}")
        if status == 404:
            assert None in it.may_be(), f"{name} is lost: {it}"
            return None
        assert status == 200, (name, status, body[:500])
        key, serial, size = body.split(b"\n", 1)[0].decode().rsplit(" ", 2)
        state = (int(serial), int(size))
        assert key == name and state in it.may_be(), f"{name} is of another time: {state}, {it}"
        assert body == body_of(name, *state), f"{name} has other bytes"
        return state


def listed(client):
    """All keys and their sizes, from pages of 100."""
    sizes, token = {}, ""
    while True:
        query = f"list-type=2&max-keys=100{token}"
        status, _, page = client.send("GET", f"/{BUCKET}", query=query)
        assert status == 200, page
        page = ET.fromstring(page)
        for it in page.iterfind("{*}Contents"):
            sizes[it.findtext("{*}Key")] = int(it.findtext("{*}Size"))
        following = page.findtext("{*}NextContinuationToken")
        if following is None:
            return sizes
        token = "&continuation-token=" + urllib.parse.quote(following, safe="")


def report(writers, starts):
    """One line for the log of the test run."""
    return json.dumps(
        {
            "seed": writers.seed,
            "lives": writers.lives,
            "acknowledged": writers.acknowledged,
            "slowest_start_s": round(max(starts), 3),
        }
    )
