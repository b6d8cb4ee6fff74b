"""Makes one call of BatchPutContact to each endpoint and prints what came of it, as JSON.

Takes one JSON argument: endpoints by name, instance, key (access key, secret), contact.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

given = json.loads(sys.argv[1])


def client(endpoint):
    return boto3.client(
        "connect",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=given["key"]["accessKeyId"],
        aws_secret_access_key=given["key"]["secretAccessKey"],
    )


def outcome(caller):
    try:
        answer = caller.batch_put_contact(
            InstanceId=given["instance"], ContactDataRequestList=[given["contact"]]
        )
    except caller.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    if "SuccessfulRequestList" not in answer:
        return "an empty success"
    return "ok" if answer["SuccessfulRequestList"] else "failed items"


endpoints = given["endpoints"]
# Making a client is not safe in threads; calling one is.
clients = [client(endpoint) for endpoint in endpoints.values()]
# At once, because each waits before it tries again.
with ThreadPoolExecutor(len(clients)) as threads:
    outcomes = dict(zip(endpoints, threads.map(outcome, clients)))
print(json.dumps({"version": boto3.__version__, "outcomes": outcomes}))
