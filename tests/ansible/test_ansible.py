"""Ansible's amazon.aws modules make and remove buckets, policies, users and groups; a second run of
either changes nothing.

The collection is taken out of PyPI's `ansible`: with the hundred others in it, its installation takes
minutes.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onggi import BINARY

HERE = Path(__file__).resolve().parent
# The release of `ansible` whose amazon.aws goes with requirements.txt's ansible-core.
RELEASE = "12.3.0"


@pytest.fixture(scope="session")
def collections():
    """A folder with the collection, kept beside the build's other files."""
    folder = BINARY.resolve().parent.parent / f"ansible-{RELEASE}"
    if not (folder / "ansible_collections/amazon/aws/MANIFEST.json").exists():
        download = ["pip", "download", "-q", "--no-deps", "-d", folder, f"ansible=={RELEASE}"]
        subprocess.run([sys.executable, "-m", *download], check=True)
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            part = "ansible_collections/amazon/aws/"
            members = [it for it in packed.namelist() if it.startswith(part)]
            # The manifest last: it says that everything is there.
            members.sort(key=lambda it: it.endswith("/MANIFEST.json"))
            packed.extractall(folder, members)
        wheel.unlink()
    return folder


@pytest.fixture
def play(cli_environment, collections, tmp_path):
    """Runs a playbook and gives how many tasks changed something, and what it said."""

    def run(book):
        environment = cli_environment | {
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.default",
            "ANSIBLE_CALLBACK_RESULT_FORMAT": "json",
            "ANSIBLE_LOCALHOST_WARNING": "False",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
            "LC_ALL": "C.UTF-8",
        }
        python = {"ansible_python_interpreter": sys.executable}
        words = ["ansible-playbook", "-v", "-e", json.dumps(python), HERE / book]
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stdout + done.stderr
        recap = done.stdout.rsplit("PLAY RECAP", 1)[1]
        counts = dict(it.split("=") for it in recap.split() if "=" in it)
        return int(counts["changed"]), done.stdout

    return run


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_second_run_changes_nothing(server, play):
    iam, s3 = server.client("iam"), server.client("s3")
    changed, said = play("present.yml")
    assert changed == 6, said
    changed, said = play("present.yml")
    assert changed == 0, said
    attached = iam.list_attached_user_policies(UserName="ansible-user")["AttachedPolicies"]
    assert {it["PolicyName"] for it in attached} == {"ansible-policy", "AmazonS3ReadOnlyAccess"}
    users = iam.get_group(GroupName="ansible-group")["Users"]
    assert [it["UserName"] for it in users] == ["ansible-user"]
    tags = s3.get_bucket_tagging(Bucket="ansible-bucket")["TagSet"]
    assert tags == [{"Key": "team", "Value": "kiln"}]
    changed, said = play("absent.yml")
    assert changed == 5, said
    changed, said = play("absent.yml")
    assert changed == 0, said
    assert "ansible-bucket" not in [it["Name"] for it in s3.list_buckets()["Buckets"]]
    assert iam.list_users(PathPrefix="/ansible/")["Users"] == []
