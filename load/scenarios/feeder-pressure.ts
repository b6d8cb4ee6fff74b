/**
 * More dial requests than a campaign holds. The client does what AWS documents: after RequestThrottled it stops
 * sending, waits until the campaign has cleared some, and sends those again that were refused.
 */

import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { dialLetterOf } from '../../operation/corpus/dial-record.ts';
import { partOfDials } from '../lib/dial-corpus.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { type Campaigns, dialsAnswered, openRoad } from '../lib/road.ts';

const road = openRoad(SCENARIOS['feeder-pressure'].profile);
const { profile, number, requestsPerBatch, pendingLimit } = road;

/** Where it is not known how many dial requests a campaign holds, the profile says it. */
const requests = ((pendingLimit ?? profile.limit) * profile.overPercent) / 100;
const iterations = Math.ceil(requests / requestsPerBatch);

const FULL = [dialLetterOf('RequestThrottled'), dialLetterOf('BufferLimitExceeded')];

const throttled = new Counter('dial_requests_throttled');
const waited = new Counter('waits_for_room');
const left = new Counter('dial_requests_left');

/** One virtual user: another would move the clock under it. */
export const options = road.optionsOf(
  { pressure: sharedIterations({ vus: 1, iterations }) },
  {
    ...dialsAnswered(profile),
    dial_requests_throttled: ['count>0'],
    dial_requests_left: ['count<1'],
  },
);

export function setup(): Campaigns {
  return road.begin(1);
}

/** A good dial request is accepted, or refused for want of room. */
function orFull(letters: string, predicted: string): boolean {
  return (
    letters.length === predicted.length &&
    Array.from(letters).every(
      (letter, i) =>
        letter === predicted.charAt(i) || (predicted.charAt(i) === '.' && FULL.includes(letter)),
    )
  );
}

export default counted(async ({ ids: [campaign = ''] }: Campaigns) => {
  const i = number();
  let batch = await road.batch(i);
  let answer = road.put(campaign, batch, 1, orFull);
  check(answer, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ asPredicted }) => asPredicted,
  });
  let refused = refusedIn(answer.letters, batch.predicted);
  for (let waits = 0; refused.length > 0 && waits < profile.waits; waits += 1) {
    throttled.add(refused.length);
    waited.add(1);
    road.pass(profile.waitSeconds);
    // The same clientTokens: a refused dial request has not used its own.
    const fresh = await road.batch(i);
    batch = partOfDials(
      fresh,
      batch.places ? refused.map((place) => batch.places?.[place] ?? 0) : refused,
    );
    answer = road.put(campaign, batch, answer.attempt + 1, orFull);
    refused = refusedIn(answer.letters, batch.predicted);
  }
  left.add(refused.length);
  check(refused, { 'every dial request gets through': ({ length }) => length === 0 });
});

/** Places of the good dial requests that were refused for want of room. */
function refusedIn(letters: string, predicted: string): number[] {
  return Array.from(letters).flatMap((letter, place) =>
    FULL.includes(letter) && predicted.charAt(place) === '.' ? [place] : [],
  );
}
