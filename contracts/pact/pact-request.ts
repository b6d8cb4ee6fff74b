/** Converts a request to Pact's form: method, path, headers and body, with the parts that may vary. */

import { OPERATION } from '../../operation/connect/address.ts';
import type { BatchPutContactRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { BuildRequest, Matchers } from './pact.ts';

/** The form of the SDK's UUID v4. The example is used if no ClientToken was given. */
const UUID_V4 = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const EXAMPLE_TOKEN = '7d8e9f0a-1b2c-4d3e-8f4a-5b6c7d8e9f0a';

const SCOPE = `${ordinaryFacts().region}/${OPERATION.service}/aws4_request`;

// A header rule must match the whole value, so it ends in .*$
const AUTHORIZATION = `^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${SCOPE}, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}.*$`;
const EXAMPLE_AUTHORIZATION =
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${SCOPE}, ` +
  `SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`;

export function pactRequest(request: BatchPutContactRequest, match: Matchers): BuildRequest {
  const { InstanceId: _, ClientToken, ...rest } = request;
  return (builder) => {
    builder
      .headers({
        'Content-Type': OPERATION.contentType,
        Authorization: match.regex(AUTHORIZATION, EXAMPLE_AUTHORIZATION),
        'X-Amz-Date': match.regex('^\\d{8}T\\d{6}Z$', '20260101T000000Z'),
      })
      .jsonBody({ ClientToken: ClientToken ?? match.regex(UUID_V4, EXAMPLE_TOKEN), ...rest });
  };
}
