/** English sentences about the way from a dial request to a contact and a call. */

import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import type { EventViolation, RoadEvidence, RoadViolation } from '../../run/statements/road.ts';
import type { RoadCrashKind, RoadCrashViolation } from '../../run/statements/road-crash.ts';
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

const EVENTS: Sentences<EventViolation> = {
  'event of no contact': ({ event, contactId }) =>
    `event ${event} is of contact ${contactId}, which does not exist`,
  'event id reused': ({ event, contactId }) =>
    `two events of contact ${contactId} have the id ${event} and do not say the same`,
  'events out of step': ({ contactId, earlier, later }) =>
    `contact ${contactId}: ${later} has a time before that of ${earlier}`,
  'event missing': ({ contactId, eventType }) =>
    `contact ${contactId}: there is no event ${eventType}`,
  'too many events missing': ({ missing, expected, loss }) =>
    `${missing} of ${expected} events are missing, and a share of ${loss} was set to be lost`,
  'event doubled': ({ contactId, eventType }) =>
    `contact ${contactId}: there are two events ${eventType} with different ids`,
  'event says otherwise': ({ contactId, event, told }) =>
    `contact ${contactId}: the event says ${event ?? 'no reason'}, the endpoint says ${told ?? 'no reason'}`,
};

/** Of a crash test of campaigns. */
export const roadCrashSaid = saying<RoadCrashViolation>({
  ...ROAD,
  ...EVENTS,
  'not reached': ({ killAt }) =>
    `the emulator did not come to ${killAt}, so it was not killed there`,
});

/** What a crash test of campaigns that finds such a violation says. */
export const ROAD_CRASH_SIGNS: Readonly<Record<RoadCrashKind, string>> = {
  'call refused': 'a call was refused',
  'another id': 'a clientToken was answered with another dial request',
  'lost request': 'a dial request was accepted and is lost',
  'contact and failure': 'a dial request failed, and a contact was made of it',
  'two contacts': 'two contacts were made of a dial request',
  'unasked contact': 'a contact was made of no dial request',
  'dial of no contact': 'a contact that does not exist was dialled',
  'second dial': 'a contact was dialled twice',
  'dial not given': 'a dial never reached the sink',
  'not ended': 'a dial request did not come to an end',
  'event of no contact': 'an event is of a contact that does not exist',
  'event id reused': 'two events with one id do not say the same',
  'events out of step': 'the events of a contact are not in the order of its life',
  'event missing': 'an event never reached the sink',
  'too many events missing': 'too many events never reached the sink',
  'event doubled': 'an event came with two ids',
  'event says otherwise': 'an event has another reason than the endpoint tells',
  'not reached': 'a commit was not reached',
};

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

const { 'call refused': _refused, 'not ended': _open, ...FOUND } = ROAD;

/** Evidence of an audit of the dial road. */
export const ROAD_EVIDENCE: Sentences<RoadEvidence> = {
  ...FOUND,
  ...EVENTS,
  'wrong dial results': ({ stamp, nth, letters }) =>
    `batch ${stamp}, attempt ${nth}: items read ${letters}`,
  'other dial verdicts': ({ stamp, nth, letters, predicted }) =>
    `batch ${stamp}, attempt ${nth}: items read ${letters}, predicted ${predicted}`,
  'dial request shared': ({ dialRequestId, clientToken, other }) =>
    `dial request ${dialRequestId} was answered for the clientToken ${other}, and for ${clientToken}`,
  'contact differs': ({ dialRequestId, contactId, member }) =>
    `contact ${contactId} does not have the ${member} of dial request ${dialRequestId}`,
  'dial of another request': ({ dialId, contactId, dialRequestId }) =>
    `dial ${dialId} names dial request ${dialRequestId}, of which contact ${contactId} was not made`,
  'dialled after expiry': ({ dialRequestId, dialId, at, expiresAt }) =>
    `dial ${dialId} was made at ${time(at)}, and dial request ${dialRequestId} expired at ${time(expiresAt)}`,
  'dialled while held': ({ dialId, campaignId, operation, at, since, until }) =>
    `dial ${dialId} was made at ${time(at)}, after ${operation} of campaign ${campaignId} was done at ${time(since)}${until === null ? '' : ` and before it was resumed at ${time(until)}`}`,
  'expired early': ({ dialRequestId, at, expiresAt }) =>
    `dial request ${dialRequestId} was expired at ${time(at)}, and its time was over at ${time(expiresAt)}`,
  'not at its end': ({ dialRequestId, state }) =>
    `dial request ${dialRequestId} is ${state}, although there was time enough for its end`,
  'too many calls': ({ calls, quota, at }) =>
    `${calls} calls at once at ${time(at)}, and the quota is ${quota}`,
};

function time(at: number): string {
  return new Date(at).toISOString();
}
