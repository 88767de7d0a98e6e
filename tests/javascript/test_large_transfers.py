"""The AWS SDK for JavaScript v3 with 5 GiB: lib-storage up, ranges down."""

import subprocess
from pathlib import Path

import pytest

import transfer


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("killed_during", [(), ("upload", "download")], ids=["undisturbed", "killed"])
def test_5_gib_there_and_back(cli_environment, onggi, tmp_path, killed_during):
    it = onggi().start()
    it.client().create_bucket(Bucket="large")
    environment = cli_environment | {
        "AWS_ENDPOINT_URL": it.endpoint,
        "AWS_REGION": "us-east-1",
    }

    def node(what, path):
        done = subprocess.run(
            ["node", "transfer.js", what, str(path), "large", "k"],
            cwd=Path(__file__).parent,
            env=environment,
            capture_output=True,
            text=True,
            timeout=1800,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    transfer.there_and_back(
        it,
        tmp_path,
        lambda path: node("upload", path),
        lambda path: node("download", path),
        killed_during=killed_during,
    )
