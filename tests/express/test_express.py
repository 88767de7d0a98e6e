"""The example application against the server: images go up and come back, nothing else does."""

import contextlib
import html
import http.client
import json
import os
import re
import subprocess
import urllib.parse
import zlib

import pytest

from onggi import REPOSITORY

EXAMPLE = REPOSITORY / "examples/express-image-upload"
BUCKET = "instagram-static-files"


def png():
    """A picture of one red pixel."""

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + pixel + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def app(server):
    """Where the example listens."""
    environment = {
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": server.endpoint,
        "S3_BUCKET": BUCKET,
        "PORT": "0",
        "PATH": os.environ["PATH"],
    }
    process = subprocess.Popen(
        ["node", "server.js"], cwd=EXAMPLE, env=environment, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process.stdout.readline().strip()
        process.terminate()


def ask(url, method="GET", body=None, headers=()):
    split = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname, split.port, timeout=30)
    with contextlib.closing(connection):
        path = split.path + (f"?{split.query}" if split.query else "")
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def send_form(app, *files):
    """What a browser sends of the form."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="images"; filename="{name}"\r\n'
        f"Content-Type: image/png\r\n\r\n".encode() + body + b"\r\n"
        for name, body in files
    ]
    body = b"".join(parts) + b"--edge--\r\n"
    kind = "multipart/form-data; boundary=edge"
    return ask(f"{app}/images", "POST", body, {"Content-Type": kind})


def shown(app):
    """The addresses of the images on the page."""
    status, _, page = ask(app)
    assert status == 200
    return [html.unescape(it) for it in re.findall(r'src="(.*?)"', page.decode())]


def test_images_go_up_are_shown_and_deleted(app, s3):
    status, headers, _ = send_form(app, ("../고양이.png", png()), ("dog.png", png() + b"more"))
    assert (status, headers["Location"]) == (303, "/")
    images = [ask(it) for it in shown(app)]
    assert sorted(body for _, _, body in images) == sorted([png(), png() + b"more"])
    assert {headers["Content-Type"] for _, headers, _ in images} == {"image/png"}
    keys = [it["Key"] for it in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert all(re.fullmatch(r"images/[0-9a-f-]{36}\.png", it) for it in keys)

    status, headers, _ = ask(f"{app}/{keys[0]}")
    assert status == 302 and ask(headers["Location"])[0] == 200
    for key in keys:
        assert ask(f"{app}/{key}", "DELETE")[0] == 204
    assert shown(app) == []


def test_what_is_no_image_is_refused(app):
    assert send_form(app, ("script.png", b"<script>alert(1)</script>"))[0] == 415
    assert send_form(app, ("large.png", png() + bytes(5 << 20)))[0] == 413
    assert send_form(app, *[(f"{it}.png", png()) for it in range(6)])[0] == 400
    assert ask(f"{app}/images/..%2Fsecret")[0] == 404
    assert shown(app) == []


def test_a_presigned_upload_is_for_one_image_of_one_type_and_length(app):
    asked = json.dumps({"type": "image/png", "size": len(png())})
    status, _, answer = ask(
        f"{app}/upload-urls", "POST", asked, {"Content-Type": "application/json"}
    )
    assert status == 200
    told = json.loads(answer)
    assert ask(told["url"], "PUT", png(), {"Content-Type": "text/html"})[0] == 403
    assert ask(told["url"], "PUT", png() + b"more", told["headers"])[0] == 403
    assert ask(told["url"], "PUT", png(), told["headers"])[0] == 200
    [image] = shown(app)
    assert ask(image)[2] == png()
    assert ask(f"{app}/{told['key']}", "DELETE")[0] == 204
    refused = json.dumps({"type": "text/html", "size": 1})
    kind = {"Content-Type": "application/json"}
    assert ask(f"{app}/upload-urls", "POST", refused, kind)[0] == 415
