"""TLS: both listeners speak it, and follow their files."""

import socket
import ssl
import time

import pytest
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
