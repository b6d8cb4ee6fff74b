/** The causes of a run's failures: the fewest that explain all of them. */

import type { Run } from '../run.ts';
import { standing } from '../verdict.ts';
import { CAUSE_KINDS, type Cause, type CauseFound, causeId } from './cause.ts';
import { classesOf, classOf, distinct, explainedBy } from './coverage.ts';
import { EXPLAINS } from './explains.ts';
import { type Sign, signsOf } from './signs.ts';

/** A cause that may be one, with the failures that bear its name. */
interface Candidate {
  readonly id: string;
  readonly cause: Cause;
  readonly signs: readonly Sign[];
  /** The classes of failures that follow from them. */
  readonly explains: ReadonlySet<string>;
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
  const chosen = chosenOf(candidates, signs);
  const causes = candidates.filter((one) => chosen.has(one));
  // A failure is told under its own cause, or else under the first that explains it.
  const owners = new Map<string, Candidate>();
  for (const one of causes) for (const sign of one.signs) owners.set(keyOf(sign), one);
  const firsts = new Map<string, Candidate>();
  for (const one of causes) {
    for (const key of one.explains) if (!firsts.has(key)) firsts.set(key, one);
  }
  const places = new Map<Candidate | undefined, Set<string>>();
  for (const sign of all) {
    const owner = owners.get(keyOf(sign)) ?? firsts.get(classOf(sign));
    const told = places.get(owner) ?? new Set();
    places.set(owner, told.add(sign.place));
  }
  return causes.map((one) => ({ ...one.cause, id: one.id, places: [...(places.get(one) ?? [])] }));
}

/** Those that alone explain a failure, and then, until none is left, the one that explains most of what is left. */
function chosenOf(
  candidates: readonly Candidate[],
  signs: readonly Sign[],
): ReadonlySet<Candidate> {
  /** Class -> how many candidates explain it. */
  const explaining = countedBy(candidates.flatMap((one) => [...one.explains]));
  const chosen = new Set(
    candidates.filter((one) =>
      one.signs.some((sign) => {
        const key = classOf(sign);
        return (explaining.get(key) ?? 0) === (one.explains.has(key) ? 1 : 0);
      }),
    ),
  );
  const left = new Set(signs);
  const take = (one: Candidate) => {
    chosen.add(one);
    for (const sign of one.signs) left.delete(sign);
  };
  for (const one of chosen) take(one);
  const settled = new Set([...chosen].flatMap((one) => [...one.explains]));
  const settle = () => {
    for (const sign of left) if (settled.has(classOf(sign))) left.delete(sign);
  };
  settle();
  while (left.size > 0) {
    const open = countedBy([...left].map(classOf));
    const coverage = ({ signs: own, explains }: Candidate): number =>
      own.filter((sign) => left.has(sign) && !explains.has(classOf(sign))).length +
      [...open].reduce((sum, [key, n]) => sum + (explains.has(key) ? n : 0), 0);
    const [best] = candidates
      .map((one) => ({ one, n: coverage(one) }))
      .toSorted((x, y) => y.n - x.n);
    if (!best || best.n === 0) throw new Error('a failure has no cause');
    take(best.one);
    for (const key of best.one.explains) settled.add(key);
    settle();
  }
  return chosen;
}

function countedBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function keyOf({ sign, cause, scenario }: Sign): string {
  return JSON.stringify([sign, causeId(cause), scenario]);
}

/** In the order in which causes are told, and in which one is preferred to another. */
function candidatesOf(signs: readonly Sign[]): readonly Candidate[] {
  const byId = new Map<string, Sign[]>();
  for (const sign of signs) {
    const id = causeId(sign.cause);
    const own = byId.get(id);
    if (own) own.push(sign);
    else byId.set(id, [sign]);
  }
  const classes = classesOf(signs);
  /** By the failures that explain: thousands of causes have the same. */
  const explained = new Map<string, ReadonlySet<string>>();
  const explainsOf = (own: readonly Sign[]) => {
    const few = distinct(own);
    const key = JSON.stringify(few.map(({ sign, scenario, count }) => [sign, scenario, count]));
    const known = explained.get(key) ?? explainedBy(few, classes);
    explained.set(key, known);
    return known;
  };
  const order = Object.keys(EXPLAINS);
  const rank = ({ cause, signs: own }: Candidate): number => {
    const first = Math.min(...own.map(({ sign }) => order.indexOf(sign)).filter((i) => i >= 0));
    return CAUSE_KINDS.indexOf(cause.kind) * 1_000 + Math.min(first, 999);
  };
  return [...byId]
    .flatMap(([id, own]) =>
      own[0] ? [{ id, cause: own[0].cause, signs: own, explains: explainsOf(own) }] : [],
    )
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Place -> the id of its cause. A place with several has the first. */
export function causesByPlace(causes: readonly CauseFound[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, places } of causes) {
    for (const place of places) if (!found.has(place)) found.set(place, id);
  }
  return found;
}
