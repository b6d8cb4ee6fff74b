/** English sentences about the results of the contract stage. */

import type { DriftRow, InteractionResult } from '../../run/run.ts';
import type {
  BoundNamed,
  Counted,
  Difference,
  DriftChange,
  Mutation,
  Place,
  Problem,
  Trouble,
  Undocumented,
} from '../../run/statements/contracts.ts';
import { oldText, saying } from './sentences.ts';

export const troubleSaid = saying<Trouble>({
  differences: ({ differences }) => differences.map(differenceSaid).join('\n'),
  verifier: ({ message }) => message,
  client: ({ message }) => message,
  'state not set': stateNotSet,
  'state refused': ({ state, why }) =>
    `the provider cannot be brought to the state "${state}": ${why}`,
  breaches: ({ breaches }) => breaches.join('\n'),
  'no instance': ({ instanceId }) =>
    `the provider does not have the instance ${instanceId}: give it one, or the URL that sets states`,
  'other kind': ({ what }) => `it is ${what}, which HTTP does not carry`,
  'principal only': () => 'only the service principal of outbound campaigns can have it at AWS',
  'no key': ({ caller, variable }) =>
    `there is no key of ${caller}: set ${variable}_ACCESS_KEY_ID and ${variable}_SECRET_ACCESS_KEY, or give --credentials`,
  'nothing sets states': ({ states }) =>
    `nothing sets the state ${states.map((name) => `"${name}"`).join(' and ')}: give --states`,
  ...oldText,
});

/** Why an interaction did not pass, and that AWS does not document what it asserts. */
export function interactionTroubleSaid({
  detail,
  undocumented,
}: Pick<InteractionResult, 'detail' | 'undocumented'>): string {
  return [
    detail ? troubleSaid(detail) : 'No detail was recorded.',
    ...(undocumented ? [undocumentedSaid(undocumented)] : []),
  ].join('\n');
}

/** One sentence: what no source states, and how a provider that differs is verified all the same. */
export function undocumentedSaid({ mark, what, source, choice }: Undocumented): string {
  return `AWS does not document this: "${what}" is ${mark} (${source}); ${wayOut(mark, choice)}.`;
}

function wayOut(mark: Undocumented['mark'], choice: Undocumented['choice']): string {
  if (choice !== null) {
    const others = choice.others.map((value) => `${choice.name}=${value}`);
    return others.length === 0
      ? `without --choice ${choice.name}=${choice.value}, contracts verify does not require it`
      : `contracts verify asserts another answer with --choice ${others.join(' or ')}`;
  }
  return mark === 'inferred'
    ? 'contracts verify leaves it out with --only documented, and accepts it with --accept'
    : 'contracts verify requires it with --only assumed only';
}

/** The verifier's own text often has the place in it. */
function differenceSaid({ where, text }: Difference): string {
  return where === null || text.includes(where) ? text : `${where}: ${text}`;
}

function stateNotSet({ state, why }: { readonly state: string; readonly why: string }): string {
  return `The state "${state}" was not set: ${why}`;
}

export const mutantSaid = saying<Mutation>({
  mutated: ({ where, how, interaction }) =>
    `${where}: ${how}${interaction === null ? '' : `, in "${interaction}"`}`,
  ...oldText,
});

export const driftChangeSaid = saying<DriftChange>({
  binding: ({ what, theirs, ours }) => `HTTP ${what} is ${theirs}, not ${ours}`,
  service: ({ what, theirs, ours }) => `${what} is ${theirs}, not ${ours}`,
  'operation gone': () => 'the model does not have the operation',
  'operation trait': ({ trait, theirs }) => `it is ${theirs ? 'now' : 'no longer'} ${trait}`,
  'member gone': ({ way, member }) => `${way} member ${member} is gone`,
  'member new': ({ way, member, required }) =>
    `${way} member ${member} is new${required ? ' and required' : ''}`,
  'member type': ({ way, member, theirs, ours }) =>
    `${way} member ${member} is a ${theirs}, not a ${ours}`,
  'member required': ({ way, member, required }) =>
    `${way} member ${member} is now ${required ? 'required' : 'optional'}`,
  'member bound': ({ way, member, theirs, ours }) =>
    `${way} member ${member} is bounded ${boundSaid(theirs)}, not ${boundSaid(ours)}`,
  'member pattern': ({ way, member, theirs, ours }) =>
    `${way} member ${member} has ${patternSaid(theirs)}, not ${patternSaid(ours)}`,
  'member place': ({ way, member, theirs, ours }) =>
    `${way} member ${member} is ${placeSaid(theirs)}, not ${placeSaid(ours)}`,
  'member format': ({ way, member, theirs, ours }) =>
    `${way} member ${member} is written as ${theirs}, not as ${ours}`,
  'member trait': ({ way, member, trait, theirs }) =>
    `${way} member ${member} has ${theirs ? 'now' : 'no longer'} the trait ${trait}`,
  'enum gone': ({ way, member, enum: name }) =>
    `${way} member ${member} no longer has the values of ${name}`,
  'enum new': ({ way, member, enum: name }) =>
    `${way} member ${member} now has the values of ${name}`,
  'value gone': ({ enum: name, value }) => `${name} has no ${value}`,
  'value new': ({ enum: name, value }) => `${name} has ${value}, too`,
  'error gone': ({ error }) => `error ${error} is gone`,
  'error status': ({ error, theirs, ours }) => `error ${error} has status ${theirs}, not ${ours}`,
  'error new': ({ error, status }) => `error ${error} (${status}) is new`,
  ...oldText,
});

/** A difference with the operation and the model that it concerns. */
export function driftRowSaid({ operation, against, change }: Omit<DriftRow, 'level' | 'fails'>) {
  const from = against === null ? '' : ` (${against})`;
  return `${operation === null ? '' : `${operation}: `}${driftChangeSaid(change)}${from}`;
}

const PLACES: Readonly<Record<Place['in'], string>> = {
  body: 'in the body',
  uri: 'in the path',
  query: 'in the query',
  header: 'in the header',
  headers: 'in the headers',
  status: 'in the status',
};

function placeSaid({ in: part, name }: Place): string {
  return `${PLACES[part]} as ${name}`;
}

function boundSaid({ min, max }: BoundNamed): string {
  return min === null && max === null ? 'by nothing' : `${min ?? ''}..${max ?? ''}`;
}

function patternSaid(pattern: string | null): string {
  return pattern === null ? 'no pattern' : `the pattern ${pattern}`;
}

export const problemSaid = saying<Problem>({
  'interaction lost': ({ interaction }) => `lost: ${interaction}`,
  'interaction undeclared': ({ interaction }) => `undeclared: ${interaction}`,
  'nothing declared': () => 'nothing is declared',
  'interaction repeated': ({ interaction }) => `repeated: ${interaction}`,
  'code without interaction': ({ code }) => `${code}: 0 interactions`,
  'error without interaction': ({ error, status }) => `${status} ${error}: 0 interactions`,
  loosened: ({ where, interaction }) => `${where} of "${interaction}"`,
  'no state': ({ interaction }) => `"${interaction}" has no state`,
  'unknown state': ({ state, interaction }) => `"${state}" of "${interaction}"`,
  'cell unaccounted': ({ cell }) => `neither pinned nor accounted for: ${cell}`,
  'cell unwritten': ({ cell }) => `nothing written pins ${cell}`,
  'account stale': ({ cell }) => `${cell} needs no account, or is no cell`,
  'example refused': ({ side, interaction }) => `${side}: "${interaction}" does not pass`,
  survivor: ({ side, mutation }) => `${side}: ${mutantSaid(mutation)} survives`,
  'nothing broken': () => 'nothing was broken',
  'explanation stale': ({ side, where, how }) => `${side}: ${where}: ${how} does not survive`,
  'state not set': stateNotSet,
  drift: (row) => driftRowSaid(row),
});

/** What a check counted, where all of it is as it must be. */
export const COUNTED_SAID: Readonly<Record<Counted, (count: number) => string>> = {
  interactions: (count) => `${count} declared and written`,
  descriptions: (count) => `${count} descriptions`,
  codes: (count) => `${count} codes`,
  errors: (count) => `${count} errors, each with its status`,
  rules: () => 'no rule loosens a code, an identifier or an error name',
  'known states': (count) => `${count} states`,
  cells: (count) => `${count} cells`,
  'pinned cells': (count) => `${count} pinned cells`,
  accounts: (count) => `${count} accounts`,
  examples: (count) => `${count} examples`,
  explanations: (count) => `${count} explanations`,
  'states set': () => 'no state failed',
};
