/** Changes the events of the message pact in one place at a time, and tells which changes Pact's verifier lets pass. */

import { readFileSync } from 'node:fs';
import type { WireAnswer } from '../mutation/answer-mutants.ts';
import { jsonMutants } from '../mutation/json-mutants.ts';
import { judgeAnswers } from '../mutation/judge-answers.ts';
import { type Mutant, placeOf } from '../mutation/mutant.ts';
import type { PactFile, WrittenBody, WrittenMessage } from '../pact/pact-file.ts';

export interface EventMutation {
  readonly mutants: number;
  readonly noticed: number;
  /** The place and the change of each mutant that passes, such as `$.detail: member more`. */
  readonly survivors: readonly string[];
}

interface WrittenEvents extends Omit<PactFile, 'interactions'> {
  readonly interactions: readonly {
    readonly description: string;
    readonly contents: WrittenBody;
    readonly matchingRules: NonNullable<WrittenMessage['matchingRules']>;
  }[];
}

const WORDS = { errors: [], failureCodes: [], idMember: '', telling: [] };
const HEADERS = { 'content-type': 'application/json' };

/** @throws UnavailableError if Pact's verifier cannot run. */
export async function mutateEvents(pactFile: string): Promise<EventMutation> {
  const pact = JSON.parse(readFileSync(pactFile, 'utf8')) as WrittenEvents;
  const mutants = pact.interactions.flatMap(({ description, contents }) =>
    jsonMutants(contents.content, WORDS).map(
      ({ where, how, pinned, value }): Mutant<WireAnswer> => ({
        interaction: description,
        where,
        how,
        pinned,
        broken: { status: 200, headers: HEADERS, body: JSON.stringify(value) },
      }),
    ),
  );
  // A message has the same rules as the body of an answer, and answers can be judged by the thousand.
  const noticed = await judgeAnswers(
    {
      ...pact,
      interactions: pact.interactions.map(({ description, contents, matchingRules }) => ({
        description,
        request: { method: 'GET', path: '/' },
        response: {
          status: 200,
          body: contents,
          matchingRules: { body: matchingRules.body ?? {} },
        },
      })),
    },
    mutants,
  );
  const passed = mutants.filter((_, i) => !noticed[i]);
  return {
    mutants: mutants.length,
    noticed: mutants.length - passed.length,
    survivors: [...new Set(passed.map((one) => `${placeOf(one)}: ${one.how}`))].sort(),
  };
}
