"""A pytest plugin: gives a region to the clients that the suite makes without one.

The suite's clients for IAM and STS have `region_name=''`, which botocore signs as it is. AWS refuses
a credential whose region is empty, and so does Onggi; Ceph's gateway doesn't mind.
"""

import functools

import boto3

_client = boto3.client


@functools.wraps(_client)
def client(*args, **arguments):
    if arguments.get("region_name") == "":
        arguments["region_name"] = "us-east-1"
    return _client(*args, **arguments)


boto3.client = client
