"""Runs the JavaScript tests with Node's own test runner against the session's server."""

import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def test_the_javascript_sdk(cli_environment):
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", *sorted(it.name for it in HERE.glob("*.test.js"))],
        cwd=HERE,
        env=cli_environment | {"AWS_REGION": "ap-northeast-2"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = int(re.search(r"^# pass (\d+)$", done.stdout, re.M)[1])
    assert passed >= 21, done.stdout
