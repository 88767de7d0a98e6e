"""Forms that boto3's generate_presigned_post signs, sent by a plain HTTP client."""

import xml.etree.ElementTree as ElementTree

import pytest

from plain_http import send


@pytest.fixture(params=["version 2", "version 4"])
def signer(request, server):
    """As boto3 signs in us-east-1, and in a region that Version 2 never came to."""
    if request.param == "version 2":
        return server.client()
    return server.client(region_name="ap-northeast-2", config={"signature_version": "s3v4"})


def post(form, file=b"the file", **changed):
    """What `requests` or curl sends; changed fields are removed where they are None."""
    fields = {**form["fields"], **changed}
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
        if value is not None
    ]
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="cat.png"\r\n'
    body = b"".join(parts) + head + b"\r\n" + file + b"\r\n--edge--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    status, text, headers = send(form["url"], "POST", body, kind)
    code = ElementTree.fromstring(text).findtext("Code") if text else None
    return status, code, headers


def test_the_signers_sign_with_both_versions(signer, request):
    fields = signer.generate_presigned_post("b", "k")["fields"]
    version_2 = "version 2" in request.node.name
    assert ("AWSAccessKeyId" in fields, "x-amz-algorithm" in fields) == (version_2, not version_2)


def test_a_form_stores_what_it_allows(signer, s3, bucket):
    conditions = [
        ["content-length-range", 1, 10],
        ["starts-with", "$Content-Type", "image/"],
        {"x-amz-meta-by": "boto3"},
    ]
    given = {"Content-Type": "image/png", "x-amz-meta-by": "boto3"}
    form = signer.generate_presigned_post(bucket, "cats/${filename}", given, conditions)
    status, _, headers = post(form)
    assert status == 204
    stored = s3.get_object(Bucket=bucket, Key="cats/cat.png")
    assert stored["Body"].read() == b"the file"
    assert (stored["ContentType"], stored["Metadata"]) == ("image/png", {"by": "boto3"})
    assert headers["ETag"] == stored["ETag"]

    assert post(form, b"")[:2] == (400, "EntityTooSmall")
    assert post(form, b"12345678901")[:2] == (400, "EntityTooLarge")
    for changed in [
        {"Content-Type": "text/html"},
        {"Content-Type": None},
        {"key": "dogs/1.png"},
        {"x-amz-meta-other": "1"},
    ]:
        assert post(form, **changed)[:2] == (403, "AccessDenied"), changed
    assert post(form, key=None)[:2] == (400, "InvalidArgument")
    keys = [it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert keys == ["cats/cat.png"]


def test_a_form_is_for_its_bucket_its_time_and_its_signer(signer, server, s3, bucket):
    form = signer.generate_presigned_post(bucket, "k")
    elsewhere = {**form, "url": form["url"].replace(bucket, "other-bucket")}
    s3.create_bucket(Bucket="other-bucket")
    assert post(elsewhere)[:2] == (403, "AccessDenied")
    s3.delete_bucket(Bucket="other-bucket")
    late = signer.generate_presigned_post(bucket, "k", ExpiresIn=-1)
    assert post(late)[:2] == (403, "AccessDenied")
    version = {"signature_version": signer.meta.config.signature_version}
    wrong = (server.access_key, "wrong")
    forged = server.client(key=wrong, region_name=signer.meta.region_name, config=version)
    assert post(forged.generate_presigned_post(bucket, "k"))[:2] == (403, "SignatureDoesNotMatch")
    unsigned = {**form, "fields": {"key": "k"}}
    assert post(unsigned)[:2] == (403, "AccessDenied")


def test_rules_for_other_origins(s3, bucket):
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchCORSConfiguration"):
        s3.get_bucket_cors(Bucket=bucket)
    rules = [
        {
            "ID": "app",
            "AllowedOrigins": ["https://*.example"],
            "AllowedMethods": ["GET", "PUT"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 3000,
        },
        {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
    ]
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == rules
    headers = {"Origin": "https://app.example", "Access-Control-Request-Method": "PUT"}
    status, _, told = send(f"{s3.meta.endpoint_url}/{bucket}/k", "OPTIONS", headers=headers)
    assert (status, told["Access-Control-Allow-Methods"]) == (200, "GET, PUT")
    with pytest.raises(s3.exceptions.ClientError, match="Unsupported method is PATCH"):
        wrong = [{**rules[0], "AllowedMethods": ["PATCH"]}]
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": wrong})
    s3.delete_bucket_cors(Bucket=bucket)
    status, body, _ = send(f"{s3.meta.endpoint_url}/{bucket}/k", "OPTIONS", headers=headers)
    assert (status, b"CORS is not enabled for this bucket" in body) == (403, True)
