"""The AWS SDK for Java 2: JUnit's console, and a program that moves a large object."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from onggi import TARGET

HERE = Path(__file__).parent
# Filled by `cargo xtask` with what pom.xml names.
JARS = TARGET / "java/jars"


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """What javac makes of this folder, without a warning."""
    folder = tmp_path_factory.mktemp("classes")
    words = ["javac", "-proc:none", "-Xlint:all", "-Werror", "-encoding", "UTF-8", "-d", folder, "-cp", f"{JARS}/*"]
    done = subprocess.run([*words, *HERE.glob("*.java")], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def java(classes, cli_environment):
    def call(*words, timeout=240, **environment):
        path = os.pathsep.join([str(classes), *map(str, sorted(JARS.glob("*.jar")))])
        done = subprocess.run(
            ["java", "-Dfile.encoding=UTF-8", "-cp", path, *words],
            cwd=classes,
            env=cli_environment | {"AWS_REGION": "ap-northeast-2"} | environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
        return done.stdout

    return call


def test_the_java_sdk(java, classes):
    console = "org.junit.platform.console.ConsoleLauncher"
    shown = ["--disable-banner", "--disable-ansi-colors", "--details=tree"]
    said = java(console, "execute", "--scan-class-path", str(classes), *shown)
    assert int(re.search(r"(\d+) tests successful", said)[1]) >= 27, said


@pytest.mark.parametrize("client", ["crt", "java"])
def test_5_gib_there_and_back(large, java, client):
    def move(way, path):
        words = ["Transfer", client, way, "large", "key", str(path)]
        java(*words, timeout=1800, AWS_ENDPOINT_URL=large.server.endpoint)

    large.there_and_back(move)
