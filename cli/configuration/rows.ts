/** Which options of which commands a member of the configuration gives. */

import { isAbsolute, join, relative, resolve } from 'node:path';

/** Makes a path of the configuration, which counts from its folder, one that counts from here. */
export type Rebase = (path: string) => string;

export interface Row {
  /** Path of the member. */
  readonly member: string;
  /** Names of the commands, without `dialproof`. */
  readonly of: readonly string[];
  /** The option, by its long name without dashes; absent where the command has no such option. */
  readonly option?: string;
  /** Name of the value in the options that the action gets. Default that of the option. */
  readonly key?: string;
  /** What becomes of a value that has no text form. Default the value itself. */
  readonly value?: (value: never, dir: string) => unknown;
  /** The texts that a user would write after the option, for a value that has some. */
  readonly texts?: (value: never, rebase: Rebase) => readonly string[];
  /** Names of options beside which the member does not count, because they say something else of the same. */
  readonly unless?: readonly string[];
  /** The part of the value that acts, as run.json tells it: no secrets. Default the value itself. */
  readonly told?: (value: never, operands: readonly string[], dir: string) => unknown;
}

const EMULATOR = ['emulator'];
const LOADS = ['run', 'load run'];
/** Commands that start an emulator of their own, and have no flags for the endpoint. */
const OWN = [...LOADS, 'campaign run', 'feeder check'];
/** Flags of `load run` and `feeder check` with which there is no such emulator. */
const ELSEWHERE = ['target', 'journal', 'control'];
const CAMPAIGNS = ['campaign run', 'campaign plan'];
const STAFFED = [...EMULATOR, ...CAMPAIGNS];
const PUBLISH = ['publish'];

const plain = (value: string | number): readonly string[] => [String(value)];
const each = (values: readonly string[]): readonly string[] => values;
const path = (value: string, rebase: Rebase): readonly string[] => [rebase(value)];
const fileOrUrl = (value: string, rebase: Rebase): string =>
  /^https?:\/\//.test(value) ? value : rebase(value);
export const hasSlash = (value: string): boolean => /[/\\]/.test(value);
/** Whether faults name a file, and not a built-in plan. */
export const isPlanFile = (value: string): boolean => /[/\\.]/.test(value);
/** Whether a scenario is a script, and not the name of one that is shipped. */
export const isScript = (name: string): boolean => hasSlash(name) || name.includes('.');

interface Shift {
  readonly from: string;
  readonly to: string;
  readonly agents: number;
}

export const ROWS: readonly Row[] = [
  { member: 'region', of: EMULATOR, option: 'region', texts: plain },
  { member: 'account', of: EMULATOR, option: 'account', texts: plain },
  // With --target, it is the Region of the signatures.
  { member: 'region', of: [...OWN, 'contracts mock'], key: 'configuredRegion' },
  { member: 'account', of: OWN, key: 'configuredAccount', unless: ELSEWHERE },
  { member: 'keys', of: EMULATOR, key: 'configuredKeys', unless: ['seed'] },
  {
    member: 'keys',
    of: OWN,
    key: 'configuredKeys',
    unless: ELSEWHERE,
    told: (value: readonly { readonly accessKeyId: string }[]) =>
      value.map(({ accessKeyId }) => accessKeyId),
  },
  { member: 'instances', of: EMULATOR, key: 'configuredInstances', unless: ['seed'] },
  // A corpus that is there was predicted without them.
  { member: 'instances', of: OWN, key: 'configuredInstances', unless: [...ELSEWHERE, 'corpus'] },
  {
    member: 'agents',
    of: STAFFED,
    option: 'agents',
    texts: (value: number | readonly Shift[]) =>
      typeof value === 'number' ? plain(value) : ([] as const),
    unless: ['shift'],
  },
  {
    member: 'agents',
    of: STAFFED,
    option: 'shift',
    texts: (value: number | readonly Shift[]) =>
      typeof value === 'number'
        ? []
        : value.map(({ from, to, agents }) => `${from}-${to}=${agents}`),
    unless: ['agents'],
  },
  { member: 'agents', of: ['feeder check'], key: 'configuredAgents', unless: ELSEWHERE },
  { member: 'choices', of: ['feeder check'], key: 'configuredChoices', unless: ELSEWHERE },
  {
    member: 'choices',
    of: [...EMULATOR, ...LOADS, 'campaign run', 'contracts', 'crash-test'],
    option: 'choice',
    texts: (value: Readonly<Record<string, unknown>>) =>
      Object.entries(value).map(
        ([name, one]) => `${name}=${Array.isArray(one) ? one.join(',') : String(one)}`,
      ),
    unless: ['target'],
  },
  {
    member: 'faults',
    of: [...EMULATOR, 'load run', 'feeder check'],
    option: 'faults',
    texts: (value: string, rebase) => [isPlanFile(value) ? rebase(value) : value],
    unless: ELSEWHERE,
  },
  { member: 'emulator.port', of: EMULATOR, option: 'port', texts: plain },
  { member: 'emulator.controlPort', of: EMULATOR, option: 'control-port', texts: plain },
  { member: 'emulator.profile', of: EMULATOR, option: 'profile', texts: plain },
  { member: 'emulator.rate', of: EMULATOR, option: 'rate', texts: plain, unless: ['profile'] },
  { member: 'emulator.burst', of: EMULATOR, option: 'burst', texts: plain, unless: ['profile'] },
  { member: 'emulator.speed', of: EMULATOR, option: 'speed', texts: plain },
  {
    member: 'emulator.dataDir',
    of: EMULATOR,
    option: 'data-dir',
    texts: path,
    unless: ['store'],
  },
  { member: 'emulator.store', of: EMULATOR, option: 'store', texts: plain, unless: ['dataDir'] },
  { member: 'emulator.retention', of: EMULATOR, option: 'retention', texts: plain },
  { member: 'emulator.cors', of: EMULATOR, option: 'cors', texts: each },
  {
    member: 'emulator.dials',
    of: EMULATOR,
    option: 'dials',
    texts: (value: string, rebase) => [fileOrUrl(value, rebase)],
  },
  {
    member: 'emulator.events',
    of: EMULATOR,
    option: 'events',
    texts: (value: readonly string[], rebase) => value.map((one) => fileOrUrl(one, rebase)),
  },
  { member: 'emulator.accessLog', of: EMULATOR, option: 'access-log', texts: path },
  { member: 'emulator.feederJournal', of: EMULATOR, option: 'feeder-journal', texts: path },
  {
    member: 'contacts.seed',
    of: [...LOADS, ...CAMPAIGNS, 'generate'],
    option: 'seed',
    texts: plain,
  },
  { member: 'contacts.batches', of: [...LOADS, 'generate'], option: 'batches', texts: plain },
  {
    member: 'contacts.contactsPerBatch',
    of: [...LOADS, 'generate'],
    option: 'contacts-per-batch',
    texts: plain,
  },
  {
    member: 'contacts.locales',
    of: [...LOADS, 'generate'],
    option: 'locales',
    texts: (value: readonly string[]) => [value.join(',')],
  },
  // The codes of a mix depend on --for.
  { member: 'contacts.mix', of: LOADS, option: 'mix', texts: plain },
  { member: 'contacts.mix', of: ['generate'], option: 'mix', texts: plain, unless: ['for'] },
  { member: 'campaign.mode', of: CAMPAIGNS, option: 'mode', texts: plain },
  { member: 'campaign.contacts', of: ['campaign plan'], option: 'contacts', texts: plain },
  {
    member: 'campaign.contacts',
    of: ['campaign run'],
    option: 'contacts',
    texts: plain,
    unless: ['list'],
  },
  { member: 'campaign.bandwidth', of: CAMPAIGNS, option: 'bandwidth', texts: plain },
  { member: 'campaign.capacity', of: CAMPAIGNS, option: 'capacity', texts: plain },
  { member: 'campaign.feeder', of: CAMPAIGNS, option: 'feeder', texts: plain },
  { member: 'campaign.expiresIn', of: CAMPAIGNS, option: 'expires-in', texts: plain },
  { member: 'campaign.resends', of: CAMPAIGNS, option: 'resends', texts: plain },
  {
    member: 'campaign.pendingLimit',
    of: [...CAMPAIGNS, 'feeder check'],
    option: 'pending-limit',
    texts: plain,
    unless: ELSEWHERE,
  },
  { member: 'campaign.speed', of: ['campaign run'], option: 'speed', texts: plain },
  { member: 'campaign.hours', of: CAMPAIGNS, option: 'hours', texts: plain },
  { member: 'contracts', of: ['run'], option: 'contracts' },
  // One instance of a divided run has no workers, and no k6.
  {
    member: 'load.engine',
    of: LOADS,
    option: 'engine',
    texts: plain,
    unless: ['executionSegment', 'workers'],
  },
  {
    member: 'load.k6',
    of: LOADS,
    option: 'k6',
    texts: (value: string, rebase) => [hasSlash(value) ? rebase(value) : value],
  },
  {
    member: 'load.workers',
    of: LOADS,
    option: 'workers',
    texts: plain,
    unless: ['executionSegment', 'engine'],
  },
  {
    member: 'scenarios',
    of: LOADS,
    key: 'configuredValues',
    value: (given: Readonly<Record<string, unknown>>, dir) =>
      Object.fromEntries(
        Object.entries(given).map(([name, values]) => [
          isScript(name) ? resolve(dir, name) : name,
          values,
        ]),
      ),
    told: (given: Readonly<Record<string, unknown>>, [operand], dir) => {
      const isThis = (name: string) =>
        operand === undefined
          ? !isScript(name)
          : isScript(name)
            ? resolve(dir, name) === resolve(operand)
            : name === operand;
      const acting = Object.entries(given).filter(([name]) => isThis(name));
      return acting.length === 0 ? undefined : Object.fromEntries(acting);
    },
  },
  {
    member: 'scenarios',
    of: ['run'],
    option: 'scenarios',
    texts: (value: object) => {
      const names = Object.keys(value).filter((name) => !isScript(name));
      return names.length === 0 ? [] : [names.join(',')];
    },
  },
  {
    member: 'outputs',
    of: LOADS,
    option: 'output',
    texts: (value: Readonly<Record<string, string | undefined>>, rebase) =>
      Object.entries(value).flatMap(([kind, where]) =>
        where === undefined ? [] : [`${kind}=${kind === 'json' ? rebase(where) : where}`],
      ),
    told: (value: Readonly<Record<string, string | undefined>>) =>
      Object.fromEntries(
        Object.entries(value).flatMap(([kind, where]) =>
          where === undefined ? [] : [[kind, kind === 'json' ? where : withoutLogin(where)]],
        ),
      ),
  },
  {
    member: 'publishing.to',
    of: PUBLISH,
    option: 'to',
    texts: (value: readonly string[], rebase) =>
      value.map((one) =>
        one.replace(/^folder=(.+)$/s, (_, where: string) => `folder=${rebase(where)}`),
      ),
  },
  // What it says is of the targets of the configuration.
  { member: 'publishing.on', of: PUBLISH, option: 'on', texts: each, unless: ['to'] },
  { member: 'publishing.keep', of: PUBLISH, option: 'keep', texts: plain },
  { member: 'publishing.reportUrl', of: PUBLISH, option: 'report-url', texts: plain },
  { member: 'publishing.baseline', of: PUBLISH, option: 'baseline', texts: path },
  { member: 'out', of: [...LOADS, 'campaign run', 'contracts'], option: 'out', texts: path },
  {
    member: 'out',
    of: [...PUBLISH, 'report'],
    key: 'configuredOut',
    texts: path,
  },
];

/** A URL without user, password and query, which can be secrets. */
function withoutLogin(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}

/** What `emulator --capacity` takes of the configuration: it measures a plain endpoint. */
export const OF_CAPACITY = ['choices', 'emulator.dataDir', 'emulator.store', 'emulator.retention'];

/** @param dir folder of the configuration. */
export function rebaseFrom(dir: string): Rebase {
  return (given) => (isAbsolute(given) ? given : relative('', join(dir, given)) || '.');
}
