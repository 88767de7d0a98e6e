"""Writers on two gateways that remember what was acknowledged, and how to judge it afterwards.

Each writer has keys of its own. It writes through its gateway, and looks now and then through the
other one at what it was just told is written. What had no answer may have happened or not, or may yet:
until the next write of that key has been acknowledged, which replaces what was there.
"""

import http.client
import random
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET
from collections import Counter

from load import Client, Key, body_of

BUCKET = "two"
KEYS_OF_A_WRITER = 25
# Beside the rows, at the border, in objects of their own, in two pieces.
SIZES = [0, 100, 4096, 4096, 16 << 10, (16 << 10) + 1, 300_000, 5 << 20]
WEIGHTS = [2, 4, 8, 4, 1, 2, 2, 0.3]
# What a gateway may answer while the cluster is hurt.
PASSING = {500: False, 503: True}


class Writer(threading.Thread):
    """Works until it is told to stop. A gateway that goes away is waited for."""

    def __init__(self, number, gateways, seed):
        super().__init__(daemon=True)
        self.number, self.gateways = number, gateways
        self.mine = gateways[number % 2]
        self.other = gateways[1 - number % 2]
        self.chance = random.Random(f"{seed} {number}")
        self.keys = {}
        self.serial = 0
        self.clients = {}
        self.answers = Counter()
        self.acknowledged = 0
        # (when it was acknowledged, how long it took)
        self.times = []
        self.ended = threading.Event()
        self.wrong = None

    def run(self):
        try:
            while not self.ended.is_set():
                self.work()
        except Exception as error:  # told by the main thread
            self.wrong = error

    def send(self, gateway, method, path, body=b""):
        """The answer's status and body; None if there was none."""
        client = self.clients.get(gateway.port)
        if client is None:
            client = self.clients[gateway.port] = Client(
                gateway.port, gateway.access_key, gateway.secret_key
            )
        try:
            status, _, body = client.send(method, path, body)
            self.answers[status] += 1
            return status, body
        except (OSError, http.client.HTTPException):
            self.answers["none"] += 1
            self.clients.pop(gateway.port, None)
            time.sleep(0.1)
            return None, b""

    def work(self):
        name = f"w{self.number}/k{self.chance.randrange(KEYS_OF_A_WRITER):02}"
        it = self.keys.setdefault(name, Key())
        self.serial += 1
        began = time.monotonic()
        if self.chance.random() < 0.15:
            it.under_way.append(None)
            status, _ = self.send(self.mine, "DELETE", f"/{BUCKET}/{name}")
            if status == 204:
                # A write without an answer may still come behind it.
                it.under_way = [was for was in it.under_way if was is not None]
                it.acknowledged = None
        else:
            size = self.chance.choices(SIZES, WEIGHTS)[0]
            state = (self.serial, size)
            it.under_way.append(state)
            body = body_of(name, *state)
            status, _ = self.send(self.mine, "PUT", f"/{BUCKET}/{name}", body)
            if status == 200:
                it.acknowledged, it.under_way = state, []
        if status in (200, 204):
            self.acknowledged += 1
            now = time.monotonic()
            self.times.append((now, now - began))
            if self.chance.random() < 0.3 and not it.under_way:
                self.look(name, it)
        else:
            assert status is None or PASSING.get(status), f"{status} for {name}"

    def look(self, name, it):
        """Through the other gateway, if that answers."""
        status, body = self.send(self.other, "GET", f"/{BUCKET}/{name}")
        if status == 200:
            found = body
        elif status == 404:
            found = None
        else:
            assert status is None or PASSING.get(status), f"{status} for {name}"
            return
        wanted = None if it.acknowledged is None else body_of(name, *it.acknowledged)
        assert found == wanted, f"{name}: read-after-write through the other gateway"


class Load:
    """Several writers; a context within which they work."""

    def __init__(self, gateways, seed, writers=8):
        self.gateways = gateways
        self.writers = [Writer(number, gateways, seed) for number in range(writers)]

    def __enter__(self):
        self.gateways[0].client().create_bucket(Bucket=BUCKET)
        self.began = time.monotonic()
        for it in self.writers:
            it.start()
        return self

    def __exit__(self, *error):
        for it in self.writers:
            it.ended.set()
        for it in self.writers:
            it.join(60)
            assert not it.is_alive(), "a writer hangs"
            if it.wrong:
                raise it.wrong

    def acknowledged(self):
        return sum(it.acknowledged for it in self.writers)

    def answers(self):
        return dict(sum((it.answers for it in self.writers), Counter()))

    def stall(self, since, of=None):
        """The longest time within which nothing that some writer did was acknowledged."""
        longest = 0
        for it in self.writers if of is None else of:
            moments = [since] + [at for at, _ in it.times if at > since]
            longest = max([longest] + [b - a for a, b in zip(moments, moments[1:])])
        return longest

    def slowest(self):
        """The longest that a request took which was acknowledged."""
        return max((took for it in self.writers for _, took in it.times), default=0)


def verify(load, gateways):
    """Every key through every gateway: a state that may be; listings that agree; counts that fit.
    Gives the lengths of the objects."""
    lengths = {}
    for gateway in gateways:
        client = Client(gateway.port, gateway.access_key, gateway.secret_key)
        there = {}
        for writer in load.writers:
            for name, it in writer.keys.items():
                status, _, body = client.send("GET", f"/{BUCKET}/{name}")
                assert status in (200, 404), (status, name)
                states = [None if was is None else body_of(name, *was) for was in it.may_be()]
                found = body if status == 200 else None
                assert found in states, f"{name} is none of {it.may_be()}: {status} {body[:60]}"
                if found is not None:
                    there[name] = len(found)
                    # Which of them it is, is settled now: the other gateway must say the same.
                    it.acknowledged = it.may_be()[states.index(found)]
                else:
                    it.acknowledged = None
                it.under_way = []
        listed = list_all(client)
        assert listed == there, "the listing isn't what can be read"
        assert lengths in ({}, there), "two gateways disagree"
        lengths = there
    return lengths


def list_all(client):
    listed, after = {}, ""
    while True:
        query = f"list-type=2&max-keys=100&start-after={urllib.parse.quote(after, safe='')}"
        status, _, body = client.send("GET", f"/{BUCKET}", query=query)
        assert status == 200, body
        page = ET.fromstring(body)
        ns = page.tag[: page.tag.index("}") + 1]
        for entry in page.iter(f"{ns}Contents"):
            listed[entry.find(f"{ns}Key").text] = int(entry.find(f"{ns}Size").text)
        if page.find(f"{ns}IsTruncated").text != "true":
            return listed
        after = max(listed)
