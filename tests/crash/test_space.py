"""Space comes back: of small objects written, overwritten and deleted, and of large ones."""

import concurrent.futures
import time

OBJECTS = 5000
OBJECT_BYTES = 50_000
GROWTH_BYTES_MAX = 64 << 20
SECONDS_MAX = 60


def used(folder):
    """Bytes that the store takes up on the disk."""
    total = 0
    for it in folder.rglob("*"):
        try:
            total += it.stat().st_blocks * 512
        except FileNotFoundError:
            pass
    return total


def waits_until_small(folder, limit):
    began = time.monotonic()
    while (now := used(folder)) > limit:
        if time.monotonic() - began > SECONDS_MAX:
            return f"{now >> 20} MiB are used {SECONDS_MAX} s after the deletions"
        time.sleep(0.5)
    print(f"{now >> 20} MiB after {time.monotonic() - began:.1f} s")
    return None


def test_deleted_small_objects_give_their_space_back(onggi):
    it = onggi().start()
    s3 = it.client(config={"max_pool_connections": 8})
    s3.create_bucket(Bucket="space")
    before = used(it.folder)
    body = bytearray(OBJECT_BYTES)

    def put(number):
        s3.put_object(Bucket="space", Key=f"{number:05}", Body=bytes(body))

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for turn in range(2):
            body[0] = turn
            list(pool.map(put, range(OBJECTS)))
    for start in range(0, OBJECTS, 1000):
        keys = [{"Key": f"{number:05}"} for number in range(start, start + 1000)]
        s3.delete_objects(Bucket="space", Delete={"Objects": keys, "Quiet": True})
    assert waits_until_small(it.folder, before + GROWTH_BYTES_MAX) is None


def test_deleted_large_objects_give_their_space_back(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="space")
    before = used(it.folder)
    for number in range(20):
        s3.put_object(Bucket="space", Key=f"{number % 10}", Body=bytes(10 << 20))
    assert used(it.folder) > before + (90 << 20)
    for number in range(10):
        s3.delete_object(Bucket="space", Key=f"{number}")
    assert waits_until_small(it.folder, before + GROWTH_BYTES_MAX) is None


def test_a_deleted_bucket_gives_back_its_open_uploads(onggi):
    it = onggi().start()
    s3 = it.client()
    s3.create_bucket(Bucket="space")
    before = used(it.folder)
    for number in range(5):
        upload = s3.create_multipart_upload(Bucket="space", Key=f"{number}")["UploadId"]
        for part in (1, 2):
            s3.upload_part(
                Bucket="space", Key=f"{number}", UploadId=upload, PartNumber=part, Body=bytes(10 << 20)
            )
    s3.delete_bucket(Bucket="space")
    assert waits_until_small(it.folder, before + GROWTH_BYTES_MAX) is None
