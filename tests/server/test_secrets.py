"""What lets somebody in is nowhere but in the hands it was given to: not in the store's folder, not in
its log, not in its audit records, whatever came of the requests."""

import json
import urllib.request
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError
from onggi import ROOT, run

OLD, NEW, TRIED = "Old-password-1!", "New-password-2!", "Tried-password-3!"


def test_no_secret_is_left_behind(onggi):
    it = onggi(environment=ROOT | {"ONGGI_AUDIT": "all"}).start()
    iam, s3 = it.client("iam"), it.client()
    s3.create_bucket(Bucket="bucket")
    kim = {"UserName": "kim"}
    iam.create_user(**kim)
    iam.attach_user_policy(**kim, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    iam.create_login_profile(**kim, Password=OLD)
    made = iam.create_access_key(**kim)["AccessKey"]
    key = (made["AccessKeyId"], made["SecretAccessKey"])
    with pytest.raises(ClientError):
        it.client("iam", key=key).change_password(OldPassword=TRIED, NewPassword=NEW)
    it.client("iam", key=key).change_password(OldPassword=OLD, NewPassword=NEW)

    theirs = it.client(key=key)
    theirs.put_object(Bucket="bucket", Key="key", Body=b"body")
    at = {"Params": {"Bucket": "bucket", "Key": "key"}, "ExpiresIn": 600}
    good = theirs.generate_presigned_url("get_object", **at)
    assert urllib.request.urlopen(good, timeout=10).read() == b"body"
    # One that holds for another object, one with another key's secret, one by header, one with a token.
    for url in [
        good.replace("/key?", "/other?"),
        it.client(key=(key[0], TRIED)).generate_presigned_url("get_object", **at),
    ]:
        with pytest.raises(HTTPError, match="403"):
            urllib.request.urlopen(url, timeout=10)
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        it.client(key=(key[0], TRIED)).list_buckets()
    with pytest.raises(ClientError, match="InvalidToken"):
        token = it.client(key=key, aws_session_token="t0ken-of-nobody")
        token.list_buckets()
    assert it.stop() == 0

    signature = good.split("Signature=")[1].split("&")[0]
    secrets = [key[1], ROOT["ONGGI_ROOT_SECRET_KEY"], OLD, NEW, TRIED, "t0ken-of-nobody", signature]
    files = [path for path in it.folder.rglob("*") if path.is_file()] + [it.log]
    assert any("audit" in str(path) for path in files)
    for path in files:
        content = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, f"{path.name} has {secret}"


def test_why_explains_a_signature_that_does_not_hold(onggi):
    it = onggi().start()
    wrong = it.client(key=(it.access_key, "another-secret"))
    with pytest.raises(ClientError) as caught:
        wrong.list_buckets()
    assert caught.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
    request = caught.value.response["ResponseMetadata"]["RequestId"]
    assert it.stop() == 0
    told = run("why", request, it.folder)
    assert told.returncode == 0, told.stderr
    for part in [
        "ListBuckets (s3.amazonaws.com), refused: SignatureDoesNotMatch",
        f"somebody who names access key {it.access_key}",
        "the signature is another than the key's",
        "AWS4-HMAC-SHA256",
    ]:
        assert part in told.stdout, told.stdout
    # In files of their own, so that a flood of them pushes nothing else out.
    [file] = (it.folder / "audit").glob("strangers-*.jsonl")
    assert json.loads(file.read_text())["requestID"] == request
