/** The load generator's own part in the figures, in sentences. */

import { latency, share, whole } from '../../run/figures.ts';
import type { LoadResult, ValidityResult } from '../../run/run.ts';
import { invaliditySaid } from '../english/load.ts';

/** What is known of the load generator, a sentence each. */
export function generatorSaid(
  { name }: LoadResult['engine'],
  { droppedIterations, latenessP99Ms, eventLoopDelayP99Ms, busy }: ValidityResult,
): string[] {
  const untold = name === 'k6' ? 'k6 does not tell' : 'There was no schedule to tell';
  return [
    `Dropped iterations: ${whole(droppedIterations)}.`,
    latenessP99Ms === null
      ? `${untold} how late iterations started.`
      : `99 % of iterations started at most ${latency(latenessP99Ms)} after their scheduled time.`,
    ...(eventLoopDelayP99Ms === null
      ? []
      : [`The generator added at most ${latency(eventLoopDelayP99Ms)} to 99 % of response times.`]),
    ...(busy ? [`${capital(busy.what)} was busy ${share(busy.share, 1)} of the time.`] : []),
  ];
}

/** What is not valid, and why: a sentence. */
export function invaliditiesSaid(validity: ValidityResult): string {
  const { reasons } = validity;
  const why = reasons.map(invaliditySaid).join('; ') || 'the load generator was the limit';
  const what = invalidPart(validity);
  return `${what} not valid: ${why}.${what === 'Rates' ? ' Response times are valid.' : ''}`;
}

/** Only the rates, if the generator was busy and it is known that this did not distort the response times. */
export function invalidPart({ reasons, eventLoopDelayP99Ms }: ValidityResult): 'Figures' | 'Rates' {
  const isBusyOnly = reasons.length > 0 && reasons.every(({ kind }) => kind === 'busy');
  return isBusyOnly && eventLoopDelayP99Ms !== null ? 'Rates' : 'Figures';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
