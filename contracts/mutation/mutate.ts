/** Measures the mutation score of a pact. Examples are broken in one place at a time, and the pact must notice. */

import { check } from '../../run/check.ts';
import type { CheckResult, MutationResult, MutationScore, SurvivorRow } from '../../run/run.ts';
import type { Problem } from '../../run/statements/contracts.ts';
import { operationIdOf } from '../pact/operation-of.ts';
import type { PactFile } from '../pact/pact-file.ts';
import { answerMutants, exampleAnswer, type WireAnswer } from './answer-mutants.ts';
import { judgeAnswers } from './judge-answers.ts';
import { judgeRequests } from './judge-requests.ts';
import { lawMutants } from './law-mutants.ts';
import { type Mutant, placeOf, type Side } from './mutant.ts';
import { exampleRequest, requestMutants, type WireRequest } from './request-mutants.ts';
import type { Survival } from './survivors.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface MutateOptions {
  /** Returns the time in milliseconds, to measure the duration. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly vocabulary: Vocabulary;
  readonly survivals: readonly Survival[];
  /** Called for each mutant that is judged, and each unbroken example: how many are, and how many will be. */
  readonly onJudged?: ((judged: number, of: number) => void) | undefined;
}

export interface Mutated {
  readonly result: MutationResult;
  readonly checks: readonly CheckResult[];
}

/** Whether a mutant was noticed. Unbroken examples are judged too, and must pass. */
interface Judged extends Omit<Mutant<unknown>, 'broken'> {
  readonly side: Side;
  readonly killed: boolean;
}

/** The `how` of an example that is not broken. */
const UNBROKEN = 'unbroken';

/**
 * Judges every mutant with Pact itself. The native verifier judges broken answers, and the mock server
 * judges broken requests. No provider is needed.
 *
 * @throws UnavailableError when Pact cannot run. @throws AbortError when `signal` aborts.
 */
export async function mutate(
  pact: PactFile,
  { now, signal, vocabulary, survivals, onJudged }: MutateOptions,
): Promise<Mutated> {
  const startedAt = now();
  const brokenAnswers = breakAnswers(pact, vocabulary);
  const brokenRequests = breakRequests(pact, vocabulary);
  const of = [brokenAnswers, ...brokenRequests].reduce((sum, { length }) => sum + length, 0);
  let judged = 0;
  const onMutant = () => {
    judged += 1;
    onJudged?.(judged, of);
  };
  const [answers, requests] = await Promise.all([
    judgedAnswers(pact, brokenAnswers, onMutant, signal),
    judgedRequests(pact, brokenRequests, onMutant, signal),
  ]);
  const all = [...answers, ...requests];
  const survivors = all.filter(({ how, killed }) => how !== UNBROKEN && !killed);
  const rows = survivorRows(survivors, survivals);
  return {
    result: {
      durationMs: now() - startedAt,
      provider: scoreOf(answers),
      client: scoreOf(requests),
      survivors: rows,
    },
    checks: checksOf(all, rows, survivors, survivals),
  };
}

/**
 * Breaks each expectation once, even if several interactions share it. A status or header is shared if its value
 * and the rules for headers are equal. A change of the body is shared if the whole body and its rules are equal.
 */
function breakAnswers(pact: PactFile, words: Vocabulary): Mutant<WireAnswer>[] {
  const isNew = distinct();
  return pact.interactions.flatMap((one) => {
    const { response } = one;
    return [
      unbroken(one.description, exampleAnswer(one)),
      ...[...answerMutants(one, words), ...lawMutants(one, words)].filter(
        ({ where, how, pinned }) =>
          where.startsWith('$')
            ? isNew([where, how, response.body, response.matchingRules?.body])
            : isNew([where, how, pinned, response.matchingRules?.header]),
      ),
    ];
  });
}

async function judgedAnswers(
  pact: PactFile,
  mutants: readonly Mutant<WireAnswer>[],
  onMutant: () => void,
  signal?: AbortSignal,
): Promise<Judged[]> {
  const killed = await judgeAnswers(pact, mutants, onMutant, signal);
  return mutants.map(({ broken: _, earlier: __, ...mutant }, i) => ({
    ...mutant,
    side: 'provider',
    killed: killed[i] === true,
  }));
}

function distinct(): (key: unknown) => boolean {
  const seen = new Set<string>();
  return (key) => {
    const { size } = seen;
    return seen.add(JSON.stringify(key)).size > size;
  };
}

/**
 * Breaks each value at each place once in each way, for each interaction. All requests of an operation have the same rules, so one time is
 * enough.
 */
function breakRequests(pact: PactFile, words: Vocabulary): Mutant<WireRequest>[][] {
  const isNew = distinct();
  return pact.interactions.map((interaction) => [
    unbroken(interaction.description, exampleRequest(interaction)),
    ...requestMutants(interaction, words).filter((mutant) =>
      isNew([operationIdOf(interaction), placeOf(mutant), mutant.how, mutant.pinned]),
    ),
  ]);
}

/** @param broken the mutants of each interaction. */
async function judgedRequests(
  pact: PactFile,
  broken: readonly (readonly Mutant<WireRequest>[])[],
  onMutant: () => void,
  signal?: AbortSignal,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const [i, interaction] of pact.interactions.entries()) {
    signal?.throwIfAborted();
    const mutants = broken[i] ?? [];
    const killed = await judgeRequests(interaction, mutants, onMutant);
    judged.push(
      ...mutants.map(({ broken: _, ...mutant }, i) => ({
        ...mutant,
        side: 'client' as const,
        killed: killed[i] === true,
      })),
    );
  }
  return judged;
}

function unbroken<Example>(interaction: string, broken: Example): Mutant<Example> {
  return { interaction, where: 'the example', how: UNBROKEN, pinned: null, broken };
}

function scoreOf(judged: readonly Judged[]): MutationScore {
  const mutants = judged.filter(({ how }) => how !== UNBROKEN);
  return { mutants: mutants.length, killed: mutants.filter(({ killed }) => killed).length };
}

function explains(survival: Survival, mutant: Judged): boolean {
  return (
    survival.side === mutant.side &&
    survival.where === placeOf(mutant) &&
    survival.how === mutant.how &&
    !survival.killedIn?.some((beginning) => mutant.interaction.startsWith(beginning))
  );
}

/** Groups survivors by side, place and kind of change. */
function survivorRows(survivors: readonly Judged[], survivals: readonly Survival[]): SurvivorRow[] {
  const rows = new Map<string, SurvivorRow>();
  for (const mutant of survivors) {
    const { side, how } = mutant;
    const reason = survivals.find((survival) => explains(survival, mutant))?.reason ?? null;
    // The report names the interaction of a survivor that has no reason.
    const mutation = {
      kind: 'mutated' as const,
      where: placeOf(mutant),
      how,
      interaction: reason === null ? mutant.interaction : null,
    };
    const key = JSON.stringify([side, mutation]);
    rows.set(key, { side, mutation, count: (rows.get(key)?.count ?? 0) + 1, reason });
  }
  return [...rows.values()];
}

function checksOf(
  judged: readonly Judged[],
  rows: readonly SurvivorRow[],
  survivors: readonly Judged[],
  survivals: readonly Survival[],
): CheckResult[] {
  const mutants = judged.filter(({ how }) => how !== UNBROKEN).length;
  const refused = judged.filter(({ how, killed }) => how === UNBROKEN && killed);
  const unexplained = rows.filter(({ reason }) => reason === null);
  const descriptions = new Set(judged.map(({ interaction }) => interaction));
  const unfounded = survivals.filter(
    ({ pinnedBy }) =>
      pinnedBy !== undefined && ![...descriptions].some((name) => name.startsWith(pinnedBy)),
  );
  const stale = survivals.filter(
    (survival) => !survivors.some((mutant) => explains(survival, mutant)),
  );
  return [
    check(
      'every example passes unbroken',
      { counted: 'examples', count: judged.length - mutants },
      refused.map(({ side, interaction }) => ({ kind: 'example refused', side, interaction })),
    ),
    survivalCheck(mutants, survivors.length, [
      ...unexplained.map(({ side, mutation }) => ({ kind: 'survivor' as const, side, mutation })),
      ...(mutants === 0 ? [{ kind: 'nothing broken' as const }] : []),
    ]),
    check(
      'no explanation of a survivor is stale',
      { counted: 'explanations', count: survivals.length },
      stale.map(({ side, where, how }) => ({ kind: 'explanation stale', side, where, how })),
    ),
    check(
      'what an explanation says another interaction pins, one pins',
      { counted: 'explanations', count: survivals.length },
      unfounded.map(({ pinnedBy = '' }) => ({ kind: 'interaction lost', interaction: pinnedBy })),
    ),
  ];
}

function survivalCheck(
  mutants: number,
  survivors: number,
  problems: readonly Problem[],
): CheckResult {
  const name = 'every mutant is killed, or its survival explained';
  return problems.length === 0
    ? { name, verdict: 'pass', detail: { kind: 'mutants', mutants, survivors } }
    : { name, verdict: 'fail', detail: { kind: 'problems', problems } };
}
