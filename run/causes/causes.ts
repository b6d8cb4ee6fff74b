/** The causes of a run's failures: the fewest that explain all of them. */

import type { Run } from '../run.ts';
import { standing } from '../verdict.ts';
import { CAUSE_KINDS, type Cause, type CauseFound, causeId } from './cause.ts';
import { EXPLAINS } from './explains.ts';
import { type Sign, signsOf } from './signs.ts';

/** A cause that may be one, with the failures that bear its name. */
interface Candidate {
  readonly id: string;
  readonly cause: Cause;
  readonly signs: readonly Sign[];
}

/**
 * Finds the causes of a run. A failure that another one explains is a symptom of it. Empty for a run in which nothing
 * failed.
 */
export function causesOf(run: Run): readonly CauseFound[] {
  const signs = signsOf(run);
  if (signs.length === 0) {
    const [reason] = standing(run).verdict === 'fail' ? standing(run).reasons : [];
    if (!reason) return [];
    const cause: Cause = { kind: 'run', operation: null, broken: reason.kind, member: null };
    return [{ ...cause, id: causeId(cause), places: [] }];
  }
  return causesOfSigns(signs);
}

/** The fewest causes that explain these failures. */
export function causesOfSigns(signs: readonly Sign[]): readonly CauseFound[] {
  const candidates = candidatesOf(signs);
  const chosen = candidates.filter((one) =>
    one.signs.some(
      (sign) => !candidates.some((other) => other !== one && explains(other, sign, signs)),
    ),
  );
  const left = new Set(signs.filter((sign) => !chosen.some((one) => covers(one, sign, signs))));
  while (left.size > 0) {
    const coverage = (one: Candidate): number =>
      [...left].filter((sign) => covers(one, sign, signs)).length;
    const [best] = candidates.toSorted((a, b) => coverage(b) - coverage(a));
    if (!best || coverage(best) === 0) throw new Error('a failure has no cause');
    chosen.push(best);
    for (const sign of left) if (covers(best, sign, signs)) left.delete(sign);
  }
  const causes = candidates.filter((one) => chosen.includes(one));
  return causes.map(({ id, cause }) => ({
    ...cause,
    id,
    places: [
      ...new Set(
        signs.filter((sign) => ownerOf(sign, causes, signs)?.id === id).map((one) => one.place),
      ),
    ],
  }));
}

/** In the order in which causes are told, and in which one is preferred to another. */
function candidatesOf(signs: readonly Sign[]): readonly Candidate[] {
  const byId = new Map<string, Sign[]>();
  for (const sign of signs) {
    const id = causeId(sign.cause);
    byId.set(id, [...(byId.get(id) ?? []), sign]);
  }
  const order = Object.keys(EXPLAINS);
  const rank = ({ cause, signs: own }: Candidate): number => {
    const first = Math.min(...own.map(({ sign }) => order.indexOf(sign)).filter((i) => i >= 0));
    return CAUSE_KINDS.indexOf(cause.kind) * 1_000 + Math.min(first, 999);
  };
  return [...byId]
    .flatMap(([id, own]) => (own[0] ? [{ id, cause: own[0].cause, signs: own }] : []))
    .toSorted((a, b) => rank(a) - rank(b));
}

function covers(one: Candidate, sign: Sign, signs: readonly Sign[]): boolean {
  return one.signs.includes(sign) || explains(one, sign, signs);
}

function explains(one: Candidate, sign: Sign, signs: readonly Sign[]): boolean {
  if (sign.sign !== 'threshold') return one.signs.some((own) => isFrom(sign, own));
  if (OF_TIME.test(sign.cause.broken)) return false;
  // A threshold counts what is wrong in its scenario.
  return signs.some(
    (other) =>
      other.scenario === sign.scenario && other.sign !== 'threshold' && covers(one, other, signs),
  );
}

/** Metrics of time and of the schedule. A wrong answer does not make them worse. */
const OF_TIME = /duration|waiting|blocked|connecting|receiving|sending|dropped|tls/;

function isFrom(sign: Sign, own: Sign): boolean {
  // Where all calls were refused, what else the scenario shows follows from it.
  if (own.sign.startsWith('load: ') && !sign.sign.startsWith('load: ')) {
    return own.scenario === sign.scenario && sign.scenario !== null;
  }
  return (EXPLAINS[own.sign] ?? []).includes(sign.sign);
}

/** The cause that a failure is told under: its own, or the first that explains it. */
function ownerOf(
  sign: Sign,
  causes: readonly Candidate[],
  signs: readonly Sign[],
): Candidate | undefined {
  return (
    causes.find((one) => one.signs.includes(sign)) ??
    causes.find((one) => explains(one, sign, signs))
  );
}

/** Place -> the id of its cause. A place with several has the first. */
export function causesByPlace(causes: readonly CauseFound[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, places } of causes) {
    for (const place of places) if (!found.has(place)) found.set(place, id);
  }
  return found;
}
