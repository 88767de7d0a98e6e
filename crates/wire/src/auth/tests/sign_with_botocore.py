"""Makes botocore.json: requests signed by botocore, with what it signed. `python sign_with_botocore.py FILE`.

Run by hand when a vector is added; the tests read the file alone.
"""

import datetime
import json
import sys
from unittest import mock

import botocore
import botocore.auth as auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
NOW = datetime.datetime(2026, 11, 25, 12, 0, 0, tzinfo=datetime.timezone.utc)
HOST = "http://127.0.0.1:9000"
FORM = "Action=CreateUser&Version=2010-05-08&UserName=%EC%98%B9%EA%B8%B0&Path=%2Fa%2F"

REQUESTS = [
    ("GET", "/", {}),
    ("GET", "/bucket", {}),
    ("GET", "/bucket?list-type=2&prefix=a%2Fb&delimiter=%2F", {}),
    ("GET", "/bucket?prefix=&marker=&max-keys=0", {}),
    ("GET", "/bucket?location", {}),
    ("GET", "/bucket?versions&key-marker=%EC%98%B9%EA%B8%B0&prefix=a%20b%2Bc", {}),
    ("GET", "/bucket?b=2&a=1&a=0&B=3&a-b=4&a%2Fb=5&a.b=6&a0=7", {}),
    ("GET", "/bucket?a=~%2A%21%27%28%29&b=%22%3C%3E%60%7B%7D%7C", {}),
    ("GET", "/bucket?X-Amz-Signature=kept&x=1", {}),
    ("GET", "/bucket/key", {"range": "bytes=0-9"}),
    ("GET", "/bucket/a//b///c", {}),
    ("GET", "/bucket/./a/../b/", {}),
    ("GET", "/bucket/..", {}),
    ("GET", "/bucket//", {}),
    ("GET", "/bucket/a%252Fb", {}),
    ("GET", "/bucket/%EC%98%B9%EA%B8%B0/%E1%84%92%E1%85%A1%E1%86%AB", {}),
    ("GET", "/bucket/a%20b%2Bc%26d%3De%40f%3Ag%2Ch%3Bi%24", {}),
    ("GET", "/bucket/~tilde-dash_under.dot%2A", {}),
    ("GET", "/bucket/%01%7F%25", {}),
    ("PUT", "/bucket/key", {"x-amz-meta-a": "  two   spaces  inside ", "content-type": "text/plain; charset=utf-8"}),
    ("PUT", "/bucket/key", {"x-amz-meta-tab": "a\tb", "x-amz-meta-empty": ""}),
    ("PUT", "/bucket/key", {"X-Amz-Meta-Mixed-Case": "V", "x-amz-storage-class": "STANDARD"}),
    ("PUT", "/bucket/key", {"content-md5": "CY9rzUYh03PK3k6DJie09g==", "x-amz-meta-z": "z", "x-amz-meta-a-b": "1", "x-amz-meta-a": "2"}),
    ("POST", "/bucket/key?uploads", {}),
    ("PUT", "/bucket/key?partNumber=1&uploadId=a%2Bb%2Fc%3D", {}),
    ("DELETE", "/bucket/key?versionId=null", {}),
    ("HEAD", "/bucket/key?response-content-type=image%2Fpng&response-content-disposition=attachment%3B%20filename%3D%22a%22", {}),
]

def signer_of(kind, expires):
    credentials = Credentials(KEY, SECRET)
    return {
        "header": lambda: auth.S3SigV4Auth(credentials, "s3", "ap-northeast-2"),
        "query": lambda: auth.S3SigV4QueryAuth(credentials, "s3", "ap-northeast-2", expires=expires),
        "v2": lambda: auth.HmacV1QueryAuth(credentials, expires=expires),
        "form": lambda: auth.SigV4Auth(credentials, "iam", "us-east-1"),
        "form-query": lambda: auth.SigV4QueryAuth(credentials, "sts", "us-east-1", expires=expires),
    }[kind]()


def watch(signer, seen):
    """Keeps what the signer computes on its way."""

    def watched(name, key, real, of_result):
        def call(*arguments):
            result = real(*arguments)
            seen[key] = result if of_result else arguments[0]
            return result

        setattr(signer, name, call)

    if hasattr(signer, "canonical_request"):
        watched("canonical_request", "canonical_request", signer.canonical_request, True)
        watched("string_to_sign", "string_to_sign", signer.string_to_sign, True)
    else:
        watched("sign_string", "string_to_sign", signer.sign_string, False)


def sign(kind, method, url, headers, expires):
    body = {"form": FORM, "header": b"body" if method == "PUT" else b""}.get(kind, b"")
    request = AWSRequest(method=method, url=HOST + url, headers=dict(headers), data=body)
    signer, seen = signer_of(kind, expires), {}
    watch(signer, seen)
    with (
        mock.patch("botocore.auth.get_current_datetime", lambda: NOW),
        mock.patch("time.time", NOW.timestamp),
    ):
        signer.add_auth(request)
    prepared = request.prepare()
    sent = sorted(
        [name.lower(), value if isinstance(value, str) else value.decode()]
        for name, value in prepared.headers.items()
        if name.lower() != "content-length"
    )
    if all(name != "host" for name, _ in sent):
        sent.insert(0, ["host", "127.0.0.1:9000"])
    target = prepared.url[len(HOST) :]
    vector = {"kind": kind, "method": method, "target": target, "headers": sent, **seen}
    if kind.startswith("form"):
        vector["form"] = FORM if kind == "form" else ""
    return vector


vectors = []
for method, url, headers in REQUESTS:
    for kind in ("header", "query", "v2"):
        # A parameter of a presigned URL on another one would be two claims.
        if kind != "header" and "X-Amz-Signature" in url:
            continue
        vectors.append(sign(kind, method, url, headers, 600))
kind = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
vectors.append(sign("form", "POST", "/", kind, 600))
vectors.append(sign("form-query", "GET", "/?Action=GetCallerIdentity&Version=2011-06-15", {}, 600))
made_by = f"botocore {botocore.__version__}"
out = {"made_by": made_by, "secret": SECRET, "now": "20261125T120000Z", "vectors": vectors}
with open(sys.argv[1], "w", encoding="ascii") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
