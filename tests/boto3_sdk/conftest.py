"""What the boto3 tests share."""

import contextlib

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def refused():
    """`with refused("NoSuchKey", 404):` expects a ClientError of that code and status."""

    @contextlib.contextmanager
    def expect(code, status):
        with pytest.raises(ClientError) as caught:
            yield caught
        error = caught.value.response
        told = (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"])
        assert told == (code, status)

    return expect
