"""The AWS SDK for Go v2: Go's own test runner, and a program that moves a large object."""

import re
import subprocess
from pathlib import Path

from certificates import Authority

from onggi import ROOT, TARGET

HERE = Path(__file__).parent
# Both are filled by `cargo xtask`.
CACHES = {
    "GOPATH": str(TARGET / "go"),
    "GOCACHE": str(TARGET / "go/build"),
    "GOTOOLCHAIN": "local",
    "GOFLAGS": "-buildvcs=false",
}


def go(*words, environment, timeout=240):
    done = subprocess.run(
        ["go", *words],
        cwd=HERE,
        env=environment | CACHES | {"AWS_REGION": "ap-northeast-2"},
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    return done.stdout


def test_the_go_sdk(cli_environment):
    said = go("test", "-count=1", "-v", ".", environment=cli_environment)
    assert len(re.findall(r"^--- PASS", said, re.M)) >= 18, said


def test_the_go_sdk_over_tls(onggi, tmp_path, cli_environment):
    """Where it sends bodies unsigned, with their checksums in trailers."""
    authority = Authority(tmp_path)
    it = onggi(environment=ROOT | authority.certify()).start()
    secured = {"AWS_ENDPOINT_URL": it.endpoint, "AWS_CA_BUNDLE": str(authority.path)}
    chosen = "Checksum|Pipe|Algorithm|Parts|Manager"
    said = go("test", "-count=1", "-v", "-run", chosen, ".", environment=cli_environment | secured)
    assert len(re.findall(r"^--- PASS", said, re.M)) == 6, said


def test_5_gib_there_and_back(large, cli_environment):
    environment = cli_environment | {"AWS_ENDPOINT_URL": large.server.endpoint}

    def move(way, path):
        words = ["run", "./transfer", way, "large", "key", str(path)]
        go(*words, environment=environment, timeout=1800)

    large.there_and_back(move)
