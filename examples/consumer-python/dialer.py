"""Puts orders into Amazon Connect with boto3, and reports what became of each."""

import boto3

BATCH = 25


class Busy(Exception):
    """The service takes no more for now. Send the rest later."""


def dial(orders, instance_id, queue_id, campaign_id):
    """Returns a ContactId or a failure code for each order, by the order's id.

    orders: (id, phone number in E.164 form) pairs.
    Raises Busy if the service throttles.
    """
    client = boto3.client("connect")
    outcome = {}
    for start in range(0, len(orders), BATCH):
        contacts = [
            {
                "RequestIdentifier": order_id,
                "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": number},
                "QueueId": queue_id,
                "Campaign": {"CampaignId": campaign_id},
            }
            for order_id, number in orders[start : start + BATCH]
        ]
        try:
            answer = client.batch_put_contact(
                InstanceId=instance_id, ContactDataRequestList=contacts
            )
        except client.exceptions.LimitExceededException as error:
            raise Busy from error
        for one in answer.get("SuccessfulRequestList", []):
            outcome[one["RequestIdentifier"]] = one["ContactId"]
        for one in answer.get("FailedRequestList", []):
            outcome[one["RequestIdentifier"]] = one["FailureReasonCode"]
    return outcome


def start_campaign(name, instance_id, flow_id, source_number):
    """Creates an agentless campaign, starts it, and returns its id."""
    client = boto3.client("connectcampaigns")
    made = client.create_campaign(
        name=name,
        connectInstanceId=instance_id,
        dialerConfig={"agentlessDialerConfig": {}},
        outboundCallConfig={
            "connectContactFlowId": flow_id,
            "connectSourcePhoneNumber": source_number,
        },
    )
    client.start_campaign(id=made["id"])
    return made["id"]
