"""The real binary killed under load, again and again: nothing acknowledged is lost."""

import os
import random
import sys

import pytest
from load import BUCKET, Writers, report

WRITERS = 4
# The promise is 2 s; a machine that also builds and tests gets more before this is a failure.
START_SECONDS_MAX = 15


def kill_loop(server, rounds, seconds):
    seed = os.environ.get("ONGGI_SEED") or random.randrange(1 << 32)
    print(f"seed {seed} (ONGGI_SEED repeats the load)")
    writers = Writers(WRITERS, seed)
    server.start()
    server.client().create_bucket(Bucket=BUCKET)
    chance = random.Random(f"{seed} pauses")
    starts = []
    for _ in range(rounds):
        writers.work(server, seconds * chance.uniform(0.5, 1.5), server.kill)
        starts.append(server.start().started_in)
        assert starts[-1] < START_SECONDS_MAX
        writers.judge(server)
    assert writers.acknowledged > rounds * 20, "the load was none"
    assert server.stop() == 0
    checked = server.fsck()
    assert checked.returncode == 0, checked.stdout
    print(report(writers, starts), file=sys.stderr)


def test_kill_9_under_load_loses_nothing_acknowledged(onggi):
    kill_loop(onggi(), rounds=5, seconds=2)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_kill_9_under_load_a_hundred_times(onggi):
    kill_loop(onggi(), rounds=100, seconds=4)
