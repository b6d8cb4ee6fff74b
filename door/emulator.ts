/** The emulated endpoint in the process of a test. */

import type http from 'node:http';
import { checkStaff, type StaffPlan } from '../campaigns/shifts.ts';
import type { BugName } from '../emulator/bugs/bugs.ts';
import { createControlServer } from '../emulator/control/control.ts';
import { watchProcess } from '../emulator/control/process-watch.ts';
import {
  type Clock,
  checkHost,
  closeService,
  closeSinks,
  createFront,
  credentialsAmong,
  letGo,
  listen,
  memoryBackendFor,
  openBackendFor,
  openSinks,
  serveCampaigns,
  shut,
} from '../emulator/emulator.ts';
import type { EventFaults } from '../emulator/events/disturbance.ts';
import type { BuiltInPlanName } from '../emulator/faults/built-in-plans.ts';
import type { WrittenPlan } from '../emulator/faults/plan.ts';
import { type AccessKey, ordinaryKeys } from '../emulator/identity/keys.ts';
import { readSeed, type Seed, withKeys } from '../emulator/seed.ts';
import { ORIGIN_WANTED, readOrigin } from '../emulator/wire/cors.ts';
import type { TlsPair } from '../emulator/wire/self-signed.ts';
import { checkPair, pairFor } from '../emulator/wire/tls-pair.ts';
import { choicesOf } from '../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES, type CampaignChoices } from '../operation/campaigns/choices.ts';
import { CHOICES, type Choices, choose } from '../operation/connect/choices.ts';
import { ordinaryFacts } from '../operation/connect/facts.ts';
import { UserError } from '../system/errors.ts';
import { suggestion } from '../system/suggestion.ts';
import { type Account, type AccountSettings, accountOf, type OpenAccount } from './account.ts';
import { createAccounts } from './accounts.ts';
import { planOf } from './faults.ts';

/** The options of an account. */
export interface AccountOptions {
  /** The account number: twelve digits. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** `aws` (default) has the published quota, 10 requests a second with a burst of 15; `stress` has no quota. */
  readonly profile?: 'aws' | 'stress';
  /** Requests a second, instead of the profile's. */
  readonly rate?: number;
  /** Requests that can be saved up, instead of the profile's. */
  readonly burst?: number;
  /** Instances, queues, numbers, campaign ids and keys in addition to the default ones. */
  readonly seed?: Seed;
  /** Options for behaviour that AWS does not publish. Options that are left out have their defaults. */
  readonly choices?: Partial<Choices & CampaignChoices>;
  /** Defects to put into the endpoint, so that a test can prove that it notices them. */
  readonly bugs?: readonly BugName[];
  /** The agents who take the calls of campaigns. By default every queue has 10. */
  readonly agents?: StaffPlan;
  /** How many times as fast as the real clock the virtual clock runs. Default 1. */
  readonly speed?: number;
  /** Faults from the start: the name of a plan, or a plan. */
  readonly faults?: BuiltInPlanName | WrittenPlan;
  /** Makes ContactIds a function of this number and the count of earlier ContactIds. By default they are random. */
  readonly idSeed?: number;
  /** Contact events that are lost, repeated and reordered. Default none. */
  readonly eventFaults?: EventFaults;
}

export interface StartOptions extends AccountOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. A host that other machines can reach needs `allowRemote`. */
  readonly host?: string;
  readonly allowRemote?: boolean;
  /** Speaks HTTPS: `true` with a certificate made now, or with a pair of your own in PEM. Default plain HTTP. */
  readonly tls?: boolean | TlsPair;
  /** Origins of web pages that may call it, such as `http://localhost:3000`; `*` for any. Default none. */
  readonly cors?: readonly string[];
  /** Port of the control door, for programs in other processes; 0 takes any free port. By default there is no door. */
  readonly controlPort?: number;
  /** Folder in which contacts and tokens are kept on disk. By default they are kept in memory. */
  readonly dataDir?: string;
  /** `redis://…` of a store shared with other emulators. Needs the package @redis/client. */
  readonly store?: string;
  /** Called with a line when the connection to a shared store is lost, and when it is back. */
  readonly log?: (line: string) => void;
  /** Seconds for which contacts are kept. Default 604,800: seven days. */
  readonly retentionSeconds?: number;
  /** File or URL that gets a line of JSON for each dial of a campaign. A URL of another machine needs `allowRemote`. */
  readonly dials?: string;
  /** Files and URLs that get a line of JSON for each contact event. A URL of another machine needs `allowRemote`. */
  readonly events?: readonly string[];
  /** The real clock, against which signatures are checked. Default: the system clock. */
  readonly clock?: Clock;
}

/** A running endpoint. It is also an account: the account of its own credentials. */
export interface Emulator extends Account {
  /** Null without a control door. */
  readonly controlUrl: string | null;
  /** PEM of the certificate that clients must trust; null without `tls`. */
  readonly certificate: string | null;
  /**
   * Answers requests in another server of `node:http`, at the root of its paths. Nothing may have read the
   * request's body before.
   */
  readonly handler: (req: http.IncomingMessage, res: http.ServerResponse) => void;
  /**
   * Opens one more account at the same address, for tests that run at the same time: its keys lead to
   * contacts, tokens, faults, a journal, a clock and a rate bucket of its own. It is kept in memory.
   *
   * @throws UserError for invalid options.
   */
  isolate(options?: AccountOptions): Account;
  /**
   * Refuses new connections, lets calls in flight finish for a second at most, and frees the port.
   *
   * @throws the first internal error that a client got as 500 InternalFailure, if there was one.
   */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const FIRST_ISOLATED_ACCOUNT = 210_000_000_001;

/**
 * Starts an endpoint in this process. It prints nothing and handles no signal.
 *
 * @throws UnavailableError if a port or a store cannot be opened, UserError for invalid options.
 */
export async function startEmulator(options: StartOptions = {}): Promise<Emulator> {
  checkHost(options);
  const { tls: wanted, cors, ...rest } = options;
  const tls = tlsOf(wanted, options.host);
  const origins = originsOf(cors);
  const settings = settingsOf(rest, ordinaryFacts().account, ordinaryKeys);
  const accounts = createAccounts();
  const sinks = await openSinks(options);
  const backend = await openBackendFor(settings.options).catch(async (error: unknown) => {
    await closeSinks(sinks);
    throw error;
  });
  const main = accounts.open({ ...settings, backend, sinks });
  const defects: unknown[] = [];
  const front = createFront(main.service, accounts.handle, (error) => defects.push(error), {
    ...(tls && { tls }),
    cors: origins,
  });
  const watch = options.controlPort === undefined ? null : watchProcess();
  const control = watch && createControlServer(main.service, watch);
  const close = async () => {
    for (const { service } of accounts.all) letGo(service);
    await Promise.all([front, control].map((server) => server?.listening && shut(server)));
    watch?.close();
    for (const account of accounts.all) {
      account.close();
      await closeService(account.service);
    }
  };

  let url: string;
  let controlUrl: string | null;
  try {
    url = await listen(front, options);
    controlUrl = control && (await listen(control, { port: options.controlPort ?? 0 }));
  } catch (error) {
    await close();
    throw error;
  }
  let closing: Promise<void> | null = null;
  const closeOnce = async () => {
    closing ??= close();
    await closing;
    if (defects.length > 0) throw defects[0];
  };
  const serve = ({ service, handle, options: { keys } }: OpenAccount) => {
    const key = credentialsAmong(keys).principal;
    serveCampaigns(service, { url, handle, key, defect: (error) => defects.push(error) });
  };
  serve(main);
  return Object.assign(accountOf(main, url), {
    controlUrl,
    certificate: tls?.cert ?? null,
    handler: (req: http.IncomingMessage, res: http.ServerResponse) => {
      front.emit('request', req, res);
    },
    isolate(given: AccountOptions = {}) {
      const number = FIRST_ISOLATED_ACCOUNT + accounts.all.length - 1;
      const account = given.account ?? String(number);
      const own = settingsOf(given, account, (own) => keysOf(number, own));
      const backend = memoryBackendFor(own.options);
      const opened = accounts.open({ ...own, backend });
      serve(opened);
      return accountOf(opened, url);
    },
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  });
}

/** @throws UserError for a pair that is none. */
function tlsOf(wanted: StartOptions['tls'] = false, host = '127.0.0.1'): TlsPair | null {
  if (wanted === false) return null;
  if (wanted === true) return pairFor(host);
  return checkPair(wanted, { cert: 'tls.cert', key: 'tls.key' });
}

/** @throws UserError for a text that is no origin. */
function originsOf(cors: readonly string[] = []): readonly string[] {
  return cors.map((text) => {
    const origin = readOrigin(text);
    if (origin === null) throw new UserError(`cors: "${text}" is not ${ORIGIN_WANTED}`);
    return origin;
  });
}

/** @throws UserError for an invalid seed or fault plan, or invalid agents. */
function settingsOf(
  {
    seed = {},
    choices = {},
    account: own,
    region,
    faults,
    idSeed,
    ...options
  }: Omit<StartOptions, 'tls' | 'cors'>,
  ordinaryAccount: string,
  keysIn: (account: string) => readonly AccessKey[],
): Omit<AccountSettings, 'backend' | 'claim'> {
  const account = own ?? ordinaryAccount;
  checkStaff(options.agents);
  checkNames(choices);
  if (!/^\d{12}$/.test(account)) throw new UserError(`the account '${account}' must be 12 digits`);
  const facts = ordinaryFacts({
    account,
    ...(region === undefined ? {} : { region }),
    choices: choose(choicesOf(choices, CHOICES)),
  });
  const read = readSeed(seed, facts);
  return {
    options: {
      log: () => {},
      ...options,
      ...(faults === undefined ? {} : { faults: planOf(faults) }),
      campaignChoices: choicesOf(choices, CAMPAIGN_CHOICES),
      facts: read.addedTo(facts),
      keys: withKeys(keysIn(account), read.keys),
    },
    ...(idSeed === undefined ? {} : { idSeed }),
  };
}

/** @throws UserError for a choice that there is not. */
function checkNames(choices: object): void {
  const names = [...Object.keys(CHOICES), ...Object.keys(CAMPAIGN_CHOICES)];
  const unknown = Object.keys(choices).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new UserError(
    `choices has no member '${unknown}'; it has ${names.join(', ')}.${suggestion(unknown, names)}`,
  );
}

/** The keys of an isolated account. They are invented and differ by the account number. */
function keysOf(number: number, account: string): readonly AccessKey[] {
  const key = (who: string, principalArn: string, servicePrincipal: boolean): AccessKey => ({
    accessKeyId: `AKID${who}${number}`,
    secretAccessKey: `made-up/secret/of/${who}/${number}/EXAMPLEKEY`,
    principalArn,
    servicePrincipal,
  });
  const role = `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForConnectCampaigns/dialproof`;
  const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;
  return [
    key('CAMP', role, true),
    key('USER', user('outsider'), false),
    { ...key('NONE', user('without-permissions'), false), denied: true },
  ];
}
