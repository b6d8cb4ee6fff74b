"""Calls BatchPutContact with boto3 and prints what it got, as JSON.

Takes one JSON argument: endpoint, instance, principal and outsider (access key, secret), contacts.
"""

import json
import sys

import boto3
from botocore.config import Config

given = json.loads(sys.argv[1])


def client(key):
    return boto3.client(
        "connect",
        endpoint_url=given["endpoint"],
        region_name="us-east-1",
        aws_access_key_id=key["accessKeyId"],
        aws_secret_access_key=key["secretAccessKey"],
        config=Config(retries={"total_max_attempts": 1}),
    )


principal = client(given["principal"])
outsider = client(given["outsider"])
contacts = given["contacts"]


def put(by, items, token, instance=given["instance"]):
    return by.batch_put_contact(
        InstanceId=instance, ClientToken=token, ContactDataRequestList=items
    )


def error_of(kind, *call, **more):
    """The typed exception's own view: raises unless it is exactly the modelled class."""
    try:
        put(*call, **more)
    except getattr(principal.exceptions, kind) as error:
        return {
            "code": error.response["Error"]["Code"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
        }
    raise SystemExit(f"{kind} was not raised")


arn = "arn:aws:connect:us-east-1:123456789012:instance/" + given["instance"]
first = put(principal, contacts, "t")
print(
    json.dumps(
        {
            "first": {
                "successes": first["SuccessfulRequestList"],
                "failures": first["FailedRequestList"],
            },
            "replay": put(principal, contacts, "t", instance=arn)["SuccessfulRequestList"],
            "errors": [
                error_of("AccessDeniedException", outsider, contacts, "a"),
                error_of("IdempotencyException", principal, contacts[:1], "t"),
                error_of("ResourceNotFoundException", principal, contacts, "b", instance="none"),
                error_of("InvalidRequestException", principal, contacts[:1] * 26, "c"),
            ],
        }
    )
)
