"""A gateway to a Ceph cluster that can't start says why, on a machine without any Ceph package too."""

import ctypes.util

import pytest

from onggi import ROOT, run

GATEWAY = ROOT | {
    "ONGGI_STORAGE_ENGINE": "rados",
    "ONGGI_MASTER_KEY": "dGVzdHMgb2YgdGhlIG1hc3RlciBrZXkgb2YgMzIgYi4=",
}


@pytest.fixture
def start(tmp_path):
    """Starts a gateway, which is refused. Gives what it says."""

    def start(**environment):
        audit = {"ONGGI_AUDIT_FOLDER": str(tmp_path / "log")}
        ended = run("server", "--address", "127.0.0.1:0", environment=GATEWAY | audit | environment)
        assert ended.returncode == 1, ended.stdout + ended.stderr
        return ended.stderr

    return start


@pytest.fixture
def no_librados(tmp_path):
    """An environment in which the library can't be loaded. CI's ordinary machine has none; where it is
    installed, something else of its name is found before it."""
    if ctypes.util.find_library("rados") is None:
        return {}
    folder = tmp_path / "lib"
    folder.mkdir()
    for name in ["librados.so.2", "librados.so.3"]:
        (folder / name).write_text("this is no library, and long enough to be looked at" * 20)
    return {"LD_LIBRARY_PATH": str(folder)}


def test_the_missing_library_is_named_with_its_package(start, no_librados):
    said = start(**no_librados)
    assert said.startswith("onggi: the store on RADOS: librados.so.2 can't be loaded ("), said
    assert "Debian's package is librados2" in said


def test_fsck_of_a_cluster_says_so_too(no_librados):
    checked = run("fsck", environment=GATEWAY | no_librados)
    assert checked.returncode == 2
    assert "librados.so.2 can't be loaded" in checked.stdout + checked.stderr


@pytest.mark.parametrize(
    "missing, named",
    [
        ("ONGGI_ROOT_ACCESS_KEY", "ONGGI_ROOT_ACCESS_KEY and ONGGI_ROOT_SECRET_KEY"),
        ("ONGGI_MASTER_KEY", "ONGGI_MASTER_KEY"),
    ],
)
def test_secrets_that_it_does_not_keep_itself_are_asked_for(tmp_path, missing, named):
    environment = GATEWAY | {"ONGGI_AUDIT_FOLDER": str(tmp_path / "log")}
    del environment[missing]
    ended = run("server", "--address", "127.0.0.1:0", environment=environment)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"onggi: {named}: a gateway on RADOS keeps no secrets"), ended.stderr


def test_a_place_where_no_audit_records_can_be_written_is_told(start, tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = start(ONGGI_AUDIT_FOLDER=str(tmp_path / "file/log"))
    assert said.startswith(f"onggi: audit_folder: {tmp_path}/file/log/audit: Not a directory"), said
