/** Statements of a load run: why it does not pass, what it found, why its figures are not valid. */

import {
  amount,
  flag,
  list,
  number,
  oneOf,
  orNull,
  record,
  structure,
  text,
} from '../../system/read.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';

/** Why load figures may not be believed. Times are milliseconds, shares 0 to 1. */
const INVALIDITIES = {
  'no request': {},
  interrupted: {},
  /** Iterations that the schedule wanted and no VU was free for. */
  dropped: { iterations: amount },
  exceptions: {},
  /** What the generator may have added to response times at p99, and how much of it they bear. */
  late: { what: oneOf('lateness', 'event-loop delay'), p99Ms: amount, boundMs: amount },
  busy: { what: text, share: number, bound: number },
  ...OLD_TEXT,
} as const;

export type Invalidity = StatementOf<typeof INVALIDITIES>;

export const invalidity = statementOf(INVALIDITIES);

/** What to look at, or to do, after all requests were refused. */
export const REMEDIES = [
  'start it',
  'secret and Region',
  'credentials',
  'caller',
  'instance',
  'rate',
  'target',
  'its log',
  'the script',
] as const;

export type Remedy = (typeof REMEDIES)[number];

/** Why a scenario does not pass. */
const FAULTS = {
  /** No request was answered with a success. `status`, `error` and `count` are those of the most frequent answer. */
  'all refused': {
    requests: amount,
    status: amount,
    error: text,
    count: amount,
    remedy: oneOf(...REMEDIES),
  },
  /** All answers had status 200, and no answer was one of the operation. */
  'nothing understood': { requests: amount },
  /** The last requests had no answer, for this reason. */
  'stopped answering': { unanswered: amount, of: amount, error: text },
  /** Requests refused with status 429, in a scenario for endpoints without a quota. */
  'quota in the way': { refused: amount, of: amount, error: text },
  /** The control door of the endpoint did not answer any more. */
  'endpoint lost': { message: text },
  'invariant violated': { invariant: text, violations: amount, checked: amount },
  /** `value` is null where there was no sample. */
  'threshold missed': { metric: text, expression: text, value: orNull(number) },
  /** The run met faults of a plan, by their names. A correct endpoint can miss the threshold under them. */
  'missed under faults': {
    metric: text,
    expression: text,
    value: orNull(number),
    faults: list(text),
  },
  /** `where` is null where the engine does not tell. */
  'script threw': { message: text, count: amount, where: orNull(text) },
  /** The engine ended the run before its time. */
  'ended early': { why: text },
  /** By `exec.test.fail()`. */
  'marked failed': { why: text },
  /** The embedded engine ended with this code, and gives no other reason. */
  'engine failed': { code: number },
  /** k6 was ended by a signal. `last` is the last line that it wrote to standard error, here and below. */
  'k6 killed': { signal: text, last: text },
  'k6 failed': { code: number, last: text },
  'k6 without summary': { code: number, last: text },
  /** The script has no thresholds and leaves no history. */
  'nothing judged': {},
  'no request': {},
  interrupted: {},
  'no fault met': {},
  /** No contact of the corpus gets these failure codes. */
  'codes missing': { codes: list(text) },
  /** The endpoint makes no contact of a dial request: it dials none of the types that `diallable` leaves out. */
  'no contacts': { diallable: list(text) },
  /** The endpoint gets too few requests a second for the burst to be sent. */
  'burst not sent': { cap: amount },
  'segment missing': { segment: text },
  'segment doubled': { segment: text, by: list(text) },
  'segment cut short': { segment: text, why: text },
  /** Where no reason was recorded. */
  'thresholds missed': { missed: amount, of: amount },
  'invariants violated': { violated: amount, of: amount },
  unsaid: { verdict: oneOf('fail', 'not valid', 'not exercised') },
  ...OLD_TEXT,
} as const;

export type LoadFault = StatementOf<typeof FAULTS>;

/** Why a rate did not hold the objective. */
const TROUBLES = {
  'objective missed': { metric: text, expression: text, value: orNull(number) },
  /** No virtual user was free for so many batches. */
  'users busy': { batches: amount },
  'generator was the limit': { because: list(invalidity) },
  failed: {
    because: orNull(statementOf(FAULTS)),
    verdict: oneOf('pass', 'fail', 'not valid', 'not exercised'),
  },
} as const;

export type RateTrouble = StatementOf<typeof TROUBLES>;

const rateTrouble = statementOf(TROUBLES);

/** Results of a search for the highest rate. Rates are batches a second. */
const SEARCH = {
  search: {
    /** `wrong`: it met answers that no rate excuses. */
    end: oneOf('found', 'interrupted', 'wrong'),
    /** The highest rate that held the objective; null where none did. */
    held: orNull(amount),
    /** The lowest rate above it that did not, and why; both null where none was tried. */
    broke: orNull(amount),
    why: orNull(rateTrouble),
    /** How long a rate was held, in seconds. */
    seconds: amount,
    /** The highest rate that was to be tried. */
    peak: amount,
  },
} as const;

export type SearchEnd = StatementOf<typeof SEARCH>;

const LOAD_REASONS = {
  ...FAULTS,
  /** Thresholds that cannot be judged because the load generator was the limit. */
  'figures not valid': {
    because: list(invalidity),
    unjudged: list(structure<ThresholdNamed>({ metric: text, expression: text })),
  },
  ...SEARCH,
} as const;

export interface ThresholdNamed {
  readonly metric: string;
  readonly expression: string;
}

export type LoadReason = StatementOf<typeof LOAD_REASONS>;

export const loadReason = statementOf(LOAD_REASONS);

/** Problems that are not in the load itself. */
const NOTES = {
  /** An output did not take all that was pushed; `why` is the last error. */
  'pushes refused': { output: text, refused: amount, of: amount, why: text },
  'endpoint untold': { message: text },
  /** No key of another account is known, so it was not tried whether accounts share a rate bucket. */
  'one account': {},
  /** What k6 would log as a warning. */
  warning: { message: text },
} as const;

export type Note = StatementOf<typeof NOTES>;

const note = statementOf(NOTES);

/** From the smallest value to the largest; null at an end that the run does not tell. */
export interface Interval {
  readonly from: number | null;
  readonly to: number | null;
}

const interval = structure<Interval>({ from: orNull(number), to: orNull(number) });

/** Findings that do not affect the verdict. */
const FINDINGS = {
  quota: { ratePerSecond: amount, burst: amount },
  /** The bursts and rates with which the answers are possible; null where none is. The rate is inside its interval. */
  'quota measured': { burst: orNull(interval), rate: orNull(interval) },
  /** Requests refused with status 429. */
  throttled: { refused: amount, of: amount },
  unanswered: { unanswered: amount, of: amount },
  /** `sends`: how often each batch is sent where nothing goes wrong. */
  amplification: { requests: amount, batches: amount, sends: amount },
  /** Median response time, in the first third of the run and in the last. */
  'latency drift': { firstMs: amount, lastMs: amount },
  /** A threshold that an interruption leaves open. */
  'threshold open': { metric: text, expression: text, value: orNull(number) },
  /** The script made requests and left no line of them. */
  'no history': { requests: amount },
  /** Name of the file, in the folder of the history, that has the script's output. */
  printed: { file: text },
  /** Share of the time in which the emulator's event loop was busy. */
  'endpoint busy': { share: amount, mayBeLimit: flag },
  /** Fault of the plan -> requests that met it, 0 for none. */
  'faults met': { counts: record(amount) },
  divided: { instances: amount },
  /** Of this run: dial requests accepted, contacts made of them, and contacts dialled; null where no record tells. */
  road: { accepted: amount, contacts: orNull(amount), dialled: orNull(amount) },
  /** A note of one instance of a divided run. */
  segment: { segment: text, note },
  /** Where a rising rate was ended; `metric` and `expression` are null where it kept the objective to its peak. */
  ramp: { rate: amount, metric: orNull(text), expression: orNull(text) },
  /** One constant rate, tried; `why` is null where it held. */
  step: { rate: amount, why: orNull(rateTrouble) },
  ...SEARCH,
  ...NOTES,
  ...OLD_TEXT,
} as const;

export type Finding = StatementOf<typeof FINDINGS>;

export const finding = statementOf(FINDINGS);
