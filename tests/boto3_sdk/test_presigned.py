"""Presigned URLs that boto3 makes, used by a plain HTTP client; and both ways to name a bucket."""

import socket
import time
import urllib.parse

import pytest

from plain_http import send


@pytest.fixture(params=["s3", "s3v4"], ids=["version 2", "version 4"])
def signer(request, server):
    """Clients of both signature versions that presigned URLs come in."""
    config = {"signature_version": "s3v4"} if request.param == "s3v4" else {}
    return server.client(config=config)


def test_get_put_head_delete(signer, bucket):
    def url(operation, **more):
        params = {"Bucket": bucket, "Key": "a b+c/한글.txt", **more}
        return signer.generate_presigned_url(operation, Params=params, ExpiresIn=60)

    status, _, headers = send(url("put_object", ContentType="text/plain"), "PUT", b"hello",
                              {"Content-Type": "text/plain"})  # fmt: skip
    assert (status, headers["ETag"]) == (200, '"5d41402abc4b2a76b9719d911017c592"')
    assert send(url("get_object"))[:2] == (200, b"hello")
    assert send(url("get_object", ResponseContentType="image/png"))[2]["Content-Type"] == "image/png"
    assert send(url("head_object"), "HEAD")[2]["Content-Length"] == "5"
    assert send(url("delete_object"), "DELETE")[0] == 204
    assert send(url("get_object"))[0] == 404


def test_a_url_is_for_one_operation_only(signer, bucket):
    signer.put_object(Bucket=bucket, Key="k", Body=b"x")
    params = {"Bucket": bucket, "Key": "k"}
    url = signer.generate_presigned_url("get_object", Params=params)
    assert send(url, "PUT", b"y")[0] == 403
    assert send(url.replace("/k?", "/other?"))[0] == 403
    assert send(url + "&versionId=null")[0] in (403, 200), "version 2 signs sub-resources, 4 all"
    assert send(url)[:2] == (200, b"x")


def test_a_week_is_the_longest(server, bucket):
    s3 = server.client(config={"signature_version": "s3v4"})
    params = {"Bucket": bucket, "Key": "k"}
    week = 7 * 24 * 3600
    assert send(s3.generate_presigned_url("get_object", Params=params, ExpiresIn=week))[0] == 404
    status, body, _ = send(s3.generate_presigned_url("get_object", Params=params, ExpiresIn=week + 1))
    assert (status, b"AuthorizationQueryParametersError" in body) == (400, True)


def test_an_expired_url_says_so(signer, bucket):
    params = {"Bucket": bucket, "Key": "k"}
    url = signer.generate_presigned_url("get_object", Params=params, ExpiresIn=1)
    time.sleep(2.1)
    status, body, _ = send(url)
    assert status == 403
    assert b"<Code>AccessDenied</Code><Message>Request has expired</Message>" in body


def test_parts_of_an_upload_by_presigned_urls(signer, bucket):
    """How a browser uploads a large file without ever seeing a key."""
    upload = signer.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    params = {"Bucket": bucket, "Key": "k", "UploadId": upload, "PartNumber": 1}
    status, _, headers = send(signer.generate_presigned_url("upload_part", Params=params), "PUT", b"part")
    assert status == 200
    parts = {"Parts": [{"PartNumber": 1, "ETag": headers["ETag"]}]}
    signer.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload=parts)
    assert signer.get_object(Bucket=bucket, Key="k")["Body"].read() == b"part"


def test_unsigned_requests_are_refused_and_learn_nothing(server, bucket, s3):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    for path in ["/", f"/{bucket}", f"/{bucket}/k", f"/{bucket}/missing"]:
        status, body, _ = send(server.endpoint + path)
        assert (status, b"AccessDenied" in body) == (403, True), path
    assert send(f"{server.endpoint}/{bucket}/new", "PUT", b"x")[0] == 403


@pytest.fixture
def localhost_has_subdomains(monkeypatch):
    """`bucket.localhost` is this machine to browsers and to resolvers that follow RFC 6761."""
    resolve = socket.getaddrinfo

    def patched(host, *more, **settings):
        if isinstance(host, str) and host.endswith(".localhost"):
            host = "127.0.0.1"
        return resolve(host, *more, **settings)

    monkeypatch.setattr(socket, "getaddrinfo", patched)


def test_virtual_host_style(server, bucket, localhost_has_subdomains):
    s3 = server.client(
        endpoint_url=f"http://localhost:{server.port}",
        config={"s3": {"addressing_style": "virtual"}},
    )
    hosts = []
    s3.meta.events.register(
        "before-send.s3", lambda request, **_: hosts.append(urllib.parse.urlsplit(request.url).hostname)
    )
    s3.put_object(Bucket=bucket, Key="dir/k", Body=b"by host")
    assert s3.get_object(Bucket=bucket, Key="dir/k")["Body"].read() == b"by host"
    assert [it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["dir/k"]
    assert set(hosts) == {f"{bucket}.localhost"}
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "dir/k"})
    assert send(url)[:2] == (200, b"by host")


def test_an_interrupted_upload_leaves_nothing(server, s3, bucket):
    params = {"Bucket": bucket, "Key": "k"}
    url = urllib.parse.urlsplit(s3.generate_presigned_url("put_object", Params=params))
    for sent in [0, 1000, 4 << 20]:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            head = f"PUT {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
            client.sendall(f"{head}Content-Length: {8 << 20}\r\n\r\n".encode() + bytes(sent))
    time.sleep(0.5)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    headers = s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-onggi-bytes-used"] == "0"
