/** What a verification comes to: what it required, what of it is accepted, and its verdict. */

import { documented, type Mark } from '../../operation/aws/provenance.ts';
import type { PartVerdict } from '../../run/run.ts';
import type { Undocumented } from '../../run/statements/contracts.ts';
import { UserError } from '../../system/errors.ts';
import { type Claim, GROUPS, type Group, markOf, REFUSED } from '../agreement/interaction.ts';
import { MARKS, type Selection } from '../agreement/selection.ts';
import { undocumentedIn } from '../agreement/undocumented.ts';
import type { Written } from '../pact/any-pact.ts';
import type { Verified } from './verify.ts';

/** Interactions or groups whose verdict does not count. */
export interface Acceptance {
  /** A description, or the name of a group. */
  readonly name: string;
  /** Null if none was given. */
  readonly reason: string | null;
}

export interface Row extends Verified {
  /** Whether the verdict counts. */
  readonly required: boolean;
  readonly accepted: Acceptance | null;
  /** What it asserts although AWS does not document it. */
  readonly undocumented: Undocumented | null;
}

export interface Outcome {
  readonly rows: readonly Row[];
  readonly verdict: PartVerdict;
  readonly required: number;
  readonly passed: number;
  readonly failed: number;
  /** Of those that failed, how many assert what AWS does not document. */
  readonly failedUndocumented: number;
  /** Acceptances of what passes. */
  readonly needless: readonly Acceptance[];
  /** Whether no success and no failure code passed, so that the run shows nothing. */
  readonly empty: boolean;
}

/** The weakest mark that is required if none is selected. What is assumed is no fault of a provider. */
const ORDINARY_MARK: Mark = 'inferred';

/** @throws UserError if an acceptance names neither an interaction nor a group. */
export function outcomeOf(
  results: readonly Verified[],
  { only = ORDINARY_MARK, choices }: Selection,
  acceptances: readonly Acceptance[],
): Outcome {
  for (const { name } of acceptances) checkName(name, results);
  const chosen = results.map(({ written }) => written?.choice ?? null);
  const rows = results.map((result): Row => {
    const accepted = acceptances.find(({ name }) => isNamed(result, name)) ?? null;
    const undocumented = result.written ? undocumentedIn(result.written, chosen) : null;
    return { ...result, accepted, undocumented, required: isRequired(result, only, choices) };
  });
  const counted = rows.filter(({ required, accepted }) => required && accepted === null);
  const passed = counted.filter(({ verdict }) => verdict === 'pass').length;
  const failed = counted.filter(({ verdict }) => verdict === 'fail');
  const empty = !rows.some(showsSomething);
  return {
    rows,
    verdict: verdictOf(counted, empty),
    required: counted.length,
    passed,
    failed: failed.length,
    failedUndocumented: failed.filter(({ undocumented }) => undocumented !== null).length,
    needless: acceptances.filter(({ name }) =>
      rows.filter((row) => isNamed(row, name)).every(({ verdict }) => verdict === 'pass'),
    ),
    empty,
  };
}

function verdictOf(counted: readonly Row[], empty: boolean): PartVerdict {
  if (counted.some(({ verdict }) => verdict === 'fail')) return 'fail';
  const untried = counted.some(({ verdict }) => verdict === 'not exercised');
  return empty || untried ? 'not exercised' : 'pass';
}

/** What nothing was given for is not required: the states and keys of a provider are the user's to give. */
const NOT_GIVEN: readonly string[] = [
  'nothing sets states',
  'no key',
  'other kind',
  'principal only',
];

function isRequired(
  { written, detail }: Verified,
  only: Mark,
  choices: Selection['choices'],
): boolean {
  if (detail !== null && NOT_GIVEN.includes(detail.kind)) return false;
  if (!written) return true;
  const { mark, choice } = written;
  if (choice !== null && Object.hasOwn(choices, choice.name)) return true;
  return MARKS.indexOf(mark) <= MARKS.indexOf(only);
}

const FAILURE_GROUPS: readonly Group[] = ['codes', 'triggers'];

/** A success, or a contact that fails with a code. Of a pact that dialproof did not write, any interaction. */
function showsSomething({ verdict, written, observed }: Verified): boolean {
  if (verdict !== 'pass') return false;
  if (!written || FAILURE_GROUPS.includes(written.group)) return true;
  return observed !== undefined && observed !== null && observed.answer.status < 300;
}

function isNamed({ description, written }: Verified, name: string): boolean {
  return description === name || written?.group === name;
}

function checkName(name: string, results: readonly Verified[]): void {
  if (Object.hasOwn(GROUPS, name) || results.some((result) => isNamed(result, name))) return;
  throw new UserError(
    `nothing is called "${name}": accept the description of an interaction, or one of the groups ${Object.keys(GROUPS).join(', ')}`,
  );
}

/**
 * Rows for requests that must be refused with any error: past a bound, or where an interaction knows only of the error
 * that it is assumed. That a bound is kept is documented.
 */
export function breachRows(results: readonly Verified[]): Verified[] {
  return results.flatMap((result): Verified[] => {
    const { description, verdict, detail, observed, expected = 0 } = result;
    const written = breachOf(result.written, expected);
    if (written === null) return [];
    const common = { description: `${description}: refused, whatever the error`, written };
    if (verdict === 'not exercised' || !observed) return [{ ...common, verdict, detail }];
    const { status } = observed.answer;
    const isRefused = status >= 400 && status < 500;
    return [
      {
        ...common,
        observed,
        verdict: isRefused ? 'pass' : 'fail',
        detail: isRefused
          ? null
          : { kind: 'breaches', breaches: [`it was answered ${status}, not refused with 4xx`] },
      },
    ];
  });
}

/**
 * What a request shows by being refused with any error; null if the contract knows only with which one.
 *
 * @param expected status of the answer.
 */
export function breachOf(written: Verified['written'], expected: number): Written | null {
  const claims = written && expected >= 400 ? refusalIn(written) : null;
  if (claims === null) return null;
  return { group: 'breaches', mark: markOf({ provenance: claims }), choice: null, claims };
}

/** What says that the request is refused; null if nothing but what says with which error. */
function refusalIn({ group, mark, claims }: Written): readonly Claim[] | null {
  if (group === 'bounds') return [{ what: `${REFUSED}: a bound is broken`, ...BOUND }];
  const refused = claims.filter(({ what }) => what.startsWith(REFUSED));
  return mark === 'assumed' && refused.some((one) => one.mark !== 'assumed') ? refused : null;
}

const BOUND = documented('the bounds of the service model');
