/** One account of the emulated endpoint: its state, and the operations on it for tests. */

import { advanceClock } from '../emulator/call/changes/move-clock.ts';
import { resetService } from '../emulator/call/changes/reset.ts';
import {
  createService,
  credentialsAmong,
  type EmulatorOptions,
  type Service,
  type Sinks,
  serving,
} from '../emulator/emulator.ts';
import type { AccessKey } from '../emulator/identity/keys.ts';
import { createVerifier } from '../emulator/identity/signature.ts';
import { readSeed, type Seed, withKeys } from '../emulator/seed.ts';
import type { Backend } from '../emulator/stores/backend.ts';
import type { Handle } from '../emulator/watch/observed.ts';
import type { Facts } from '../operation/connect/facts.ts';
import { Draw } from '../system/draw.ts';
import { UserError } from '../system/errors.ts';
import { accessKeyIdOf } from './access-key.ts';
import { type Campaigns, campaignsFor } from './campaigns.ts';
import { createEvents, type Events } from './events.ts';
import { createFaultControl, type FaultControl } from './faults.ts';
import { createJournal, type Journal } from './journal.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Options for the constructor of an AWS SDK client. The test itself sets the number of attempts (`maxAttempts`). */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** The distance by which a clock is moved: the sum of the members. */
export interface TimeSpan {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The clock of tokens, rate buckets, retention and campaigns. Signatures are checked against the real clock. */
export interface VirtualClock {
  now(): Date;
  /**
   * Moves the clock forward. If campaigns have something to do until then, each timer runs at its own moment.
   *
   * @returns resolves when nothing is due, and the calls of the campaigns are over.
   * @throws UserError for a span below 0.
   */
  advance(by: TimeSpan): Promise<void>;
}

/** An account. Its keys, instances, contacts, tokens and rate bucket are separate from those of other accounts. */
export interface Account {
  readonly url: string;
  readonly region: string;
  /** The account number: twelve digits. */
  readonly account: string;
  /** Id of the first instance. */
  readonly instanceId: string;
  /** The service principal of outbound campaigns, who may call BatchPutContact. */
  readonly credentials: Credentials;
  /** A user of the account: BatchPutContact refuses it with AccessDeniedException. */
  readonly outsider: Credentials;
  /** A user without permissions: outbound campaigns refuses it with AccessDeniedException. */
  readonly denied: Credentials;
  /** Client options with `credentials`. */
  readonly clientConfig: ClientConfig;
  readonly journal: Journal;
  readonly campaigns: Campaigns;
  /** Docs: docs/contact-events.md. */
  readonly events: Events;
  readonly faults: FaultControl;
  readonly clock: VirtualClock;
  /**
   * Adds instances, queues, numbers, campaign ids and keys.
   *
   * @throws UserError that says what is wrong with the seed. Nothing is then added.
   */
  seed(seed: Seed): void;
  /**
   * Drops contacts, tokens, journal and faults, fills the rate buckets, sets the clock right and begins the
   * ContactIds again. The port, what was seeded, and the faults of the start stay.
   */
  reset(): Promise<void>;
}

/** An account as its endpoint holds it. */
export interface OpenAccount extends Pick<Account, 'journal' | 'events' | 'seed' | 'reset'> {
  readonly options: AccountSettings['options'];
  readonly service: Service;
  readonly handle: Handle;
  close(): void;
}

export interface AccountSettings {
  readonly options: EmulatorOptions & {
    readonly facts: Facts;
    readonly keys: readonly AccessKey[];
  };
  readonly backend: Backend;
  /** Take the records of campaigns. */
  readonly sinks?: Sinks;
  /** Makes ContactIds a function of this number. Without it they are random. */
  readonly idSeed?: number;
  /** Called with keys before they are added. @throws UserError for a key of another account. */
  readonly claim: (keys: readonly AccessKey[]) => void;
}

export function openAccount({
  options,
  backend,
  sinks,
  idSeed,
  claim,
}: AccountSettings): OpenAccount {
  const writer = createJournal();
  const ids = idSeed === undefined ? null : seededIds(idSeed);
  // The ids of a store on disk must not come again after a restart.
  const campaignIds =
    idSeed === undefined || options.dataDir ? null : seededIds(idSeed, CAMPAIGN_IDS);
  const service = createService(
    {
      ...options,
      feederJournal: true,
      ...(ids ? { newContactId: ids.next } : {}),
      ...(campaignIds ? { newCampaignId: campaignIds.next } : {}),
      ...(idSeed === undefined ? {} : { campaignSeed: idSeed }),
    },
    { ...backend, store: writer.watched(backend.store) },
    sinks,
  );
  const inner = serving(service);
  const reader = createEvents(service);
  let { keys, facts } = options;
  return {
    options,
    service,
    journal: writer.journal,
    events: reader.events,
    async handle(request) {
      const reply = await inner(request);
      writer.call(accessKeyIdOf(request), request, reply);
      return reply;
    },
    seed(seed) {
      const read = readSeed(seed, facts);
      const allKeys = withKeys(keys, read.keys);
      claim(read.keys);
      keys = allKeys;
      service.verify = createVerifier(keys, {
        home: options.facts.account,
        trusting: service.bugs?.['accepts-bad-signature'] ?? false,
      });
      facts = read.addedTo(facts);
      service.facts = read.addedTo(service.facts);
    },
    async reset() {
      await resetService(service);
      service.facts = facts;
      writer.clear();
      ids?.restart();
      campaignIds?.restart();
    },
    close() {
      writer.close();
      reader.close();
    },
  };
}

/** Makes the interface of an open account for tests. */
export function accountOf(open: OpenAccount, url: string): Account {
  const { service, journal, events, seed, reset, options } = open;
  const { account, region, instances } = options.facts;
  const { principal, outsider, denied } = credentialsAmong(options.keys);
  return {
    url,
    region,
    account,
    instanceId: instances[0]?.id ?? '',
    // Each call makes new credentials, because the SDK writes into the object that it gets.
    get credentials() {
      return credentialsOf(principal);
    },
    get outsider() {
      return credentialsOf(outsider);
    },
    get denied() {
      return credentialsOf(denied);
    },
    get clientConfig() {
      return { endpoint: url, region, credentials: credentialsOf(principal) };
    },
    journal,
    campaigns: campaignsFor(service),
    events,
    faults: createFaultControl(service),
    clock: clockOf(service),
    seed,
    reset,
  };
}

export function credentialsOf({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: AccessKey): Credentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

const MILLISECONDS = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
} as const satisfies Record<keyof TimeSpan, number>;

function clockOf(service: Service): VirtualClock {
  return {
    now: () => new Date(service.virtualClock.now()),
    advance(by) {
      let span = 0;
      for (const [unit, amount] of Object.entries(by)) {
        const each = Object.hasOwn(MILLISECONDS, unit)
          ? MILLISECONDS[unit as keyof TimeSpan]
          : undefined;
        if (each === undefined || typeof amount !== 'number' || !(amount >= 0)) {
          throw new UserError(
            `the clock is advanced by days, hours, minutes, seconds or milliseconds from 0 up, not by ${unit} ${amount}`,
          );
        }
        span += amount * each;
      }
      return advanceClock(service, Math.round(span));
    },
  };
}

/** Separates the ids of campaigns from ContactIds of the same seed. */
const CAMPAIGN_IDS = 1;

/** Makes UUIDs in the form of version 4. Each is a function of the seed, the stream and its number. */
function seededIds(seed: number, stream = 0) {
  let made = 0;
  return {
    next(): string {
      const draw = new Draw(seed, made, stream);
      made += 1;
      const hex = Array.from({ length: 4 }, () => draw.next().toString(16).padStart(8, '0')).join(
        '',
      );
      const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    restart() {
      made = 0;
    },
  };
}
