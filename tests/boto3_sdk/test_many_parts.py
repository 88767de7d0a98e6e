"""An upload of 1,000 parts of 5 MiB: listed in pages, completed at once, read by part and by range."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

PARTS = 1000
MIB = 1 << 20
COMPLETION_SECONDS_MAX = 5


def body(number):
    """5 MiB that begin with the part's number."""
    return number.to_bytes(4, "big") + bytes(5 * MIB - 4)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_parts_of_5_mib(onggi):
    it = onggi().start()
    s3 = it.client(config={"max_pool_connections": 8})
    s3.create_bucket(Bucket="parts")
    where = {"Bucket": "parts", "Key": "k"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]

    def send(number):
        sent = s3.upload_part(**where, PartNumber=number, Body=body(number))
        return {"PartNumber": number, "ETag": sent["ETag"]}

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(send, range(1, PARTS + 1)))
    pages = s3.get_paginator("list_parts").paginate(**where, PaginationConfig={"PageSize": 300})
    listed = [part for page in pages for part in page["Parts"]]
    assert [(part["PartNumber"], part["ETag"]) for part in listed] == [
        (part["PartNumber"], part["ETag"]) for part in parts
    ]
    began = time.monotonic()
    done = s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
    assert time.monotonic() - began < COMPLETION_SECONDS_MAX, "no body is read or moved"
    digests = b"".join(bytes.fromhex(part["ETag"].strip('"')) for part in parts)
    assert done["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-{PARTS}"'
    where.pop("UploadId")
    for number in [1, 500, PARTS]:
        got = s3.get_object(**where, PartNumber=number)
        assert (got["PartsCount"], got["Body"].read()) == (PARTS, body(number))
        start = (number - 1) * 5 * MIB
        got = s3.get_object(**where, Range=f"bytes={start - 2 if start else 0}-{start + 3}")
        assert got["Body"].read()[-4:] == number.to_bytes(4, "big")
    whole = s3.get_object(**where)["Body"]
    for number in range(1, PARTS + 1):
        assert whole.read(5 * MIB) == body(number)
    assert whole.read() == b""
    it.kill()
    it.start()
    assert s3.head_object(**where)["ContentLength"] == PARTS * 5 * MIB
    it.kill()
