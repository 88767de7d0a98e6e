"""What the tests of the AWS CLI share."""

import subprocess

import pytest


@pytest.fixture
def aws(cli_environment, tmp_path):
    """Runs `aws WORDS` in the test's folder; fails with its words if it fails."""

    def call(*words, fails=False, **environment):
        done = subprocess.run(
            ["aws", *words],
            cwd=tmp_path,
            env=cli_environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    return call
