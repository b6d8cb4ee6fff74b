/** The causes of a run's failures: the fewest that explain all of them. */

import type { Run } from '../run.ts';
import { standing } from '../verdict.ts';
import { CAUSE_KINDS, type Cause, type CauseFound, causeId } from './cause.ts';
import { EXPLAINS, LOCAL } from './explains.ts';
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
export function causesOfSigns(all: readonly Sign[]): readonly CauseFound[] {
  // Many failures are alike in all that matters here: hundreds of interactions, one sign.
  const alike = new Map<string, Sign>();
  for (const sign of all) {
    const known = alike.get(keyOf(sign));
    if (!known || known.count < sign.count) alike.set(keyOf(sign), sign);
  }
  const signs = [...alike.values()];
  const candidates = candidatesOf(signs);
  const covered = new Map(
    candidates.map((one) => [one, new Set(signs.filter((sign) => covers(one, sign, signs)))]),
  );
  const isCovered = (one: Candidate, sign: Sign): boolean => covered.get(one)?.has(sign) ?? false;
  const chosen = candidates.filter((one) =>
    one.signs.some((sign) => !candidates.some((other) => other !== one && isCovered(other, sign))),
  );
  const left = new Set(signs.filter((sign) => !chosen.some((one) => isCovered(one, sign))));
  while (left.size > 0) {
    const coverage = (one: Candidate): number =>
      [...left].filter((sign) => isCovered(one, sign)).length;
    const [best] = candidates
      .map((one) => ({ one, n: coverage(one) }))
      .toSorted((x, y) => y.n - x.n);
    if (!best || best.n === 0) throw new Error('a failure has no cause');
    chosen.push(best.one);
    for (const sign of left) if (isCovered(best.one, sign)) left.delete(sign);
  }
  const causes = candidates.filter((one) => chosen.includes(one));
  // A failure is told under its own cause, or else under the first that explains it.
  const owners = new Map(
    signs.map((sign) => [
      keyOf(sign),
      causes.find((one) => one.signs.includes(sign)) ?? causes.find((one) => isCovered(one, sign)),
    ]),
  );
  const places = new Map<Candidate | undefined, Set<string>>();
  for (const sign of all) {
    const owner = owners.get(keyOf(sign));
    places.set(owner, (places.get(owner) ?? new Set()).add(sign.place));
  }
  return causes.map((one) => ({ ...one.cause, id: one.id, places: [...(places.get(one) ?? [])] }));
}

function keyOf({ sign, cause, scenario }: Sign): string {
  return JSON.stringify([sign, causeId(cause), scenario]);
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
  if (sign.sign !== 'threshold') {
    if (one.signs.some((own) => isFrom(sign, own))) return true;
    // What is explained in its own scenario only may follow from a symptom there.
    return (
      sign.sign in LOCAL &&
      signs.some(
        (other) =>
          !(other.sign in LOCAL) &&
          other.sign !== 'threshold' &&
          covers(one, other, signs) &&
          isFrom(sign, other),
      )
    );
  }
  const ended = one.signs.some(
    (own) => own.sign.startsWith('load: ') && own.scenario === sign.scenario,
  );
  if (ended) return true;
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
  if (!(EXPLAINS[own.sign] ?? []).includes(sign.sign)) return false;
  const except = LOCAL[sign.sign];
  return (
    except === undefined ||
    except.includes(own.sign) ||
    (own.scenario === sign.scenario && own.count >= sign.count)
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
