/** Compares the definitions with the committed extracts and the installed AWS SDK, or with a model in a file. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import type { CheckResult, DriftResult, DriftRow } from '../../run/run.ts';
import { judgeDrift } from '../../run/verdict.ts';
import { UserError } from '../../system/errors.ts';
import { parseJson } from '../../system/read.ts';
import { botocoreSource } from './botocore.ts';
import { compare, type Difference } from './compare.ts';
import { isExplained } from './explained.ts';
import type { Source } from './model.ts';
import { ourModel } from './ours.ts';
import { type Sdk, sdkSource } from './sdk.ts';
import { type ComparedService, extractSource, installedSdk, SERVICES } from './services.ts';
import { smithySource } from './smithy.ts';

/** Compares every service with its extract, and with its client package if that is installed. */
export function driftFromPublished(
  services: readonly ComparedService[] = SERVICES,
  sdkOf: (service: ComparedService) => Sdk | null = installedSdk,
): DriftResult {
  const against = new Set<string>();
  const absent: string[] = [];
  const differences = services.flatMap((service) => {
    const extract = extractSource(service);
    against.add(extract.name);
    const rows = driftFromExtract(service, extract);
    const sdk = sdkOf(service);
    if (!sdk) {
      absent.push(service.client);
      return rows;
    }
    against.add(`${sdk.name} ${sdk.version}`);
    return [...rows, ...driftFromSdk(service, sdk)];
  });
  return { against: [...against].join(', '), differences: gravestFirst(differences), absent };
}

/** The definition was written from the extract. Every difference is therefore an error, in one of the two. */
export function driftFromExtract(
  service: ComparedService,
  extract: Source = extractSource(service),
): DriftRow[] {
  return driftFrom(extract, service, () => true);
}

/** @throws UserError if the SDK exports no schema. */
export function driftFromSdk(service: ComparedService, sdk: Sdk): DriftRow[] {
  const rows = driftFrom(sdkSource(sdk, service.operations), service, isBreaking);
  return rows.map((row) =>
    isExplained(sdk.name, row.operation ?? '', row.change)
      ? { ...row, level: 'notice', fails: false }
      : row,
  );
}

/**
 * Compares a service with a model in a file.
 *
 * @throws UserError if the file cannot be read, or is not a Smithy or botocore model of one of the services.
 */
export function driftFromFile(file: string): DriftResult {
  const source = readSource(file);
  try {
    const [best] = SERVICES.map((service) => ({ service, count: countIn(source, service) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
    if (best) {
      const differences = gravestFirst(driftFrom(source, best.service, isBreaking));
      return { against: source.name, differences, absent: [] };
    }
  } catch (error) {
    throw new UserError(`the model ${file} is not whole: ${(error as Error).message}`);
  }
  throw notAModel(file);
}

/** The operations that are in both, with more weight for those at the same URI. */
function countIn(source: Source, { operations }: ComparedService): number {
  return operations.reduce((sum, { name, method, uri }) => {
    const theirs = source.model(name);
    if (!theirs) return sum;
    return sum + (theirs.method === method && theirs.uri === uri ? 1_000 : 1);
  }, 0);
}

function driftFrom(
  source: Source,
  service: ComparedService,
  fails: (difference: Difference) => boolean,
): DriftRow[] {
  return service.operations.flatMap((operation) =>
    differencesOf(source, service, operation).map((difference) => ({
      ...difference,
      operation: operation.name,
      against: source.name,
      fails: fails(difference),
    })),
  );
}

function differencesOf(
  source: Source,
  { partly }: ComparedService,
  operation: ModelledOperation,
): readonly Difference[] {
  const theirs = source.model(operation.name);
  if (!theirs) return [{ level: 'warning', change: { kind: 'operation gone' } }];
  const part = partly[operation.name];
  return compare(ourModel(operation), theirs).filter(
    ({ change }) =>
      part === undefined ||
      !(
        change.kind === 'member new' &&
        change.way === 'response' &&
        change.member.startsWith(`${part}.`)
      ),
  );
}

function isBreaking({ level }: Difference): boolean {
  return level === 'breaking';
}

function gravestFirst(rows: readonly DriftRow[]): DriftRow[] {
  const order: readonly DriftRow['level'][] = ['breaking', 'warning', 'notice'];
  return rows.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

export function driftCheck(drift: DriftResult): CheckResult {
  const { against, differences } = drift;
  const verdict = judgeDrift(drift);
  return {
    name: 'the definition agrees with the published model',
    verdict,
    detail:
      verdict === 'pass'
        ? { kind: 'no breaking drift', against, differences: differences.length }
        : {
            kind: 'problems',
            problems: differences
              .filter(({ fails }) => fails)
              .map(({ operation, against: from, change }) => ({
                kind: 'drift',
                against: from ?? against,
                operation,
                change,
              })),
          },
  };
}

/** Reads a Smithy JSON AST or a botocore service-2.json. */
function readSource(file: string): Source {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `the model ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  const json = parseJson(text, `the model ${file}`);
  const name = basename(file);
  const isObject = typeof json === 'object' && json !== null;
  const source = isObject ? (smithySource(json, name) ?? botocoreSource(json, name)) : null;
  if (!source) throw notAModel(file);
  return source;
}

function notAModel(file: string): UserError {
  return new UserError(
    `${file} is neither a Smithy JSON AST nor a botocore service-2.json of Amazon Connect or outbound campaigns`,
  );
}
