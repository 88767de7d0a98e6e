"""Starting: what is printed, what is kept, what is refused."""

import json
import os
import shutil
import signal
import stat
import time
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError

from onggi import BINARY, StartFailed, run


def test_the_first_start_shows_a_key_that_works_and_later_starts_do_not(onggi):
    it = onggi(environment={}).start()
    first = it.greeting
    key = (it.access_key, it.secret_key)
    assert len(key[0]) == 20 and len(key[1]) == 40
    for part in [f"Endpoint     http://127.0.0.1:{it.port}", "Region       us-east-1"]:
        assert part in first
    tries = first[first.index("Try it:") :]
    assert f"export AWS_ACCESS_KEY_ID={key[0]} AWS_SECRET_ACCESS_KEY={key[1]} " in tries
    assert f"AWS_ENDPOINT_URL={it.endpoint} AWS_DEFAULT_REGION=us-east-1" in tries
    it.client().create_bucket(Bucket="first")
    assert it.stop() == 0

    it.start()
    assert key[0] in it.greeting and key[1] not in it.greeting
    assert f"{BINARY} root-key new {it.folder}" in it.greeting
    listed = it.client(key=key).list_buckets()["Buckets"]
    assert [it["Name"] for it in listed] == ["first"]


def test_secrets_are_for_their_owner_only(onggi):
    it = onggi(environment={}).start()
    assert stat.S_IMODE(it.folder.stat().st_mode) == 0o700
    for name in ["master.key", "root-key.json"]:
        assert stat.S_IMODE((it.folder / name).stat().st_mode) == 0o600
    secret = it.secret_key.encode()
    for file in it.folder.rglob("*"):
        assert file.is_dir() or secret not in file.read_bytes(), f"the secret is in {file.name}"


def test_a_start_that_fails_does_not_use_up_the_one_look_at_the_secret(onggi):
    first = onggi("first").start()
    second = onggi("second", environment={})
    second.port = first.port
    with pytest.raises(StartFailed, match=f"127.0.0.1:{first.port}: Address already in use"):
        second.start()
    second.port = 0
    second.start()
    assert len(second.secret_key) == 40


def test_a_new_root_key_is_taken_while_the_server_runs(onggi):
    it = onggi(environment={}).start()
    it.client().create_bucket(Bucket="kept")
    made = run("root-key", "new", it.folder)
    assert made.returncode == 0, made.stderr
    new = tuple(line.split()[-1] for line in made.stdout.splitlines()[:2])
    assert [it["Name"] for it in it.client(key=new).list_buckets()["Buckets"]] == ["kept"]
    with pytest.raises(ClientError, match="InvalidAccessKeyId"):
        it.client().list_buckets()


def test_the_environments_key_is_never_stored(onggi):
    given = {"MINIO_ROOT_USER": "mover", "MINIO_ROOT_PASSWORD": "from-elsewhere"}
    it = onggi(environment=given).start()
    it.client(key=("mover", "from-elsewhere")).create_bucket(Bucket="moved")
    assert "from-elsewhere" not in it.greeting
    assert it.stop() == 0
    for file in it.folder.rglob("*"):
        assert file.is_dir() or b"from-elsewhere" not in file.read_bytes()
    refused = run("root-key", "new", it.folder, environment=given)
    assert refused.returncode == 1
    assert "set by the environment" in refused.stderr


def test_a_secret_from_a_file(onggi, tmp_path):
    (tmp_path / "secret").write_text("kept-in-a-file\n")
    it = onggi(
        environment={
            "ONGGI_ROOT_ACCESS_KEY": "filed",
            "ONGGI_ROOT_SECRET_KEY_FILE": str(tmp_path / "secret"),
        }
    ).start()
    it.client(key=("filed", "kept-in-a-file")).list_buckets()


def test_a_second_server_on_the_folder_is_refused(onggi):
    first = onggi("data").start()
    second = onggi("data")
    with pytest.raises(StartFailed, match="data is in use by another server"):
        second.start()
    assert first.is_running()
    first.client().list_buckets()
    busy = first.fsck()
    assert (busy.returncode, "in use by another server" in busy.stdout) == (2, True)
    # A process that was killed holds nothing.
    first.kill()
    second.start()


def test_the_account_is_chosen_at_the_first_start_only(onggi):
    account = {"ONGGI_ACCOUNT_ID": "123456789012"}
    it = onggi(environment=account).start()
    assert it.stop() == 0
    it.environment = {}
    it.start()
    assert it.stop() == 0
    it.environment = {"ONGGI_ACCOUNT_ID": "999999999999"}
    with pytest.raises(StartFailed, match="belongs to account 123456789012"):
        it.start()


CONFIGURATION = """
region = "ap-northeast-2"
sigv2 = false
domains = ["s3.example.test"]
log_format = "json"
"""


def test_a_configuration_file_acts(onggi, tmp_path):
    (tmp_path / "onggi.toml").write_text(CONFIGURATION)
    it = onggi(arguments=["--config", tmp_path / "onggi.toml"]).start()
    assert "Region       ap-northeast-2" in it.greeting
    s3 = it.client()
    s3.create_bucket(Bucket="seoul")
    assert s3.get_bucket_location(Bucket="seoul")["LocationConstraint"] == "ap-northeast-2"
    record = json.loads(it.logged("GetBucketLocation"))
    assert (record["status"], record["uri"]) == (200, "/seoul?location")
    # This client presigns with Signature Version 2.
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(s3.generate_presigned_url("list_buckets"))
    assert (refused.value.code, b"InvalidRequest" in refused.value.read()) == (400, True)


@pytest.mark.parametrize(
    ("file", "environment", "said"),
    [
        ('adress = "127.0.0.1:1"', {}, "there is no setting adress; did you mean address?"),
        ("[tls]\ncertificat = 'x'", {}, "did you mean tls.certificate?"),
        ("color = 1", {}, "there is no setting color; known are address, "),
        ("sigv2 = 'perhaps'", {}, "isn't true or false"),
        ("region = ", {}, "onggi.toml: TOML parse error at line 1"),
        ("", {"ONGGI_ADDRESS": "here"}, "ONGGI_ADDRESS: \"here\" isn't an IP and a port"),
        ("", {"ONGGI_ADRESS": "127.0.0.1:1"}, "did you mean ONGGI_ADDRESS?"),
        ("", {"ONGGI_ACCOUNT_ID": "12"}, "ONGGI_ACCOUNT_ID"),
        ("tls.key = 'k.pem'", {}, "tls needs both tls.certificate and tls.key"),
        ("tls = {certificate = '/c.pem', key = '/k.pem'}", {}, "/c.pem: No such file"),
        ("", {"MINIO_ROOT_USER": "minioadmin", "MINIO_ROOT_PASSWORD": "minioadmin"}, "minioadmin"),
        ("", {"ONGGI_ROOT_ACCESS_KEY": "alone"}, "are set together"),
        ("", {"ONGGI_ROOT_SECRET_KEY_FILE": "/nowhere"}, "/nowhere"),
    ],
)
def test_mistakes_in_the_configuration(onggi, tmp_path, file, environment, said):
    (tmp_path / "onggi.toml").write_text(file)
    it = onggi(environment=environment, arguments=["--config", tmp_path / "onggi.toml"])
    with pytest.raises(StartFailed) as failed:
        it.start()
    assert said in str(failed.value)
    assert it.process.returncode == 1
    assert not (it.folder / "root-key.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "d"], "onggi serve d is no command; see onggi --help"),
        (["server"], "a folder is needed, as in onggi server ./data"),
        (["server", "d", "--adress", "127.0.0.1:1"], "--adress"),
        (["server", "/proc/nothing/here"], "/proc/nothing/here: "),
        (["root-key", "new", "/nowhere"], "/nowhere/root-key.json: No such file"),
    ],
)
def test_mistakes_on_the_command_line(words, said):
    refused = run(*words)
    assert (refused.returncode, said in refused.stderr) == (1, True), refused.stderr


def test_help_names_every_command():
    told = run("--help")
    assert told.returncode == 0
    for command in ["onggi server DIR", "onggi root-key new DIR", "onggi fsck DIR"]:
        assert command in told.stdout
    assert run().stdout == told.stdout


def test_the_console_has_an_address_of_its_own(onggi):
    it = onggi().start()
    with urllib.request.urlopen(f"http://127.0.0.1:{it.console_port}/") as answer:
        page = answer.read().decode()
    assert "isn't built into this version yet" in page and it.endpoint in page


def test_ctrl_c_is_a_good_end_too(onggi):
    it = onggi().start()
    os.kill(it.pid, signal.SIGINT)
    began = time.monotonic()
    assert it.process.wait(10) == 0
    assert time.monotonic() - began < 5


def test_a_lost_master_key_is_named_and_costs_roots_key_only(onggi):
    """What docs/operating says: remove root-key.json too, and start."""
    it = onggi(environment={}).start()
    it.client().create_bucket(Bucket="kept")
    it.client().put_object(Bucket="kept", Key="k", Body=b"not sealed with it")
    old = it.access_key
    assert it.stop() == 0
    (it.folder / "master.key").unlink()
    with pytest.raises(StartFailed, match="master.key is missing"):
        it.start()
    assert not (it.folder / "master.key").exists(), "a new one would only hide the loss"
    (it.folder / "root-key.json").unlink()
    it.start()
    assert it.access_key != old
    assert it.client().get_object(Bucket="kept", Key="k")["Body"].read() == b"not sealed with it"


def test_a_copy_of_a_stopped_store_is_a_backup(onggi, tmp_path):
    it = onggi(environment={}).start()
    key = (it.access_key, it.secret_key)
    it.client().create_bucket(Bucket="saved")
    for size in [10, 300_000]:
        it.client().put_object(Bucket="saved", Key=f"{size}", Body=bytes(size))
    assert it.stop() == 0
    shutil.copytree(it.folder, tmp_path / "backup")
    it.start()
    for size in [10, 300_000]:
        it.client(key=key).delete_object(Bucket="saved", Key=f"{size}")
    assert it.stop() == 0

    restored = onggi("backup", environment={})
    assert restored.fsck().returncode == 0
    restored.start()
    for size in [10, 300_000]:
        got = restored.client(key=key).get_object(Bucket="saved", Key=f"{size}")
        assert got["Body"].read() == bytes(size)
