"""`onggi fsck`: sound after use, and a flipped byte is found and never served."""

import random

import pytest
from botocore.exceptions import ClientError, HTTPClientError, ResponseStreamingError
from onggi import run

MIB = 1 << 20


def test_a_store_that_was_used_is_sound(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="used")
    chance = random.Random(7)
    for number in range(300):
        key = f"k{chance.randrange(60)}"
        if chance.random() < 0.3:
            s3.delete_object(Bucket="used", Key=key)
        else:
            s3.put_object(Bucket="used", Key=key, Body=chance.randbytes(chance.choice([0, 100, 70_000])))
    upload = s3.create_multipart_upload(Bucket="used", Key="big")["UploadId"]
    s3.upload_part(Bucket="used", Key="big", UploadId=upload, PartNumber=1, Body=bytes(MIB))
    s3.create_bucket(Bucket="emptied")
    s3.delete_bucket(Bucket="emptied")
    assert it.stop() == 0
    checked = it.fsck()
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.endswith("0 findings\n")
    it.start().kill()
    assert it.fsck().returncode == 0


@pytest.mark.parametrize("size", [1000, 3 * MIB], ids=["in the log", "in an extent"])
def test_a_flipped_byte_is_found_and_never_served(onggi, size):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="flipped")
    s3.put_object(Bucket="flipped", Key="fine", Body=b"fine")
    body = random.Random(size).randbytes(size)
    s3.put_object(Bucket="flipped", Key="photos/damaged.jpg", Body=body)
    s3.put_object(Bucket="flipped", Key="after", Body=b"after")
    assert it.stop() == 0

    mark = body[-100:]
    [file] = [it for it in it.folder.rglob("*") if it.is_file() and mark in it.read_bytes()]
    data = bytearray(file.read_bytes())
    data[data.index(mark) + 50] ^= 1
    file.write_bytes(data)

    checked = it.fsck()
    assert checked.returncode == 1
    [finding, figures] = checked.stdout.splitlines()
    assert finding.startswith('damaged: bucket flipped, key "photos/damaged.jpg": ')
    assert str(file.relative_to(it.folder)) in finding
    assert " rows, 3 bodies, " in figures and figures.endswith("; 1 findings")

    it.start()
    with pytest.raises((ClientError, ResponseStreamingError, HTTPClientError)):
        it.client().get_object(Bucket="flipped", Key="photos/damaged.jpg")["Body"].read()
    assert it.client().get_object(Bucket="flipped", Key="fine")["Body"].read() == b"fine"


def test_a_folder_that_is_none(tmp_path):
    refused = run("fsck", tmp_path / "nothing")
    assert refused.returncode == 2
    assert f"{tmp_path / 'nothing'}: " in refused.stdout
