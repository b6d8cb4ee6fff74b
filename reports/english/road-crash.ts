/** English sentences about the results of a crash test of campaigns. */

import type { RoadViolation } from '../../run/statements/road-crash.ts';
import { saying } from './sentences.ts';

export const roadViolationSaid = saying<RoadViolation>({
  'call refused': ({ call, status, text }) => `${call} was answered ${status}: ${text}`,
  'another id': ({ clientToken, before, after }) =>
    `the clientToken ${clientToken} was answered with dial request ${before}, and later with ${after}`,
  'lost request': ({ dialRequestId, clientToken }) =>
    `dial request ${dialRequestId} (clientToken ${clientToken}) was accepted and is lost`,
  'contact and failure': ({ dialRequestId, contactId, failure }) =>
    `dial request ${dialRequestId} failed with ${failure}, and contact ${contactId} was made of it`,
  'two contacts': ({ dialRequestId, contactId }) =>
    `a second contact, ${contactId}, was made of dial request ${dialRequestId}`,
  'unasked contact': ({ contactId }) =>
    `contact ${contactId} exists, and no answer named its dial request`,
  'dial of no contact': ({ contactId, dialId }) =>
    `dial ${dialId} was made for contact ${contactId}, which does not exist`,
  'second dial': ({ contactId, first, second }) =>
    `contact ${contactId} was dialled twice: ${first} and ${second}`,
  'dial not given': ({ dialRequestId, dialId }) =>
    `dial ${dialId} of dial request ${dialRequestId} never reached the sink`,
  'not ended': ({ dialRequests }) => `${dialRequests} dial requests did not come to an end`,
  'not reached': ({ killAt }) =>
    `the emulator did not come to ${killAt}, so it was not killed there`,
});
