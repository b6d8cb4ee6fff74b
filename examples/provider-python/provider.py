"""A provider of BatchPutContact, as a team could have it: from AWS's API reference, with the URL that sets provider
states (docs/provider-states.md of dialproof). It needs Python alone: python3 provider.py 8080
"""

import hashlib
import hmac
import json
import re
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

# What the provider has when it starts: the instance of the page on provider states.
INSTANCE = {
    "id": "8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b",
    "queues": [{"id": "1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01", "enabled": True}],
    "numbers": ["+12065550100"],
    "campaigns": ["5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f"],
}

# Key -> secret, session token, the error that its caller gets. A provider of your own has keys of its own.
KEYS = {
    "AKIDCAMPAIGNSEXAMPLE": ("made-up/secret/of/outbound+campaigns/EXAMPLEKEY", "", None),
    "AKIDOUTSIDERSEXAMPLE": ("made-up/secret/of/an+ordinary+user/EXAMPLEKEY", "", "AccessDeniedException"),
    "ASIAEXPIREDSEXAMPLE1": (
        "made-up/secret/of/an+expired+session/EXAMPLEKEY",
        "MadeUpSessionTokenThatHasExpiredEXAMPLE==",
        "ExpiredTokenException",
    ),
}


class Refusal(Exception):
    def __init__(self, status, name, message="The request is refused."):
        super().__init__(message)
        self.status, self.name = status, name


class Day:
    """What the provider has and does. A state changes it; an ordinary day replaces it."""

    def __init__(self, params=None):
        params = params or {}
        self.instances = params.get("instances", [INSTANCE])
        self.types = params.get("customerEndpointTypes", ["TELEPHONE_NUMBER"])
        self.failing = None
        self.throttled = None
        self.failing_contacts = {}
        self.tokens = {}


day = Day()


def set_state(state, params):
    """False: this provider cannot be brought to the state."""
    global day
    if state == "an ordinary day":
        day = Day(params)
    elif state == "the call fails":
        day.failing = (params["status"], params["error"])
    elif state == "calls are throttled":
        day.throttled = params.get("error") or "ThrottlingException"
    elif state == "a contact fails":
        day.failing_contacts[params["customerAddress"]] = params["failureReasonCode"]
    else:
        return state == "the caller is"
    return True


def put_contacts(instance_id, batch):
    instance = next((one for one in day.instances if one["id"] == instance_id), None)
    if instance is None:
        raise Refusal(404, "ResourceNotFoundException")
    if day.failing:
        raise Refusal(*day.failing)
    check_bounds(batch)
    contacts, token = batch["ContactDataRequestList"], batch.get("ClientToken", "")
    if token in day.tokens:
        before = day.tokens[token]
        if before[:2] != (instance_id, contacts):
            raise Refusal(409, "IdempotencyException")
        return before[2]
    answer = {}
    for contact in contacts:
        code = failure_of(contact, instance)
        result = {"FailureReasonCode": code} if code else {"ContactId": str(uuid.uuid4()).upper()}
        if "RequestIdentifier" in contact:
            result["RequestIdentifier"] = contact["RequestIdentifier"]
        # Both lists are optional: an empty one is left out.
        answer.setdefault("FailedRequestList" if code else "SuccessfulRequestList", []).append(result)
    if token:
        day.tokens[token] = (instance_id, contacts, answer)
    return answer


def failure_of(contact, instance):
    customer, system = contact.get("CustomerEndpoint", {}), contact.get("SystemEndpoint")
    queue, strategy = contact.get("QueueId"), contact.get("OutboundStrategy")
    address = customer.get("Address", "")
    if not address:
        return "MISSING_CUSTOMER_ENDPOINT"
    if customer.get("Type") not in day.types or not re.fullmatch(r"\+[1-9]\d{1,14}", address):
        return "INVALID_CUSTOMER_ENDPOINT"
    if contact.get("Campaign", {}).get("CampaignId") not in instance["campaigns"]:
        return "MISSING_CAMPAIGN"
    if queue is None and system is None:
        return "MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT"
    if queue is not None and {"id": queue, "enabled": True} not in instance["queues"]:
        return "INVALID_QUEUE"
    if system is not None and system.get("Address") not in instance["numbers"]:
        return "INVALID_SYSTEM_ENDPOINT"
    if not all(re.fullmatch(r"[A-Za-z0-9_-]+", key) for key in contact.get("Attributes", {})):
        return "INVALID_ATTRIBUTE_KEY"
    if strategy and (strategy["Type"] != "AGENT_FIRST" or "AgentFirst" not in strategy.get("Config", {})):
        return "INVALID_OUTBOUND_STRATEGY"
    return day.failing_contacts.get(address)


def check_bounds(batch):
    """The bounds of the API reference."""
    contacts = batch.get("ContactDataRequestList") or []

    def within(text, most, least=0):
        if text is not None and not least <= len(text) <= most:
            raise Refusal(400, "InvalidRequestException")

    within(contacts, 25, 1)
    within(batch.get("ClientToken"), 500)
    for contact in contacts:
        within(contact.get("RequestIdentifier"), 80)
        within(contact.get("CustomerEndpoint", {}).get("Address"), 256)
        within(contact.get("SystemEndpoint", {}).get("Address"), 256)
        within(contact.get("Campaign", {}).get("CampaignId"), 100, 1)
        strategy = contact.get("OutboundStrategy")
        preview = ((strategy or {}).get("Config", {}).get("AgentFirst") or {}).get("Preview")
        seconds = (preview or {}).get("PostAcceptTimeoutConfig", {}).get("DurationInSeconds")
        if strategy and "Type" not in strategy:
            raise Refusal(400, "InvalidRequestException")
        if preview is not None and (not isinstance(seconds, int) or "AllowedUserActions" not in preview):
            raise Refusal(400, "InvalidRequestException")


FORM = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?"
    r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})"
)


def check_signature(method, target, headers, body):
    """AWS Signature Version 4."""
    form = FORM.fullmatch(headers.get("Authorization", ""))
    if form is None:
        raise Refusal(403, "IncompleteSignatureException")
    key, date, region, service, signed, signature = form.groups()
    secret, token, refused = KEYS.get(key, ("", None, None))
    if headers.get("X-Amz-Security-Token", "") != token:
        raise Refusal(403, "UnrecognizedClientException")
    path, _, query = target.partition("?")
    lines = [f"{name}:{headers[name].strip()}" for name in signed.split(";")]
    # The path is encoded once more for the signature.
    canonical = [method, path.replace("%", "%25"), query, *lines, "", signed, sha256(body)]
    scope = f"{date}/{region}/{service}/aws4_request"
    text = ["AWS4-HMAC-SHA256", headers["X-Amz-Date"], scope, sha256("\n".join(canonical).encode())]
    signing = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        signing = hmac.digest(signing, part.encode(), "sha256")
    if hmac.new(signing, "\n".join(text).encode(), "sha256").hexdigest() != signature:
        raise Refusal(403, "InvalidSignatureException")
    if refused:
        raise Refusal(403, refused)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        change = json.loads(self.body())
        setup = change.get("action") != "teardown"
        known = not setup or set_state(change["state"], change.get("params") or {})
        self.reply(200 if known else 404, {})

    def do_GET(self):
        self.reply(404, {"message": "There is no such operation."}, "UnknownOperationException")

    def do_PUT(self):
        try:
            body = self.body()
            found = re.fullmatch(r"/contact/batch/([^/?]+)", self.path)
            if found is None:
                raise Refusal(404, "UnknownOperationException")
            check_signature("PUT", self.path, self.headers, body)
            if day.throttled:
                raise Refusal(429, day.throttled)
            # An instance is named by its id or its ARN.
            self.reply(200, put_contacts(unquote(found[1]).split("/")[-1], json.loads(body)))
        except Refusal as refusal:
            self.reply(refusal.status, {"Message": str(refusal)}, refusal.name)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def reply(self, status, body, error=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        if error:
            self.send_header("x-amzn-errortype", f"{error}:http://internal.amazon.com/coral/com.amazonaws.connect/")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8080), Handler)
    print(json.dumps({"port": server.server_port}), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
