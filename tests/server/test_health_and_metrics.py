"""Health and metrics: what a probe and Prometheus see, and who may see it."""

import http.client
from onggi import CEPH_CONF


def ask(server, path, host=None, headers=()):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.port}", **dict(headers)})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_health_is_open_to_all(server):
    for path in ["/_onggi/health/live", "/_onggi/health/ready"]:
        assert ask(server, path)[0] == 200
        assert ask(server, path, headers={"X-Forwarded-For": "192.0.2.1"})[0] == 200


def test_metrics_are_for_this_machine_and_never_for_a_proxys_clients(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"12345")
    status, text = ask(server, "/_onggi/metrics")
    assert status == 200
    for part in [
        'onggi_requests_total{operation="PutObject",code="OK"}',
        'onggi_request_seconds_bucket{le="+Inf",operation="PutObject"}',
        "onggi_rados_gateways" if CEPH_CONF else "onggi_log_sync_seconds_count",
    ]:
        assert part in text
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert not [it for it in names if it.endswith("_total")], "the encoding adds it to counters"
    for header in ["X-Forwarded-For", "Forwarded"]:
        assert ask(server, "/_onggi/metrics", headers={header: "192.0.2.1"})[0] == 403


def test_a_host_that_names_a_bucket_has_objects_only(server, s3, bucket):
    key = "_onggi/health/live"
    s3.put_object(Bucket=bucket, Key=key, Body=b"an object")
    host = f"{bucket}.localhost:{server.port}"
    assert ask(server, f"/{key}", host=host)[0] == 403, "an unsigned request for an object"
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"an object"


def test_every_request_leaves_a_record_without_its_signature(server, s3, bucket):
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "record-me"})
    path = url.removeprefix(server.endpoint)
    assert ask(server, path)[0] == 404
    line = server.logged("record-me")
    for part in ['operation="GetObject"', "status=404", 'code="NoSuchKey"', "Signature=..."]:
        assert part in line
    assert path.split("Signature=")[1].split("&")[0] not in line
    assert "\x1b" not in line, "no colours where no terminal is"
