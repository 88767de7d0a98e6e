"""The `onggi` binary as a process: started on a folder, spoken to, stopped, killed, started again.

Everything here goes through the command line, signals and sockets. Nothing of Onggi is imported.
"""

import hashlib
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import boto3
from botocore.config import Config

REPOSITORY = Path(__file__).resolve().parent.parent
# Where cargo builds to, and `cargo xtask` installs what tests run with.
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
BINARY = Path(os.environ.get("ONGGI_BINARY", REPOSITORY / "target/debug/onggi"))

ACCESS_KEY = "AKIATESTSOFTHEBOX"
SECRET_KEY = "a-secret-that-only-these-tests-know"
ROOT = {"ONGGI_ROOT_ACCESS_KEY": ACCESS_KEY, "ONGGI_ROOT_SECRET_KEY": SECRET_KEY}

# Where stores are: each in a folder of its own, or each in a namespace of its own on the cluster that
# `make test-rados` has started, whose configuration this is.
CEPH_CONF = os.environ.get("ONGGI_TEST_CEPH_CONF")

# A start replays the log in at most 2 s on an idle machine; CI's is seldom idle.
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 45


class StartFailed(Exception):
    """The process ended instead of listening. The message is what it wrote to standard error."""


class Onggi:
    """A server on a folder, or a gateway to a store on a cluster; then the folder only names its log, and
    its store unless `store` does. `started_in` is how long the last start took, in seconds."""

    def __init__(self, folder, environment=ROOT, arguments=(), wrapper=(), store=None):
        self.folder = Path(folder)
        self.environment = dict(environment)
        self.place = [self.folder]
        if CEPH_CONF:
            name = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:16]
            self.store = store or f"tests-{name}"
            self.place = []
            self.environment |= {
                "ONGGI_STORAGE_ENGINE": "rados",
                "ONGGI_STORAGE_CEPH_CONF": CEPH_CONF,
                "ONGGI_STORAGE_NAMESPACE": self.store,
                "ONGGI_MASTER_KEY": "dGVzdHMgb2YgdGhlIG1hc3RlciBrZXkgb2YgMzIgYi4=",
                "ONGGI_AUDIT_FOLDER": str(self.folder),
            }
        self.arguments = list(arguments)
        self.wrapper = list(wrapper)
        self.port = 0
        self.console_port = 0
        self.scheme = "http"
        self.access_key = self.secret_key = None
        self.started_in = None
        self.process = None
        self.log = self.folder.with_name(self.folder.name + ".log")
        self.log.write_bytes(b"")

    def start(self):
        """Starts it and waits until it has said where it listens. Later starts keep the ports."""
        out = self.folder.with_name(self.folder.name + ".out")
        began = time.monotonic()
        with out.open("wb") as stdout, self.log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [
                    *self.wrapper, BINARY, "server", *self.place,
                    "--address", f"127.0.0.1:{self.port}",
                    "--console-address", f"127.0.0.1:{self.console_port}",
                    *self.arguments,
                ],
                env=clean_environment() | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
        while "aws s3 ls" not in out.read_text():
            if self.process.poll() is not None:
                raise StartFailed(self.log.read_text())
            if time.monotonic() - began > START_SECONDS_MAX:
                self.kill()
                raise StartFailed(f"not ready after {START_SECONDS_MAX} s\n{self.log.read_text()}")
            time.sleep(0.005)
        self.started_in = time.monotonic() - began
        self.greeting = text = out.read_text()
        self.scheme, self.port = listens_at("Endpoint", text)
        _, self.console_port = listens_at("Console", text)
        self.access_key = re.search(r"^Access key +(\S+)$", text, re.M)[1]
        shown = re.search(r"^Secret key +(\S+)$", text, re.M)[1]
        self.secret_key = self.environment.get("ONGGI_ROOT_SECRET_KEY", shown)
        return self

    @property
    def pid(self):
        """Of the server itself, also when it runs below strace."""
        if not self.wrapper:
            return self.process.pid
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(children.read_text().split()[0])

    @property
    def endpoint(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def stop(self):
        """SIGTERM, and waits. Gives the exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return self.process.wait(STOP_SECONDS_MAX)

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def logged(self, part):
        """The last line of the log that has `part`: a request's comes when its answer has gone."""
        began = time.monotonic()
        while not (lines := [it for it in self.log.read_text().splitlines() if part in it]):
            assert time.monotonic() - began < 10, f"no line of the log has {part}"
            time.sleep(0.05)
        return lines[-1]

    def panics(self):
        """Lines of the log that no server should write."""
        return [it for it in self.log.read_text().splitlines() if "panicked" in it]

    def client(self, service="s3", **settings):
        """A boto3 client with root's key. Errors come at once: nothing is retried."""
        region = settings.pop("region_name", "us-east-1")
        key = settings.pop("key", (self.access_key, self.secret_key))
        config = Config(retries={"total_max_attempts": 1}, **settings.pop("config", {}))
        return boto3.client(
            service,
            endpoint_url=settings.pop("endpoint_url", self.endpoint),
            aws_access_key_id=key[0],
            aws_secret_access_key=key[1],
            region_name=region,
            config=config,
            **settings,
        )

    def fsck(self):
        return run("fsck", *self.place, environment=self.storage())

    def storage(self):
        """What of its environment says where the store is."""
        return {k: v for k, v in self.environment.items() if k.startswith("ONGGI_STORAGE_")}


def run(*words, environment=None):
    """A command of the binary that ends by itself."""
    return subprocess.run(
        [BINARY, *words],
        env=clean_environment() | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def clean_environment():
    """The machine's environment without what would configure Onggi or an AWS client."""
    ours = ("ONGGI_", "MINIO_", "AWS_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def listens_at(line, greeting):
    found = re.search(rf"^{line} +(https?)://127\.0\.0\.1:(\d+)$", greeting, re.M)
    return found[1], int(found[2])


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]
