"""Runs the JavaScript tests with Node's own test runner against the session's server."""

import re
import subprocess
from pathlib import Path


def test_the_javascript_sdk(cli_environment):
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", "objects.test.js"],
        cwd=Path(__file__).parent,
        env=cli_environment | {"AWS_REGION": "ap-northeast-2"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = int(re.search(r"^# pass (\d+)$", done.stdout, re.M)[1])
    assert passed >= 12, done.stdout
