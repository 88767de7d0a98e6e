"""The AWS SDK for JavaScript v3 with 5 GiB: lib-storage up, ranges down."""

import subprocess
from pathlib import Path


def test_5_gib_there_and_back(cli_environment, large):
    place = {"AWS_ENDPOINT_URL": large.server.endpoint, "AWS_REGION": "us-east-1"}

    def move(way, path):
        done = subprocess.run(
            ["node", "transfer.js", way, str(path), "large", "key"],
            cwd=Path(__file__).parent,
            env=cli_environment | place,
            capture_output=True,
            text=True,
            timeout=1800,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    large.there_and_back(move)
