"""An example in Python: a dialer's tests against `dialproof contracts mock`.

    dialproof contracts mock --port 4020 &
    python3 dialer.py http://127.0.0.1:4020
"""

import sys

import boto3
from botocore.config import Config

INSTANCE = "8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b"
CONTACT = {
    "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": "+12065550101"},
    "QueueId": "1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01",
    "Campaign": {"CampaignId": "5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f"},
}

connect = boto3.client(
    "connect",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="any",
    config=Config(retries={"total_max_attempts": 1}),
)


def put(instance, *contacts):
    return connect.batch_put_contact(
        InstanceId=instance, ContactDataRequestList=list(contacts)
    )


answer = put(INSTANCE, CONTACT)
assert len(answer["SuccessfulRequestList"]) == 1, answer
assert answer["FailedRequestList"] == [], answer

try:
    put(INSTANCE, {**CONTACT, "QueueId": "another queue"})
except connect.exceptions.ClientError as error:
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 500, error
else:
    raise SystemExit("the contract knows no such request, and yet it was answered")

print("ok")
