"""Creates, starts, feeds, pauses, resumes, stops and deletes campaigns with boto3, and prints what it got, as JSON.

Takes one JSON argument: endpoint, instance, outsider and denied (access key, secret), and phone numbers that get a
failure code (throttled, unknown).
"""

import datetime
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

given = json.loads(sys.argv[1])

TELEPHONY = {
    "outboundMode": {"agentless": {}},
    "defaultOutboundConfig": {
        "connectContactFlowId": "flow",
        "connectSourcePhoneNumber": "+12065550100",
    },
}
CREATE = {
    "connectcampaigns": {
        "dialerConfig": {"agentlessDialerConfig": {}},
        "outboundCallConfig": {
            "connectContactFlowId": "flow",
            "connectSourcePhoneNumber": "+12065550100",
        },
    },
    "connectcampaignsv2": {"channelSubtypeConfig": {"telephony": TELEPHONY}},
}


def client(service, key):
    return boto3.client(
        service,
        endpoint_url=given["endpoint"],
        region_name="us-east-1",
        aws_access_key_id=key["accessKeyId"],
        aws_secret_access_key=key["secretAccessKey"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def moment(seconds):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)


def refused(call, **members):
    """Name and status of the error, and whether boto3 has a class for it with the members that it carries."""
    try:
        call(**members)
    except ClientError as error:
        response = error.response
        return {
            "name": response["Error"]["Code"],
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "typed": type(error).__name__ == response["Error"]["Code"],
            "state": response.get("state"),
        }
    raise SystemExit("the call was not refused")


def put(campaigns, service, campaign, items):
    if service == "connectcampaigns":
        requests = [
            {"clientToken": t, "phoneNumber": n, "expirationTime": moment(s), "attributes": {}}
            for t, n, s in items
        ]
        return campaigns.put_dial_request_batch(id=campaign, dialRequests=requests)
    requests = [
        {
            "clientToken": t,
            "expirationTime": moment(s),
            "channelSubtypeParameters": {
                "telephony": {"destinationPhoneNumber": n, "attributes": {}}
            },
        }
        for t, n, s in items
    ]
    return campaigns.put_outbound_request_batch(id=campaign, outboundRequests=requests)


def story(service):
    campaigns = client(service, given["outsider"])
    denied = client(service, given["denied"])
    create = {"name": service, "connectInstanceId": given["instance"], **CREATE[service]}
    made = campaigns.create_campaign(**create)
    campaign = made["id"]
    good = [("one", "+13125550142", 300)]
    errors = [
        refused(lambda **_: put(campaigns, service, campaign, good)),
        refused(lambda **_: put(campaigns, service, "none", good)),
        refused(lambda **_: put(campaigns, service, campaign, good * 26)),
        refused(lambda **_: put(denied, service, campaign, good)),
        refused(campaigns.create_campaign, **{**create, "tags": {"other": "tag"}}),
    ]
    campaigns.start_campaign(id=campaign)
    states = [campaigns.get_campaign_state(id=campaign)["state"]]
    while states[-1] != "Running":
        time.sleep(0.02)
        states.append(campaigns.get_campaign_state(id=made["arn"])["state"])
    answer = put(
        campaigns,
        service,
        made["arn"],
        [
            *good,
            ("late", "+13125550142", 3_600),
            ("throttled", given["throttled"], 300),
            ("unknown", given["unknown"], 300),
        ],
    )
    campaigns.pause_campaign(id=campaign)
    states.append(campaigns.get_campaign_state(id=campaign)["state"])
    errors.append(refused(lambda **_: put(campaigns, service, campaign, good)))
    campaigns.resume_campaign(id=campaign)
    again = put(campaigns, service, campaign, good)
    errors.append(refused(campaigns.delete_campaign, id=campaign))
    campaigns.stop_campaign(id=campaign)
    batch = campaigns.get_campaign_state_batch(campaignIds=[campaign, "none"])
    campaigns.delete_campaign(id=campaign)
    return {
        "states": sorted(set(states)),
        "same": again["successfulRequests"] == answer["successfulRequests"],
        "accepted": len(answer["successfulRequests"]),
        "failed": {f["clientToken"]: f["failureCode"] for f in answer["failedRequests"]},
        "batch": [
            [s["state"] for s in batch["successfulRequests"]],
            [f["failureCode"] for f in batch["failedRequests"]],
        ],
        "errors": errors,
        "left": campaigns.list_campaigns()["campaignSummaryList"],
    }


print(json.dumps({service: story(service) for service in CREATE}))
