"""The AWS SDK for Rust: cargo's own test runner, and a program that moves a large object.

Long, because of the compiler: the SDK's crates are four minutes of one core.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from onggi import TARGET

HERE = Path(__file__).parent
BUILT = TARGET / "rust-sdk"

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


def run(*words, environment=None, timeout=1800):
    done = subprocess.run(
        [*map(str, words)],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    return done.stdout


@pytest.fixture(scope="module")
def build():
    """Compiles the tests and the program once."""
    run("cargo", "build", "--quiet", "--locked", "--all-targets", "--target-dir", BUILT)


def test_the_rust_sdk(build, cli_environment):
    # Cargo and rustup live in a home; the tests have one without AWS's settings.
    ours = {"HOME": os.environ["HOME"], "AWS_REGION": "ap-northeast-2"}
    words = ["cargo", "test", "--quiet", "--locked", "--test", "sdk", "--target-dir", BUILT]
    said = run(*words, environment=cli_environment | ours)
    assert int(re.search(r"(\d+) passed", said)[1]) >= 16, said


def test_5_gib_there_and_back(large, build, cli_environment):
    place = {"AWS_ENDPOINT_URL": large.server.endpoint, "AWS_REGION": "us-east-1"}

    def move(way, path):
        run(BUILT / "debug/transfer", way, "large", "key", path, environment=cli_environment | place)

    large.there_and_back(move)
