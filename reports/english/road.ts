/** English sentences about the way from a dial request to a contact and a call. */

import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import type { RoadViolation } from '../../run/statements/road.ts';
import type { RoadCrashViolation } from '../../run/statements/road-crash.ts';
import { type Sentences, saying } from './sentences.ts';

const ROAD: Sentences<RoadViolation> = {
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
};

/** Of a crash test of campaigns. */
export const roadCrashSaid = saying<RoadCrashViolation>({
  ...ROAD,
  'not reached': ({ killAt }) =>
    `the emulator did not come to ${killAt}, so it was not killed there`,
});

/** Of the stage of campaigns of a run. */
export const campaignViolationSaid = saying<CampaignViolation>({
  ...ROAD,
  'answered otherwise': ({ operation, clientToken, predicted, answered }) =>
    predicted === null
      ? `${operation} answered ${answered} for the clientToken ${clientToken}, for which no item was sent`
      : `${operation} answered ${answered ?? 'nothing'} for the clientToken ${clientToken}, and ${predicted} was predicted`,
  'call unanswered': ({ call, message }) => `${call} had no answer: ${message}`,
  'not running': ({ version, state }) =>
    `the campaign of version ${version} was started and did not become Running; it is ${state}`,
});
