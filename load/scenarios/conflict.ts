/**
 * Uses a ClientToken for two payloads. One is answered with 200 and stands. The other is refused.
 *
 * In even iterations the other payload comes second; in odd ones both come at once, and either may win.
 */

import { check } from 'k6';
import http from 'k6/http';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, number, batch, optionsOf } = openScenario(SCENARIOS.conflict.profile);

http.setResponseCallback(http.expectedStatuses(200, 409));

export const options = optionsOf({ conflict: sharedIterations(profile) }, answersWithin(profile));

export default counted(async () => {
  const token = number();
  const payloads = [await batch(token), await batch(token, token + 1)] as const;
  const [one, other] = payloads;
  if (one.record === other.record) throw new Error('conflict needs a corpus of 2 or more batches');
  const answers =
    token % 2 === 0
      ? [sender.send(one, 1), sender.send(other, 2)]
      : await sender.sendAtOnce(payloads, 1);
  const winner = answers.findIndex(({ status }) => status === 200);
  const first = answers[winner];
  const refused = answers.filter((_, i) => i !== winner);
  const again = sender.send(winner === 1 ? other : one, 3);
  check(first, {
    'one payload is answered as predicted': (answer) => answer?.asPredicted === true,
    'the other is refused with IdempotencyException': () =>
      refused.length === 1 && refused[0]?.error === 'IdempotencyException',
    'the first answer stands': (answer) => again.status === 200 && again.digest === answer?.digest,
  });
});
