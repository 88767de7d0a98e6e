"""Fixtures of all clients: a server of the test session, servers of a test's own, fresh buckets."""

import itertools
import os
import sys
from pathlib import Path

import pytest

import transfer
from onggi import ACCESS_KEY, BINARY, SECRET_KEY, Onggi, clean_environment

# No client may find this machine's own credentials or settings.
for name in list(os.environ):
    if name.startswith("AWS_"):
        del os.environ[name]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
# The programs of the environment that runs this come first: its CLI, Go and Node, whatever the machine has.
os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

bucket_numbers = itertools.count(1)


def pytest_configure():
    if not BINARY.exists():
        pytest.exit(f"{BINARY} isn't there: cargo build, or `make test`", returncode=2)


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also what takes minutes")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    dropped = [it for it in items if it.get_closest_marker("long")]
    items[:] = [it for it in items if not it.get_closest_marker("long")]
    config.hook.pytest_deselected(items=dropped)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for all tests that don't stop it. At the end it must stop well and be sound."""
    it = Onggi(tmp_path_factory.mktemp("server") / "data")
    try:
        yield it.start()
        assert it.is_running(), it.log.read_text()[-4000:]
    except BaseException:
        it.kill()
        raise
    assert it.stop() == 0
    assert it.panics() == []
    checked = it.fsck()
    assert checked.returncode == 0, checked.stdout


@pytest.fixture
def onggi(tmp_path):
    """Makes servers that belong to one test: `onggi(arguments=...)`. None outlives it."""
    made = []

    def make(folder="data", **settings):
        made.append(Onggi(tmp_path / folder, **settings))
        return made[-1]

    yield make
    for it in made:
        if it.is_running():
            it.process.terminate() if it.wrapper else it.kill()
            it.process.wait()
        assert it.panics() == []


@pytest.fixture(
    params=[
        pytest.param(killed_during, id=name, marks=[pytest.mark.long, pytest.mark.timeout(3600)])
        for name, killed_during in [("undisturbed", ()), ("killed", ("upload", "download"))]
    ]
)
def large(onggi, tmp_path, request):
    """What moves 5 GiB to a server of its own and back (transfer.py), once undisturbed and once with the
    server killed on both ways."""
    return transfer.Transfer(onggi().start(), tmp_path, killed_during=request.param)


@pytest.fixture
def s3(server):
    """A boto3 client of the session's server, as an application would make it."""
    return server.client()


@pytest.fixture
def bucket(s3, request):
    """The name of a new, empty bucket."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    name = f"{worker}-{next(bucket_numbers)}-bucket"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def cli_environment(server, tmp_path):
    """What a shell would export for a client: endpoint, key, region; and a home without settings."""
    home = tmp_path / "home"
    home.mkdir()
    return clean_environment() | {
        "HOME": str(home),
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
