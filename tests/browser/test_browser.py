"""A page of another origin in a real browser: presigned GET, PUT and POST with the bucket's rules for
it, and nothing without."""

import http.server
import json
import subprocess
import threading
import urllib.parse
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<!doctype html><title>A page</title><p>Done."
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def origin():
    """Where the page comes from: not where the server is."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()
        thread.join()


@pytest.fixture(params=["version 2", "version 4"])
def signer(request, server):
    """A client that signs as boto3 does in us-east-1, and one for other regions."""
    if request.param == "version 2":
        return server.client()
    return server.client(region_name="ap-northeast-2", config={"signature_version": "s3v4"})


def in_browser(origin, *steps):
    done = subprocess.run(
        ["node", "page.js", json.dumps({"page": origin, "steps": steps})],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def presigned(signer, bucket):
    """What a page is given: a URL to read, one to write, and a form."""
    read = signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "read.txt"})
    text = {"Bucket": bucket, "Key": "put.txt", "ContentType": "text/plain"}
    write = signer.generate_presigned_url("put_object", Params=text)
    form = signer.generate_presigned_post(bucket, "posted/${filename}")
    return [
        {"url": read},
        {
            "url": write,
            "method": "PUT",
            "headers": {"Content-Type": "text/plain"},
            "body": "put by a page",
        },
        {"url": form["url"], "method": "POST", "fields": form["fields"], "expose": "location"},
    ]


def test_a_page_that_the_bucket_allows(signer, s3, bucket, origin):
    s3.put_object(Bucket=bucket, Key="read.txt", Body=b"for pages")
    rule = {
        "AllowedOrigins": [origin],
        "AllowedMethods": ["GET", "PUT", "POST"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag", "Location"],
        "MaxAgeSeconds": 1,
    }
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    read, put, posted = in_browser(origin, *presigned(signer, bucket))
    assert (read["status"], read["body"]) == (200, "for pages")
    assert read["header"] == s3.head_object(Bucket=bucket, Key="read.txt")["ETag"]
    assert put["status"] == 200
    stored = s3.get_object(Bucket=bucket, Key="put.txt")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"put by a page", "text/plain")
    assert put["header"] == stored["ETag"]
    assert posted["status"] == 204
    assert posted["header"].endswith("posted%2Fscript.txt")
    stored = s3.get_object(Bucket=bucket, Key="posted/script.txt")
    assert stored["Body"].read() == b"from a script"

    # An error can be read as well: the page learns why.
    wrong = {"url": read_only(signer, bucket), "method": "PUT", "body": "x"}
    [refused] = in_browser(origin, wrong)
    assert refused["status"] == 403 and "SignatureDoesNotMatch" in refused["body"]


def read_only(signer, bucket):
    return signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "read.txt"})


def test_a_page_that_the_bucket_does_not_allow(signer, s3, bucket, origin):
    s3.put_object(Bucket=bucket, Key="read.txt", Body=b"for pages")
    read, put, _ = in_browser(origin, *presigned(signer, bucket))
    assert "Failed to fetch" in read["blocked"]
    assert "Failed to fetch" in put["blocked"]
    rule = {"AllowedOrigins": ["http://other.example"], "AllowedMethods": ["GET", "PUT"]}
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    read, put, _ = in_browser(origin, *presigned(signer, bucket))
    assert "blocked" in read and "blocked" in put
    # The preflight was refused, so nothing was ever sent.
    keys = [it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert "put.txt" not in keys


def test_a_form_of_html_needs_no_rule(signer, s3, bucket, origin):
    done = f"{origin}/done?a=b"
    fields = {"success_action_redirect": done, "Content-Type": "text/plain; charset=utf-8"}
    conditions = [
        {"success_action_redirect": done},
        ["starts-with", "$Content-Type", "text/"],
        ["content-length-range", 1, 100],
    ]
    form = signer.generate_presigned_post(bucket, "forms/${filename}", fields, conditions)
    [sent] = in_browser(origin, {"form": {"url": form["url"], "fields": form["fields"]}})
    assert sent["status"] == 303
    assert sent["url"].startswith(done + "&")
    told = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(sent["url"]).query))
    # Browsers write a quotation mark in a file's name so, and S3 takes it as it comes.
    assert (told["bucket"], told["key"]) == (bucket, "forms/고양이 %221%22.txt")
    stored = s3.get_object(Bucket=bucket, Key=told["key"])
    assert stored["Body"].read() == b"by a form"
    assert stored["ContentType"] == "text/plain; charset=utf-8"
    assert told["etag"] == stored["ETag"]

    del form["fields"]["success_action_redirect"]
    [sent] = in_browser(origin, {"form": {"url": form["url"], "fields": form["fields"]}})
    assert sent["status"] == 403 and "Policy Condition failed" in sent["body"]
