"""A small feeder with one fault: it repeats calls that raise, and never looks into failedRequests."""

import datetime
import json
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

argument = json.loads(sys.argv[1])
client = boto3.client(
    "connectcampaigns",
    endpoint_url=argument["url"],
    region_name="us-east-1",
    aws_access_key_id=argument["credentials"]["accessKeyId"],
    aws_secret_access_key=argument["credentials"]["secretAccessKey"],
)


def dial_request(n):
    in_five_minutes = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=5)
    return {
        "clientToken": f"python-{n}",
        "phoneNumber": f"+1202555011{n % 10}",
        "expirationTime": in_five_minutes,
        "attributes": {"customer": str(n)},
    }


for start in range(0, 30, 10):
    for attempt in range(3):
        try:
            client.put_dial_request_batch(
                id=argument["id"],
                dialRequests=[dial_request(n) for n in range(start, start + 10)],
            )
            break
        except (ClientError, BotoCoreError):
            continue
