"""boto3's transfer manager with 5 GiB, its defaults but for the number of tries."""

import boto3
import pytest
from botocore.config import Config

import transfer


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("killed_during", [(), ("upload", "download")], ids=["undisturbed", "killed"])
def test_5_gib_there_and_back(onggi, tmp_path, killed_during):
    it = onggi().start()
    s3 = boto3.client(
        "s3", endpoint_url=it.endpoint, region_name="us-east-1",
        aws_access_key_id=it.access_key, aws_secret_access_key=it.secret_key,
        config=Config(retries={"mode": "legacy", "max_attempts": 10}),
    )  # fmt: skip
    s3.create_bucket(Bucket="large")
    transfer.there_and_back(
        it,
        tmp_path,
        lambda path: s3.upload_file(str(path), "large", "k"),
        lambda path: s3.download_file("large", "k", str(path)),
        killed_during=killed_during,
    )
