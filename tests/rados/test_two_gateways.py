"""Two gateways, one store: what one does the other sees, and what hurts a cluster or a gateway costs
time but nothing that was acknowledged. Each test of a fault prints how long writers stood still."""

import concurrent.futures
import json
import os
import signal
import threading
import time

import pytest
from botocore.exceptions import ClientError
from load_of_two import BUCKET, Load, verify

SEED = os.environ.get("ONGGI_SEED", "1")
# How long the load runs before a fault, and behind its end.
CALM_SECONDS = float(os.environ.get("ONGGI_RADOS_CALM_SECONDS", "3"))
INLINE_MAX = 16 << 10
PIECE = 4 << 20


def told(name, load, since, **more):
    answers = load.answers()
    line = (
        f"{name}: {load.acknowledged()} acknowledged, stall {load.stall(since):.1f} s, "
        f"slowest answer {load.slowest():.1f} s, answers {answers}"
    )
    print(line, more or "")
    with open(os.environ.get("ONGGI_RADOS_REPORT", os.devnull), "a") as report:
        report.write(f"{line} {more or ''}\n")


def check_counts(gateway):
    checked = gateway.fsck()
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert " 0 findings" in checked.stdout


def wait_for_garbage(cluster, gateway, lengths, seconds=60):
    """Until the data pool holds what objects need and nothing else."""
    wanted = sum(-(-it // PIECE) for it in lengths.values() if it > INLINE_MAX)
    began = time.monotonic()
    while (found := len(cluster.objects("onggi-data", gateway.store))) != wanted:
        assert time.monotonic() - began < seconds, f"{found} objects, {wanted} are needed"
        time.sleep(1)
    return time.monotonic() - began


def test_an_osd_that_is_killed(cluster, gateways):
    with Load(gateways, SEED) as load:
        time.sleep(CALM_SECONDS)
        since = time.monotonic()
        cluster.kill(1)
        time.sleep(2 * CALM_SECONDS)
        cluster.revive(1)
        time.sleep(CALM_SECONDS)
    told("an OSD killed", load, since)
    lengths = verify(load, gateways)
    check_counts(gateways[0])
    wait_for_garbage(cluster, gateways[0], lengths)
    cluster.wait_until_clean()


def test_an_osd_that_is_frozen_and_thawed(cluster, gateways):
    with Load(gateways, SEED) as load:
        time.sleep(CALM_SECONDS)
        since = time.monotonic()
        cluster.freeze(2)
        try:
            time.sleep(18)
        finally:
            cluster.thaw(2)
        time.sleep(2 * CALM_SECONDS)
    told("an OSD frozen for 18 s", load, since)
    assert load.stall(since) < 30
    verify(load, gateways)
    check_counts(gateways[1])
    cluster.wait_until_clean()


def test_a_hung_osd_ends_requests_with_slow_down(cluster, onggi):
    """The cluster notices after 4 s and more; a gateway with less patience doesn't hang so long. What
    becomes of a write without an answer is settled while the gateway lives: no body is left over."""
    gateway = onggi()
    gateway.environment |= {"ONGGI_STORAGE_TIMEOUT_SECONDS": "2", "ONGGI_STORAGE_LEASE_SECONDS": "4"}
    client = gateway.start().client(config={"max_pool_connections": 16})
    client.create_bucket(Bucket=BUCKET)
    bodies = [b"x" if number % 2 else b"x" * 100_000 for number in range(16)]
    cluster.freeze(0)
    try:
        codes, began = set(), time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(16) as pool:

            def put(number):
                at, body = time.monotonic(), bodies[number]
                code = code_of(lambda: client.put_object(Bucket=BUCKET, Key=f"{number}", Body=body))
                return code, time.monotonic() - at

            while "SlowDown" not in codes and time.monotonic() - began < 8:
                done = list(pool.map(put, range(16)))
                codes |= {code for code, _ in done}
                # Its row, an intent, the body and the change may each wait 2 s.
                assert max(took for _, took in done) < 12, done
    finally:
        cluster.thaw(0)
    assert codes <= {None, "SlowDown"} and "SlowDown" in codes, codes
    cluster.wait_until_clean()
    listed = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    wait_for_garbage(cluster, gateway, {it["Key"]: it["Size"] for it in listed})
    for it in listed:
        found = client.get_object(Bucket=BUCKET, Key=it["Key"])["Body"].read()
        assert found == bodies[int(it["Key"])]
    for number in range(16):
        assert code_of(lambda: client.put_object(Bucket=BUCKET, Key=f"{number}", Body=b"y")) is None
    check_counts(gateway)


def test_a_gateway_that_is_killed_in_the_middle_of_writes(cluster, gateways):
    a, b = gateways
    with Load(gateways, SEED) as load:
        time.sleep(CALM_SECONDS)
        since = time.monotonic()
        b.kill()
        time.sleep(CALM_SECONDS)
        b.start()
        time.sleep(CALM_SECONDS)
    through_a = [it for it in load.writers if it.mine is a]
    told("a gateway killed", load, since, of_the_other=f"{load.stall(since, through_a):.1f} s")
    assert load.stall(since, through_a) < 5, "the other gateway's clients notice"
    lengths = verify(load, gateways)
    took = wait_for_garbage(cluster, a, lengths)
    print(f"what it left was gone after {took:.0f} s")
    verify(load, gateways)
    check_counts(a)


def test_a_gateway_that_is_stopped_past_its_lease_and_goes_on(cluster, gateways):
    a, b = gateways
    with Load(gateways, SEED) as load:
        time.sleep(CALM_SECONDS)
        since = time.monotonic()
        b.process.send_signal(signal.SIGSTOP)
        # The lease is 4 s; then it is fenced off.
        began = time.monotonic()
        while "fenced off" not in a.log.read_text():
            assert time.monotonic() - began < 30, "nobody noticed"
            time.sleep(0.2)
        noticed = time.monotonic() - began
        time.sleep(1)
        b.process.send_signal(signal.SIGCONT)
        assert b.process.wait(30) != 0, "a gateway that is fenced off ends"
        assert "fenced off" in b.log.read_text()
        b.start()
        time.sleep(CALM_SECONDS)
    told("a gateway stopped past its lease", load, since, fenced_after=f"{noticed:.1f} s")
    lengths = verify(load, gateways)
    wait_for_garbage(cluster, a, lengths)
    check_counts(a)


def test_64_writers_on_one_key_through_both_gateways(gateways):
    clients = [it.client(config={"max_pool_connections": 40}) for it in gateways]
    clients[0].create_bucket(Bucket=BUCKET)
    bodies = [f"{number} ".encode() * 500 for number in range(64)]

    def write(number):
        clients[number % 2].put_object(Bucket=BUCKET, Key="k", Body=bodies[number])

    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        for _ in range(2):
            list(pool.map(write, range(64)))
    print(f"2 x 64 writers on one key: {time.monotonic() - began:.1f} s")
    found = [it.get_object(Bucket=BUCKET, Key="k")["Body"].read() for it in clients]
    assert found[0] == found[1]
    assert found[0] in bodies
    check_counts(gateways[0])


def test_a_put_races_the_deletion_of_its_bucket(gateways):
    a, b = (it.client() for it in gateways)
    outcomes = {"kept": 0, "gone": 0}
    for number in range(20):
        bucket = f"racing-{number}"
        a.create_bucket(Bucket=bucket)
        b.head_bucket(Bucket=bucket)
        start = threading.Barrier(2)

        def delete():
            start.wait()
            return code_of(lambda: a.delete_bucket(Bucket=bucket))

        def put():
            start.wait()
            time.sleep(number * 0.001)
            return code_of(lambda: b.put_object(Bucket=bucket, Key="k", Body=b"x" * 5000))

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            deleted, written = pool.submit(delete), pool.submit(put)
            deleted, written = deleted.result(), written.result()
        if written is None:
            assert deleted in ("BucketNotEmpty", "OperationAborted"), deleted
            assert b.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x" * 5000
            assert a.list_objects_v2(Bucket=bucket)["KeyCount"] == 1
            outcomes["kept"] += 1
        else:
            assert written in ("NoSuchBucket", "OperationAborted"), written
            if deleted is None:
                assert code_of(lambda: b.head_bucket(Bucket=bucket)) == "404"
                outcomes["gone"] += 1
    print(outcomes)
    assert all(outcomes.values()), f"both ways: {outcomes}"
    check_counts(gateways[0])


def code_of(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def test_what_one_gateway_changes_the_other_sees_within_a_second(gateways):
    a, b = (it.client() for it in gateways)
    for number in range(5):
        bucket = f"seen-{number}"
        a.create_bucket(Bucket=bucket)
        b.head_bucket(Bucket=bucket)
        a.put_object(Bucket=bucket, Key="k", Body=b"1")
        assert b.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
        b.delete_object(Bucket=bucket, Key="k")
        a.delete_bucket(Bucket=bucket)
        # b has it in its cache, and must be told.
        began = time.monotonic()
        while code_of(lambda: b.head_bucket(Bucket=bucket)) != "404":
            assert time.monotonic() - began < 1, "b still believes in it"
        a.create_bucket(Bucket=bucket)
        b.put_object(Bucket=bucket, Key="k", Body=b"2")
        assert a.get_object(Bucket=bucket, Key="k")["Body"].read() == b"2"


def within_a_second(what, happens):
    began = time.monotonic()
    while not happens():
        assert time.monotonic() - began < 1, what


def test_permissions_that_one_gateway_takes_away_the_other_refuses_within_a_second(gateways):
    a, b = gateways
    iam, s3 = a.client("iam"), a.client()
    s3.create_bucket(Bucket="shared")
    s3.put_object(Bucket="shared", Key="k", Body=b"1")
    iam.create_user(UserName="kim")
    key = iam.create_access_key(UserName="kim")["AccessKey"]
    key = (key["AccessKeyId"], key["SecretAccessKey"])
    theirs = b.client(key=key)

    def code():
        return code_of(lambda: theirs.get_object(Bucket="shared", Key="k"))

    # Known there, and without any permission.
    within_a_second("the new key isn't known", lambda: code() == "AccessDenied")
    for _ in range(5):
        allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shared/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        iam.put_user_policy(UserName="kim", PolicyName="p", PolicyDocument=policy)
        within_a_second("the user's policy isn't known", lambda: code() is None)
        deny = allow | {"Effect": "Deny", "Principal": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
        s3.put_bucket_policy(Bucket="shared", Policy=policy)
        within_a_second("the bucket's policy isn't known", lambda: code() == "AccessDenied")
        s3.delete_bucket_policy(Bucket="shared")
        within_a_second("the bucket's policy is still there", lambda: code() is None)
        iam.delete_user_policy(UserName="kim", PolicyName="p")
        within_a_second("the user's policy is still there", lambda: code() == "AccessDenied")
    iam.delete_access_key(UserName="kim", AccessKeyId=key[0])
    within_a_second("the deleted key still signs", lambda: code() == "InvalidAccessKeyId")


@pytest.fixture
def quota(cluster):
    """Sets and lifts quotas of pools, as an operator would. Each takes the monitor seconds."""
    there = set()

    def quota(pool, what, most):
        cluster.ceph("osd", "pool", "set-quota", pool, what, str(most))
        (there.add if most else there.discard)((pool, what))

    yield quota
    for pool, what in list(there):
        quota(pool, what, 0)


def test_a_full_pool_refuses_bodies_and_takes_deletions(quota, onggi):
    """By its quota; a pool whose disks are full has the same flag. The monitor sets it, and gateways
    look at every renewal."""
    gateway = onggi()
    gateway.environment["ONGGI_STORAGE_LEASE_SECONDS"] = "4"
    client = gateway.start().client()
    client.create_bucket(Bucket=BUCKET)
    small, large = b"s" * 1000, b"l" * 1_000_000
    for number in range(3):
        client.put_object(Bucket=BUCKET, Key=f"small{number}", Body=small)
        client.put_object(Bucket=BUCKET, Key=f"large{number}", Body=large)

    def code(body):
        return code_of(lambda: client.put_object(Bucket=BUCKET, Key="new", Body=body))

    def wait_for(wanted, body):
        began = time.monotonic()
        while (found := code(body)) != wanted:
            assert found in (None, "InsufficientStorage"), found
            assert time.monotonic() - began < 60, f"{found} instead of {wanted}"
            time.sleep(0.5)

    quota("onggi-data", "max_bytes", 1)
    wait_for("InsufficientStorage", large)
    client.delete_object(Bucket=BUCKET, Key="large0")
    assert client.get_object(Bucket=BUCKET, Key="large1")["Body"].read() == large
    quota("onggi-index", "max_objects", 1)
    wait_for("InsufficientStorage", small)
    assert code(large) == "InsufficientStorage"
    client.delete_object(Bucket=BUCKET, Key="small0")
    client.delete_object(Bucket=BUCKET, Key="large1")
    assert client.get_object(Bucket=BUCKET, Key="small1")["Body"].read() == small
    left = [it["Key"] for it in client.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert {"small0", "large0", "large1"}.isdisjoint(left), left
    # A gateway that starts meanwhile can delete, too.
    assert gateway.stop() == 0
    gateway.start()
    client.delete_object(Bucket=BUCKET, Key="large2")
    quota("onggi-index", "max_objects", 0)
    quota("onggi-data", "max_bytes", 0)
    wait_for(None, small)
    wait_for(None, large)
    check_counts(gateway)


@pytest.mark.long
def test_all_faults_again_and_again(cluster, gateways):
    a, b = gateways
    with Load(gateways, SEED, writers=12) as load:
        since = time.monotonic()
        for round in range(6):
            cluster.kill(round % 3)
            time.sleep(8)
            cluster.revive(round % 3)
            cluster.wait_until_clean(120)
            cluster.freeze((round + 1) % 3)
            time.sleep(15)
            cluster.thaw((round + 1) % 3)
            cluster.wait_until_clean(120)
            b.kill()
            time.sleep(6)
            b.start()
    told("all faults, six times", load, since)
    lengths = verify(load, gateways)
    wait_for_garbage(cluster, a, lengths, 120)
    check_counts(a)
