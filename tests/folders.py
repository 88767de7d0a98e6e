"""Folders of small files, and whether two are the same."""

import os
import random
import time

# Times in S3 are whole seconds: a file as old as its upload looks newer than the object to `aws s3 sync`.
AGE_SECONDS = 10


def fill(folder, count, seed, bytes_max=4096):
    """Writes `count` small files, a hundred to a folder. Some names are awkward on purpose."""
    chance = random.Random(seed)
    written = time.time() - AGE_SECONDS
    awkward = ["space in it.txt", "plus+and&.txt", "한글 파일.txt", "per%20cent.txt", "~tilde(1).txt"]
    for number in range(count):
        name = awkward[number] if number < len(awkward) else f"file-{number:05}.bin"
        path = folder / f"part-{number // 100:03}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.randint(0, bytes_max)))
        os.utime(path, (written, written))


def contents(folder):
    """Every file below a folder: its relative name and its bytes."""
    files = (it for it in folder.rglob("*") if it.is_file())
    return {str(it.relative_to(folder)): it.read_bytes() for it in files}


def difference(one, other):
    """The names whose bytes aren't the same in both folders."""
    one, other = contents(one), contents(other)
    return sorted(it for it in one.keys() | other.keys() if one.get(it) != other.get(it))
