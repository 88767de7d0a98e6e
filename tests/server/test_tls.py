"""TLS: both listeners speak it, and follow their files."""

import json
import socket
import ssl
import time

import pytest
from botocore.exceptions import ClientError
from certificates import Authority
from cryptography import x509

from onggi import ROOT

RELOAD_SECONDS_MAX = 10


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


def serial_of(port, authority):
    context = ssl.create_default_context(cafile=authority.path)
    with socket.create_connection(("127.0.0.1", port)) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secured:
            return x509.load_der_x509_certificate(secured.getpeercert(True)).serial_number


def test_objects_over_tls(onggi, authority):
    it = onggi(environment=ROOT | authority.certify()).start()
    assert it.endpoint.startswith("https://")
    s3 = it.client(verify=str(authority.path))
    s3.create_bucket(Bucket="secured")
    s3.put_object(Bucket="secured", Key="k", Body=b"x" * 100_000)
    assert s3.get_object(Bucket="secured", Key="k")["Body"].read() == b"x" * 100_000
    assert serial_of(it.console_port, authority) == authority.serial
    with socket.create_connection(("127.0.0.1", it.port), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = plain.recv(100)
    assert not answer.startswith(b"HTTP/"), "plain HTTP isn't spoken on a TLS port"


def test_policies_see_tls(onggi, authority):
    """`aws:SecureTransport` and `s3:TlsVersion` have the connection's values."""
    it = onggi(environment=ROOT | authority.certify()).start()
    s3, of = it.client(verify=str(authority.path)), {"Bucket": "secured", "Key": "k"}
    s3.create_bucket(Bucket="secured")
    s3.put_object(**of, Body=b"x")

    def refuses(condition):
        deny = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::secured/*",
            "Condition": condition,
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
        s3.put_bucket_policy(Bucket="secured", Policy=policy)
        try:
            s3.get_object(**of)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "AccessDenied"
            return True
        return False

    assert refuses({"Bool": {"aws:SecureTransport": "true"}})
    assert not refuses({"Bool": {"aws:SecureTransport": "false"}})
    assert refuses({"NumericEquals": {"s3:TlsVersion": "1.3"}})
    assert not refuses({"NumericLessThan": {"s3:TlsVersion": "1.2"}})


def test_a_new_certificate_is_taken_and_a_broken_one_is_not(onggi, authority, tmp_path):
    it = onggi(environment=ROOT | authority.certify()).start()
    old = authority.serial
    assert serial_of(it.port, authority) == old

    (tmp_path / "chain.pem").write_text("not a certificate")
    it.logged("kept the old TLS certificate")
    assert serial_of(it.port, authority) == old

    authority.certify()
    began = time.monotonic()
    while serial_of(it.port, authority) == old:
        assert time.monotonic() - began < RELOAD_SECONDS_MAX
        time.sleep(0.2)
    assert serial_of(it.port, authority) == authority.serial
    assert serial_of(it.console_port, authority) == authority.serial
