"""Tests of the dialer. They run against the address in DIALPROOF_MOCK_URL."""

import json
import os
import unittest
import urllib.request

import dialer

# boto3 would send a throttled call again and again.
os.environ["AWS_MAX_ATTEMPTS"] = "1"

INSTANCE = "0f5a1c2e-93d7-4b88-a1de-6b7c8d9e0f12"
QUEUE = "b7c1d2e3-f4a5-4b6c-8d7e-9f0a1b2c3d4e"
CAMPAIGN = "spring-renewals"


def given(state, **params):
    """Brings the mock to a provider state."""
    body = json.dumps({"state": state, "params": params or None}).encode()
    url = os.environ["DIALPROOF_MOCK_URL"] + "/_mock/states"
    urllib.request.urlopen(urllib.request.Request(url, body, method="POST")).close()


class DialerTest(unittest.TestCase):
    def setUp(self):
        given("an ordinary day")

    def dial(self, *orders):
        return dialer.dial(list(orders), INSTANCE, QUEUE, CAMPAIGN)

    def test_every_order_becomes_a_contact(self):
        orders = [(f"order-{n}", f"+1206555{n:04}") for n in range(100, 130)]
        outcome = self.dial(*orders)
        self.assertEqual(set(outcome), {order_id for order_id, _ in orders})
        self.assertEqual(len(set(outcome.values())), 30)

    def test_a_number_that_is_none_fails_alone(self):
        outcome = self.dial(("good", "+12065550101"), ("bad", "2065550102"))
        self.assertEqual(outcome["bad"], "INVALID_CUSTOMER_ENDPOINT")
        self.assertNotEqual(outcome["good"], "INVALID_CUSTOMER_ENDPOINT")

    def test_a_contact_that_the_service_cannot_make(self):
        given("a contact fails", customerAddress="+12065550103", failureReasonCode="INTERNAL_ERROR")
        self.assertEqual(self.dial(("order-1", "+12065550103")), {"order-1": "INTERNAL_ERROR"})

    def test_a_throttled_call_is_for_later(self):
        given("calls are throttled", error="LimitExceededException")
        with self.assertRaises(dialer.Busy):
            self.dial(("order-1", "+12065550101"))

    def test_a_campaign_is_started(self):
        self.assertTrue(
            dialer.start_campaign("Renewals", INSTANCE, "flow-1", "+12065550150")
        )


if __name__ == "__main__":
    unittest.main()
