"""Hands the contacts of a CSV file to a campaign with boto3, 25 in a call, until every one is accepted or refused.

A contact has one clientToken, made of the name of the file and its id. What is sent again has the same token, so that
nobody is called twice: neither after an answer that was lost, nor if the program is started again within seven days.
"""

import csv
import datetime
import pathlib
import sys
import time

import boto3
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

BATCH = 25
EXPIRES = datetime.timedelta(minutes=5)
# Calls in a row in which nothing gets through, before the feeder gives up.
PATIENCE = 20
SEND_AGAIN = {"RequestThrottled", "UnknownError"}
# Not a code of AWS: the answer did not come, or does not tell of the contact.
LOST = "lost"


def put(client, campaign_id, contacts):
    """One call. Returns what became of each token: a dial request id, a failure code or LOST."""
    expires = datetime.datetime.now(datetime.timezone.utc) + EXPIRES
    dial_requests = [
        {
            "clientToken": contact["token"],
            "phoneNumber": contact["phoneNumber"],
            "expirationTime": expires,
            "attributes": {"contact": contact["id"], "name": contact["name"]},
        }
        for contact in contacts
    ]
    told = {contact["token"]: (False, LOST) for contact in contacts}
    try:
        answer = client.put_dial_request_batch(id=campaign_id, dialRequests=dial_requests)
    except (ConnectionError, HTTPClientError):
        return told
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 429 or status >= 500:
            return told
        raise
    # boto3 takes an answer that was cut off for one without lists.
    for one in answer.get("successfulRequests", []):
        told[one["clientToken"]] = (True, one["id"])
    for one in answer.get("failedRequests", []):
        told[one["clientToken"]] = (False, one["failureCode"])
    return told


def feed(client, campaign_id, contacts, pause):
    """Returns the contacts that were refused for good, with their codes. Waits `pause` seconds before it sends again."""
    waiting, refused, idle = list(contacts), [], 0
    while waiting:
        sent, waiting = waiting[:BATCH], waiting[BATCH:]
        told = put(client, campaign_id, sent)
        again = []
        for contact in sent:
            accepted, code = told[contact["token"]]
            if accepted:
                continue
            if code == LOST or code in SEND_AGAIN:
                again.append(contact)
            else:
                refused.append((contact, code))
        idle = idle + 1 if len(again) == len(sent) else 0
        if idle == PATIENCE:
            sys.exit(f"{len(again) + len(waiting)} contacts are left: {PATIENCE} calls got nothing through")
        # At the head, so that a call whose answer was lost is repeated as it was.
        waiting = again + waiting
        if again:
            time.sleep(pause)
    return refused


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: feeder.py CAMPAIGN_ID FILE.csv [PAUSE_SECONDS]")
    campaign_id, file = sys.argv[1], pathlib.Path(sys.argv[2])
    pause = float(sys.argv[3]) if len(sys.argv) == 4 else 30
    with file.open(newline="", encoding="utf-8") as rows:
        contacts = [{**row, "token": f"{file.stem}-{row['id']}"} for row in csv.DictReader(rows)]
    refused = feed(boto3.client("connectcampaigns"), campaign_id, contacts, pause)
    for contact, code in refused:
        print(f"{contact['id']} was refused: {code}", file=sys.stderr)
    print(f"{len(contacts) - len(refused)} of {len(contacts)} contacts were accepted")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
