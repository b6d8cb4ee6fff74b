/** Statements of the contract stage: why an interaction did not pass, what a check found, how a model differs. */

import {
  amount,
  flag,
  list,
  number,
  oneOf,
  optional,
  orNull,
  type Reader,
  structure,
  text,
} from '../../system/read.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';

/** Why an interaction failed, or was not exercised. */
const TROUBLES = {
  /** What Pact's verifier holds against an answer, in its own words; `where` is a path or the name of a header. */
  differences: {
    differences: list(structure<Difference>({ where: orNull(text), text })),
  },
  /** The verifier's oneOf where it lists no difference. */
  verifier: { message: text },
  /** What the SDK client's side of the interaction threw. */
  client: { message: text },
  'state not set': { state: text, why: text },
  /** The provider says that it cannot be brought to the state. */
  'state refused': { state: text, why: text },
  /** What an answer breaks that no pact can express, one sentence each. */
  breaches: { breaches: list(text) },
  /** The provider does not have the instance, and no state gives it one. */
  'no instance': { instanceId: text },
  /** An interaction that HTTP does not carry. */
  'other kind': { what: text },
  /** At AWS, where no other caller may have it. */
  'principal only': {},
  /** The key of a caller is not there to sign with. `variable` begins the names of the variables that have it. */
  'no key': { caller: text, variable: text },
  'nothing sets states': { states: list(text) },
  ...OLD_TEXT,
} as const;

export interface Difference {
  readonly where: string | null;
  readonly text: string;
}

export type Trouble = StatementOf<typeof TROUBLES>;

export const trouble = statementOf(TROUBLES);

/** What an interaction asserts although AWS does not document it: the weakest of its claims. */
export interface Undocumented {
  readonly mark: 'inferred' | 'assumed';
  readonly what: string;
  readonly source: string;
  /** Null where the interaction answers no open question. */
  readonly choice: ChosenNamed | null;
}

/** The answer to an open question that an interaction asserts. */
export interface ChosenNamed {
  readonly name: string;
  readonly value: string;
  /** The other answers that can be chosen. */
  readonly others: readonly string[];
}

export const undocumented = structure<Undocumented>({
  mark: oneOf('inferred', 'assumed'),
  what: text,
  source: text,
  choice: orNull(structure<ChosenNamed>({ name: text, value: text, others: list(text) })),
});

/** A mutant that survived. */
const MUTATIONS = {
  /** `interaction` is null where the survival is explained for all of them. */
  mutated: { where: text, how: text, interaction: orNull(text) },
  ...OLD_TEXT,
} as const;

export type Mutation = StatementOf<typeof MUTATIONS>;

export const mutation = statementOf(MUTATIONS);

/** The message that has a member. */
export type Way = 'request' | 'response' | 'error';

const way: Reader<Way> = oneOf('request', 'response', 'error');

/** The part of a message that has a member, and the member's name there. */
export interface Place {
  readonly in: 'body' | 'uri' | 'query' | 'header' | 'headers' | 'status';
  readonly name: string;
}

const place = structure<Place>({
  in: oneOf('body', 'uri', 'query', 'header', 'headers', 'status'),
  name: text,
});

/** Of a text, list or number; a side without a bound is null. */
export interface BoundNamed {
  readonly min: number | null;
  readonly max: number | null;
}

const bound = structure<BoundNamed>({ min: orNull(number), max: orNull(number) });

/** How a published model differs from the definition. */
const CHANGES = {
  binding: { what: oneOf('method', 'uri', 'status'), theirs: text, ours: text },
  service: {
    what: oneOf('signingName', 'protocol', 'endpointPrefix', 'apiVersion'),
    theirs: text,
    ours: text,
  },
  'operation gone': {},
  'operation trait': { trait: text, theirs: flag },
  'member gone': { way, member: text },
  'member new': { way, member: text, required: flag },
  'member type': { way, member: text, theirs: text, ours: text },
  'member required': { way, member: text, required: flag },
  'member bound': { way, member: text, theirs: bound, ours: bound },
  'member pattern': { way, member: text, theirs: orNull(text), ours: orNull(text) },
  'member place': { way, member: text, theirs: place, ours: place },
  'member format': { way, member: text, theirs: text, ours: text },
  'member trait': { way, member: text, trait: text, theirs: flag },
  'enum gone': { way, member: text, enum: text },
  'enum new': { way, member: text, enum: text },
  'value gone': { enum: text, value: text },
  'value new': { enum: text, value: text },
  'error gone': { error: text },
  'error status': { error: text, theirs: number, ours: number },
  'error new': { error: text, status: number },
  ...OLD_TEXT,
} as const;

export type DriftChange = StatementOf<typeof CHANGES>;

export const driftChange = statementOf(CHANGES);

const side = oneOf('provider', 'client');

/** One thing that a check over the whole contract found amiss. */
const PROBLEMS = {
  'interaction lost': { interaction: text },
  'interaction undeclared': { interaction: text },
  'nothing declared': {},
  'interaction repeated': { interaction: text },
  'code without interaction': { code: text },
  'error without interaction': { error: text, status: amount },
  loosened: { interaction: text, where: text },
  'no state': { interaction: text },
  'unknown state': { interaction: text, state: text },
  'cell unaccounted': { cell: text },
  'cell unwritten': { cell: text },
  'account stale': { cell: text },
  'example refused': { side, interaction: text },
  survivor: { side, mutation },
  'nothing broken': {},
  'explanation stale': { side, where: text, how: text },
  'state not set': { state: text, why: text },
  drift: { against: text, operation: optional(orNull(text), null), change: driftChange },
} as const;

export type Problem = StatementOf<typeof PROBLEMS>;

const problem = statementOf(PROBLEMS);

/** What a check counted. */
export const COUNTED = [
  'interactions',
  'descriptions',
  'codes',
  'errors',
  'rules',
  'known states',
  'cells',
  'pinned cells',
  'accounts',
  'examples',
  'explanations',
  'states set',
] as const;

export type Counted = (typeof COUNTED)[number];

/** What a check over the whole contract found. */
export const CONTRACT_DETAILS = {
  /** All of them are as they must be. */
  'all good': { counted: oneOf(...COUNTED), count: amount },
  problems: { problems: list(problem) },
  verified: { verified: amount, of: amount },
  mutants: { mutants: amount, survivors: amount },
  'no breaking drift': { against: text, differences: amount },
} as const;
