/** English sentences about a feeder: what is wrong, where, what AWS documents, and what to do. */

import type {
  FeederDoubt,
  FeederFinding,
  FeederPlace,
  FeederSituation,
} from '../../run/statements/feeder.ts';
import { saying } from './sentences.ts';

const RESEND =
  'wait until the campaign has dialled some, then send it again before it is too late for the customer';

const sentence = saying<FeederFinding>({
  'expires too late': ({ count, first, seconds, version }) =>
    `${requests(count)} ${verb(count, 'expires', 'expire')} up to ${spanOf(seconds)} ahead (${at(first)}); AWS documents ${expiry(version)}, and answers InvalidInput: set expirationTime a few minutes ahead when the call is made`,
  'expires too early': ({ count, first, seconds, version }) =>
    `${requests(count)} ${verb(count, 'expires', 'expire')} ${seconds < 0 ? `up to ${spanOf(-seconds)} before the call` : `only ${spanOf(seconds)} ahead`} (${at(first)}); AWS documents ${expiry(version)}, and answers InvalidInput: set expirationTime when the call is made, not when the list is`,
  'number not E.164': ({ count, first, phoneNumber }) =>
    `${requests(count)} ${verb(count, 'has', 'have')} a phone number that is not in E.164 form, such as "${phoneNumber}" (${at(first)}); AWS documents E.164: write + and the country code, and at most 15 digits`,
  'token too long': ({ count, first, length }) =>
    `${requests(count)} ${verb(count, 'has', 'have')} a clientToken of up to ${length} characters (${at(first)}); the AWS model allows 200, and the whole call is refused: make the token shorter, for example a UUID`,
  'empty token': ({ count, first }) =>
    `${requests(count)} ${verb(count, 'has', 'have')} no clientToken or an empty one (${at(first)}); AWS documents that the token keeps a repeated request from being dialled twice, and no SDK fills it: give each dial request its own`,
  'too many items': ({ count, first, items }) =>
    `${calls(count)} ${verb(count, 'has', 'have')} up to ${items} dial requests (${at(first)}); the AWS model allows 25, and the whole call is refused: divide the list`,
  'wrong version': ({ count, first, operation, version }) =>
    `${calls(count)} of ${operation} ${verb(count, 'names', 'name')} a campaign of version ${version} (${at(first)}); in AWS that operation belongs to version ${3 - version}: use ${version === 1 ? 'PutDialRequestBatch of connectcampaigns' : 'PutOutboundRequestBatch of connectcampaignsv2'}`,
  'no such operation': ({ count, first, path }) =>
    `${calls(count)} ${verb(count, 'goes', 'go')} to PUT ${path} (${at(first)}); AWS has no such operation: version 1 has /campaigns/{id}/dial-requests, version 2 has /v2/campaigns/{id}/outbound-requests`,
  'list of the other version': ({ count, first, operation, list }) =>
    `${calls(count)} of ${operation} ${verb(count, 'has', 'have')} the member ${list} (${at(first)}); the AWS model has it in the other version only: send ${list === 'dialRequests' ? 'outboundRequests with channelSubtypeParameters' : 'dialRequests with phoneNumber and attributes'}`,
  'throttled, not sent again': ({ count, first, code, seconds }) =>
    `${requests(count)} got ${code} and ${verb(count, 'was', 'were')} not sent again in the ${spanOf(seconds)} until the record ended (${at(first)}); AWS documents that the campaign holds no more for now: ${RESEND}`,
  'unknown error, not sent again': ({ count, first, seconds }) =>
    `${requests(count)} got UnknownError and ${verb(count, 'was', 'were')} not sent again in the ${spanOf(seconds)} until the record ended (${at(first)}); AWS documents "retry": send it again with the same clientToken`,
  'failures ignored': ({ count, first, codes, seconds }) =>
    `${requests(count)} in failedRequests (${codes.join(', ')}) ${verb(count, 'was', 'were')} not sent again in the ${spanOf(seconds)} until the record ended (${at(first)}); AWS answers 200 although they failed: read failedRequests, and send those of these codes again. What the feeder counts as delivered cannot be seen from here`,
  'lost call, not repeated': ({ count, first, status, seconds }) =>
    `${requests(count)} of a call that ${lost(status)} ${verb(count, 'was', 'were')} not sent again in the ${spanOf(seconds)} until the record ended (${at(first)}); AWS documents that a clientToken is remembered for 7 days: repeat the call with the same tokens`,
  'refused call, not sent again': ({ count, first, status, error, seconds }) =>
    `${requests(count)} of calls that got ${error} ${verb(count, 'was', 'were')} not sent again in the ${spanOf(seconds)} until the record ended (${at(first)}); nothing of a call that is refused is carried out, whatever else is in it: ${remedy(status)}`,
  'other token after a lost call': ({ count, first, status }) =>
    `${requests(count)} of a call that ${lost(status)} ${verb(count, 'was', 'were')} sent again with another clientToken (${at(first)}); AWS may have accepted the first one, and then calls the customer twice: keep the token until there is an answer`,
  'sent on while throttled': ({ count, first, code }) =>
    `${calls(count)} in a row had items with ${code}, and new dial requests followed at once (${at(first)}); AWS documents that one stops until the campaign has dialled some: wait after ${code}, longer each time`,
  'sent again without a wait': ({ count, first, code }) =>
    `${calls(count)} had items with ${code}, one call after the other and more than five in a second (${at(first)}); AWS documents that one stops until the campaign has dialled some: wait before the next call, longer each time`,
  'sent on while not Running': ({ count, first, state }) =>
    `${calls(count)} in a row ${verb(count, 'was', 'were')} refused because the campaign is ${state}, each sent at once after the one before (${at(first)}); AWS documents that the campaign is started first: wait until GetCampaignState says Running`,
  'invalid input sent again': ({ count, first, reason }) =>
    `${requests(count)} that got InvalidInput (${reason}) ${verb(count, 'was', 'were')} sent again unchanged (${at(first)}); AWS documents that the request must be corrected: correct it, or take it off the list`,
  'token reused after expiry': ({ count, first, endedAs }) =>
    `${requests(count)} that had ended as ${endedAs} ${verb(count, 'was', 'were')} sent again with the same clientToken (${at(first)}); AWS documents a different token for this, and with the old one answers the old id and dials nobody: make a new token`,
  'token reused with other content': ({ count, first }) =>
    `${requests(count)} ${verb(count, 'has', 'have')} the clientToken of an earlier one with another number or other attributes (${at(first)}); AWS documents that it answers the id of the earlier one, and the new one is not dialled: make a new token`,
  'batches of one': ({ count, first }) =>
    `${calls(count)} had one dial request each, many of them in a second (${at(first)}); AWS takes 25 in a call, and limits calls, not dial requests: collect them`,
});

/** One sentence, which begins with how sure it is. */
export function feederFindingSaid(finding: FeederFinding): string {
  return `${finding.sure}: ${sentence(finding)}`;
}

export const feederDoubtSaid = saying<FeederDoubt>({
  'still time': ({ count, seconds, settle }) =>
    `${requests(count)} that failed or got no answer ${verb(count, 'was', 'were')} not yet sent again ${spanOf(seconds)} later, when the journal ended: record for ${spanOf(settle)} more, or say that the feeder has finished`,
  'cannot be followed': ({ count }) =>
    `whether ${requests(count)} that failed or got no answer ${verb(count, 'was', 'were')} sent again cannot be told: the number came again with another clientToken and other attributes, or calls are missing from the journal`,
  'calls missing': ({ count }) =>
    `the journal lacks ${calls(count)}, which ${verb(count, 'was', 'were')} not judged`,
});

/** Situation -> what has not happened. */
export const SITUATIONS_SAID: Readonly<Record<FeederSituation, string>> = {
  accepted: 'no dial request was accepted',
  throttled: 'no dial request was throttled',
  'unknown error': 'no dial request got UnknownError',
  'invalid input': 'no dial request got InvalidInput',
  'lost call': 'no call was without an answer or failed as a whole',
  'not Running': 'no call met a campaign that is not Running',
  expired: 'no dial request that had expired was sent again with its token',
};

function at({ campaignId, call, at, clientToken }: FeederPlace): string {
  const token = clientToken === null ? '' : `, clientToken "${clientToken}"`;
  return `first in call ${call} at ${new Date(at).toISOString()}, campaign ${campaignId}${token}`;
}

function expiry(version: 1 | 2): string {
  return version === 1
    ? '30 seconds to 15 minutes'
    : '30 seconds to 15 minutes for version 1, which is assumed for version 2';
}

function remedy(status: number): string {
  if (status === 403) return 'give the feeder the keys and the Region of the endpoint';
  if (status === 404) return 'give the feeder the id of a campaign that exists';
  return 'correct what the answer names, and send the others again';
}

function lost(status: number): string {
  return status === 0 || status === 200 ? 'got no whole answer' : `was answered ${status}`;
}

function spanOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} seconds`;
  return seconds < 7_200
    ? `${Math.round(seconds / 60)} minutes`
    : `${Math.round(seconds / 3_600)} hours`;
}

const requests = (count: number) => `${count} dial request${count === 1 ? '' : 's'}`;
const calls = (count: number) => `${count} call${count === 1 ? '' : 's'}`;
const verb = (count: number, one: string, many: string) => (count === 1 ? one : many);
