"""Two gateways on one cluster. Only `make test-rados` runs these: it starts the cluster and says in
ONGGI_TEST_CEPH_CONF where it is; without that there is nothing to run them on."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from onggi import Onggi

CLUSTER = Path(__file__).with_name("cluster.sh")

if "ONGGI_TEST_CEPH_CONF" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


class Cluster:
    """The test cluster's OSDs, to be hurt and healed."""

    def __init__(self):
        self.conf = Path(os.environ["ONGGI_TEST_CEPH_CONF"])

    def __getattr__(self, action):
        """cluster.kill(1), .freeze(1), .thaw(1), .revive(1)"""
        return lambda number: subprocess.run(
            [CLUSTER, self.conf.parent, action, str(number)], check=True, timeout=120
        )

    def wait_until_clean(self, seconds=120):
        """Until every placement group is whole again: one fault at a time."""
        script = (
            "for i in $(seq %d); do"
            " ceph -c %s pg stat 2>/dev/null | grep -qE '^[0-9]+ pgs: [0-9]+ active.clean;' && exit 0;"
            " sleep 1; done; ceph -c %s -s; exit 1" % (seconds, self.conf, self.conf)
        )
        subprocess.run(["bash", "-c", script], check=True, stdout=sys.stderr)

    def ceph(self, *words):
        """A command to the cluster, as its operator."""
        command = ["ceph", "-c", self.conf, "--connect-timeout", "20", *words]
        subprocess.run(command, check=True, timeout=60, stdout=sys.stderr)

    def objects(self, pool, namespace):
        """Names of the objects that a store has in a pool, but for the one that gateways look for room with."""
        command = ["rados", "-c", self.conf, "-p", pool, "-N", namespace, "ls"]
        names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        return [it for it in names if it != "room"]


@pytest.fixture
def cluster():
    return Cluster()


@pytest.fixture
def gateways(tmp_path):
    """Two servers on one store, which is fresh."""
    store = f"gateways-{uuid.uuid4().hex[:12]}"
    lease = {"ONGGI_STORAGE_LEASE_SECONDS": "4"}
    pair = [Onggi(tmp_path / name, store=store) for name in ("a", "b")]
    for it in pair:
        it.environment |= lease
    try:
        yield [it.start() for it in pair]
    finally:
        for it in pair:
            if it.is_running():
                it.process.send_signal(18)  # SIGCONT
                it.kill()
    for it in pair:
        assert it.panics() == []
