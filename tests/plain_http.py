"""HTTP without a client's own ideas."""

import contextlib
import http.client
import urllib.parse


def send(url, method="GET", body=None, headers=()):
    """One request by a client that adds no header of its own but Host and Content-Length."""
    split = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname, split.port, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, f"{split.path}?{split.query}", body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
