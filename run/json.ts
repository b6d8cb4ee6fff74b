/** Writes a run as JSON and reads it. The writer checks its output with the reader. */

import { UserError } from '../system/errors.ts';
import {
  flag,
  list,
  Mismatch,
  number,
  object,
  oneOf,
  optional,
  orNull,
  type Reader,
  structure,
  text,
} from '../system/read.ts';
import { schemaOf, withSchema } from '../system/schema.ts';
import { type DriftRow, type Promised, RUN_SCHEMA, type Run } from './run.ts';
import { runOf, type Statements } from './shape.ts';
import { evidence } from './statements/audit.ts';
import { catcherNamed } from './statements/catcher.ts';
import { checkDetail } from './statements/checks.ts';
import { driftChange, mutation, trouble } from './statements/contracts.ts';
import { type OldText, oldText } from './statements/kinds.ts';
import { finding, invalidity, loadReason } from './statements/load.ts';
import { runReason } from './statements/run.ts';

const level = oneOf('breaking', 'warning', 'notice');

const driftRow = structure<Omit<DriftRow, 'fails'> & { readonly fails: boolean | null }>({
  level,
  operation: optional(orNull(text), null),
  against: optional(orNull(text), null),
  fails: optional(orNull(flag), null),
  change: driftChange,
});

const statements: Omit<Statements, 'schema' | 'added' | 'contracts'> = {
  runReason,
  loadReason,
  finding,
  invalidity,
  evidence,
  check: checkDetail,
  trouble,
  mutation,
  drift: withSchema(
    (value, at) => {
      const { fails, ...row } = driftRow(value, at);
      return { ...row, fails: fails ?? row.level === 'breaking' };
    },
    () => schemaOf(driftRow),
  ),
  catcher: catcherNamed,
  promised: orNull(
    structure<Promised>({
      aggregate: text,
      operator: text,
      limit: number,
      windowMs: orNull(number),
    }),
  ),
};

/** Reads a run of the version that is written. */
export const current = runOf({
  ...statements,
  schema: oneOf(RUN_SCHEMA),
  added: (read) => read,
  contracts: list,
});

/** Until version 2 a run had one contract or none. */
const oneContract: Statements['contracts'] = (read) => (value, at) =>
  value === null ? [] : [read({ name: 'BatchPutContact', ...object(value, at) }, at)];

const FIRST = 'dialproof-run/1';
const SECOND = 'dialproof-run/2';

/** Reads the name of an older version. A run is written in the newest one. */
const older =
  (schema: string): Reader<typeof RUN_SCHEMA> =>
  (value, at) => {
    oneOf(schema)(value, at);
    return RUN_SCHEMA;
  };

const absent: Statements['added'] = (_, otherwise) => () => otherwise;

/** Version 2 had neither the metrics of a script nor the verdict `not valid`. */
const second = runOf({
  ...statements,
  schema: older(SECOND),
  added: absent,
  contracts: oneContract,
});

const oldDrift = structure<{ readonly level: DriftRow['level']; readonly what: OldText }>({
  level,
  what: oldText,
});

/** Version 1 had a sentence for each statement. They are shown as they were written. */
const first = runOf({
  schema: older(FIRST),
  added: absent,
  runReason: oldText,
  loadReason: oldText,
  finding: oldText,
  invalidity: oldText,
  evidence: oldText,
  check: oldText,
  trouble: oldText,
  mutation: oldText,
  drift: (value, at) => {
    const { level: found, what } = oldDrift(value, at);
    return {
      level: found,
      operation: null,
      against: null,
      fails: found === 'breaking',
      change: what,
    };
  },
  catcher: oldText,
  promised: () => null,
  contracts: oneContract,
});

const VERSIONS: Readonly<Record<string, Reader<Run>>> = {
  [FIRST]: first,
  [SECOND]: second,
  [RUN_SCHEMA]: current,
};

/**
 * Renders a run as indented JSON that `readRun` reads back equal.
 *
 * @throws Error naming the member, where a number is not finite or a member is missing.
 */
export function renderJson(toWrite: Run): string {
  return `${JSON.stringify(current(toWrite, ''), null, 2)}\n`;
}

/**
 * Reads a run that `renderJson` wrote, or a run of an older version of the format.
 *
 * @param name what to call the file in a refusal.
 * @throws UserError with the first thing that is wrong with it.
 */
export function readRun(json: string, name = 'run.json'): Run {
  try {
    const value: unknown = JSON.parse(json);
    return readerFor(value, name)(value, '');
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError(
        `${name} is not JSON (${error.message}); run the tests again to write it`,
      );
    }
    if (error instanceof Mismatch) {
      throw new UserError(
        `${name} is not a run of dialproof: ${error.message}; run the tests again to write it`,
      );
    }
    throw error;
  }
}

/** @throws UserError for a version of the format that this dialproof does not know. */
function readerFor(value: unknown, name: string): Reader<Run> {
  const { schema } = (value ?? {}) as { schema?: unknown };
  if (typeof schema !== 'string' || !schema.startsWith('dialproof-run/')) return current;
  const reader = Object.hasOwn(VERSIONS, schema) ? VERSIONS[schema] : undefined;
  if (reader) return reader;
  throw new UserError(
    `${name} has the format ${JSON.stringify(schema)}, and this dialproof reads ${Object.keys(VERSIONS).join(', ')}: render it with the dialproof that wrote it`,
  );
}
