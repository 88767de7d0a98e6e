"""boto3's transfer manager with 5 GiB, its defaults but for the number of tries."""

import boto3
from botocore.config import Config


def test_5_gib_there_and_back(large):
    it = large.server
    s3 = boto3.client(
        "s3", endpoint_url=it.endpoint, region_name="us-east-1",
        aws_access_key_id=it.access_key, aws_secret_access_key=it.secret_key,
        config=Config(retries={"mode": "legacy", "max_attempts": 10}),
    )  # fmt: skip

    def move(way, path):
        if way == "upload":
            s3.upload_file(str(path), "large", "key")
        else:
            s3.download_file("large", "key", str(path))

    large.there_and_back(move)
