"""What the tests of the AWS CLI share."""

import subprocess

import pytest


@pytest.fixture
def aws(cli_environment, tmp_path):
    """Runs `aws WORDS` in the test's folder, `within` so many seconds; fails with its words if it fails."""

    def call(*words, fails=False, within=120, program="aws", **environment):
        done = subprocess.run(
            [program, *words],
            cwd=tmp_path,
            env=cli_environment | environment,
            capture_output=True,
            text=True,
            timeout=within,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    return call
