/** Wires an emulated endpoint together and opens its two doors. */

import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EngineOptions } from '../campaigns/campaign-engine.ts';
import { createEngine } from '../campaigns/engine/create-engine.ts';
import type { KeptRecord } from '../campaigns/records.ts';
import { checkStaff, type StaffPlan } from '../campaigns/shifts.ts';
import { type CampaignChoices, chooseCampaigns } from '../operation/campaigns/choices.ts';
import type { FeederJournal } from '../operation/campaigns/feeder-call.ts';
import { type Facts, ordinaryFacts } from '../operation/connect/facts.ts';
import type { Quota } from '../operation/connect/limits.ts';
import { QUOTA } from '../operation/connect/limits.ts';
import { UnavailableError, UserError } from '../system/errors.ts';
import { bareHost, isLoopback } from '../system/loopback.ts';
import { type BugName, type Bugs, bugsOn } from './bugs/bugs.ts';
import { seededBuckets, seededContactIds, seededStore, seededTokens } from './bugs/seeded.ts';
import { seededEngine } from './bugs/seeded-campaigns.ts';
import { NOTHING_ASKED } from './call/asked.ts';
import { CAMPAIGNS_REFUSED } from './call/campaigns-of.ts';
import {
  type CampaignOptions,
  type CampaignSummary,
  runCampaign,
} from './call/changes/run-campaign.ts';
import { exchange } from './call/door/exchange.ts';
import { createGate } from './call/gate.ts';
import { createMeters } from './call/meters.ts';
import { noStats, type Service } from './call/service.ts';
import { CampaignDriver, type DriverOptions } from './campaigns/driver.ts';
import { type KillPoint, killingShelf } from './campaigns/kill-points.ts';
import type { Endpoint } from './campaigns/sender.ts';
import { type Clock, VirtualClock } from './clock/virtual-clock.ts';
import { createControlServer } from './control/control.ts';
import { watchProcess } from './control/process-watch.ts';
import type { EventFaults } from './events/disturbance.ts';
import { EventFeed } from './events/event-feed.ts';
import { createFaults } from './faults/faults.ts';
import { createPauses } from './faults/pauses.ts';
import { NO_FAULTS, readFaultPlan, type WrittenPlan } from './faults/plan.ts';
import { type AccessKey, ordinaryKeys } from './identity/keys.ts';
import { createVerifier } from './identity/signature.ts';
import { type BackendOptions, memoryBackend, openBackend } from './open-backend.ts';
import { createFeederRecorder } from './recording/feeder-recorder.ts';
import { openSink } from './sinks/open-sink.ts';
import type { Sink } from './sinks/sink.ts';
import type { Backend } from './stores/backend.ts';
import type { RecordShelf } from './stores/record-shelf.ts';
import { type AccessLog, openAccessLog, openFeederLog } from './watch/access-log.ts';
import { type Handle, observed } from './watch/observed.ts';
import type { AllowedOrigins } from './wire/cors.ts';
import type { TlsPair } from './wire/self-signed.ts';
import { createWireServer, type WireHandler } from './wire/server.ts';

export type { Service } from './call/service.ts';
export type { Clock } from './clock/virtual-clock.ts';
export type { WireReply } from './wire/reply.ts';
export type { WireRequest } from './wire/request.ts';

export interface EmulatorOptions extends BackendOptions {
  /** Default 127.0.0.1. One that others can reach needs `allowRemote`. */
  readonly host?: string;
  /** Whether other machines may connect. Default false, because the keys are published. */
  readonly allowRemote?: boolean;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Certificate and key of an endpoint that speaks HTTPS. Default plain HTTP. The control door never does. */
  readonly tls?: TlsPair | undefined;
  /** Origins of web pages that may call the endpoint, `*` for any. Default none. The control door never allows one. */
  readonly cors?: AllowedOrigins;
  /** Address of the control door. Default 127.0.0.1. One that others can reach needs `allowRemote`. */
  readonly controlHost?: string;
  /** Port of the control door. Default 0. */
  readonly controlPort?: number;
  /** `aws` (default) has the published quota; `stress` has no quota. */
  readonly profile?: 'aws' | 'stress';
  /** Requests a second, instead of the profile's. */
  readonly rate?: number;
  /** Requests that can be saved up, instead of the profile's. */
  readonly burst?: number;
  /** Default `ordinaryFacts()`. */
  readonly facts?: Facts;
  /** Default `ordinaryKeys` of the account. */
  readonly keys?: readonly AccessKey[];
  /** Default none. */
  readonly bugs?: readonly BugName[];
  /** Default none. */
  readonly faults?: WrittenPlan;
  /** Default the system's. The Date header goes by the system's: clients set their clocks by it. */
  readonly clock?: Clock;
  /** How many times as fast as the clock the virtual clock runs. Default 1. */
  readonly speed?: number;
  /** File or URL that gets a line of JSON for every dial. A URL of another machine needs `allowRemote`. Default none. */
  readonly dials?: string;
  /** Files and URLs that get a line of JSON for every contact event. A URL of another machine needs `allowRemote`. Default none. */
  readonly events?: readonly string[];
  /** Events that are lost, repeated and reordered. Default none. */
  readonly eventFaults?: EventFaults;
  /** Numbers and rules of outbound campaigns that AWS does not publish. Those left out have their defaults. */
  readonly campaignChoices?: Partial<CampaignChoices>;
  /** The agents of the queues of campaigns. Default 10 in every queue. */
  readonly agents?: StaffPlan;
  /** The commit of campaigns at which the process ends, to test what survives. Default none. */
  readonly killAt?: KillPoint;
  /** Makes the course of each call a function of this number and the id of its dial request. Default 1. */
  readonly campaignSeed?: number;
  /** File that gets a line of JSON for every request, `-` for the error output. Default none. */
  readonly accessLog?: string;
  /** Records the calls that hand over dial requests: in memory, and in the file if this names one. Default false. */
  readonly feederJournal?: string | boolean;
  /** Default random UUIDs. */
  readonly newContactId?: () => string;
  /** Ids of dial requests and dials, and the tokens of their batches. Default random UUIDs. */
  readonly newCampaignId?: () => string;
}

export interface RunningEmulator {
  readonly url: string;
  readonly controlUrl: string;
  readonly credentials: {
    /** A service principal; without session token if the keys have such a one. */
    readonly principal: AccessKey;
    /** A service principal with a session token; null if the keys have none that is valid. */
    readonly session: AccessKey | null;
    /** A caller that is authenticated and refused. */
    readonly outsider: AccessKey;
    /** A caller whose policies allow nothing. Without such a key it is the outsider. */
    readonly denied: AccessKey;
    /** A caller whose session token has expired; null if the keys have none. */
    readonly expired: AccessKey | null;
    /** A service principal of another account than the endpoint's; null if the keys have none. */
    readonly otherAccount: AccessKey | null;
  };
  /** Creates a campaign that is Running at once. */
  runCampaign(options: CampaignOptions): Promise<CampaignSummary>;
  /** What is recorded of feeders; null without `feederJournal`. */
  feederJournal(): FeederJournal | null;
  /** Refuses new connections, lets calls in flight finish (for a second at most), frees the ports. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Time for calls in flight when the emulator closes. */
export const CLOSE_GRACE_MILLISECONDS = 1000;
const ORDINARY_SEED = 1;

/**
 * Starts an endpoint with its control door.
 *
 * @throws UnavailableError if a port cannot be opened, UserError for invalid options.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const { log: tell = console.error } = options;
  const { controlHost = LOOPBACK, controlPort = 0, facts = ordinaryFacts() } = options;
  const { keys = ordinaryKeys(facts.account) } = options;
  const credentials = credentialsAmong(keys);
  checkHost(options);
  checkControlHost(options);
  const service = await openService(options);
  const watch = watchProcess();
  const log = options.accessLog === undefined ? null : openAccessLog(options.accessLog, tell);
  const { feederJournal } = options;
  const feederLog = typeof feederJournal === 'string' ? openFeederLog(feederJournal, tell) : null;
  if (feederLog) service.recorder?.writeTo((line) => feederLog.write(line));
  const release = async () => {
    watch.close();
    await log?.close();
    service.recorder?.end(service.clock.now());
    await feederLog?.close();
    await closeService(service);
  };
  const handle = serving(service, log);
  const defect = (error: unknown) => tell(String((error as Error | null)?.stack ?? error));
  const front = createFront(service, handle, defect, {
    notice: tell,
    tls: options.tls,
    cors: options.cors,
  });
  const control = createControlServer(service, watch, !isLoopback(controlHost));

  const url = await listen(front, options).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const controlUrl = await listen(control, { host: controlHost, port: controlPort }).catch(
    async (error: unknown) => {
      await shut(front);
      await release();
      throw error;
    },
  );
  serveCampaigns(service, { url, handle, defect, key: credentials.principal });
  return {
    url,
    controlUrl,
    credentials,
    runCampaign: (campaign) => runCampaign(service, campaign),
    feederJournal: () => service.recorder?.journal(service.clock.now()) ?? null,
    async close() {
      letGo(service);
      await Promise.all([shut(front), shut(control)]);
      await release();
    },
  };
}

/** @throws UserError or UnavailableError for invalid agents, or if the store or a sink cannot be opened. */
export async function openService(options: EmulatorOptions): Promise<Service> {
  checkStaff(options.agents);
  const sinks = await openSinks(options);
  const backend = await openBackendFor(options).catch(async (error: unknown) => {
    await closeSinks(sinks);
    throw error;
  });
  return createService(options, backend, sinks);
}

/** What takes the records of campaigns. */
export interface Sinks {
  readonly dials: Sink | null;
  readonly events: readonly Sink[];
}

const NO_SINKS: Sinks = { dials: null, events: [] };

/** @throws UserError if a sink cannot be opened, or the store cannot keep campaigns. */
export async function openSinks({
  dials,
  events = [],
  store,
  allowRemote,
}: Pick<EmulatorOptions, 'dials' | 'events' | 'store' | 'allowRemote'>): Promise<Sinks> {
  const asked = dials !== undefined ? '--dials' : events.length > 0 ? '--events' : null;
  if (asked !== null && store !== undefined) {
    throw new UserError(`${asked} has nothing to take: ${CAMPAIGNS_REFUSED}`);
  }
  const twice = events.find((target, i) => events.indexOf(target) !== i);
  if (twice !== undefined) throw new UserError(`--events has ${twice} twice: give it once`);
  const opened: Sink[] = [];
  try {
    const dialSink = dials === undefined ? null : await openSink(dials, allowRemote);
    if (dialSink) opened.push(dialSink);
    const eventSinks: Sink[] = [];
    for (const target of events) {
      const sink = await openSink(target, allowRemote);
      eventSinks.push(sink);
      opened.push(sink);
    }
    return { dials: dialSink, events: eventSinks };
  } catch (error) {
    await Promise.all(opened.map((sink) => sink.close()));
    throw error;
  }
}

export async function closeSinks({ dials, events }: Sinks): Promise<void> {
  await Promise.all([dials, ...events].map((sink) => sink?.close()));
}

/** Begins to run the campaigns of an endpoint that listens. */
export function serveCampaigns(
  service: Service,
  endpoint: Pick<Endpoint, 'url' | 'handle' | 'defect' | 'key'>,
): void {
  const { campaigns, clock } = service;
  // The Region of each call is the one of the facts at that moment, as the check of its signature wants it.
  const region = () => service.facts.region;
  campaigns?.serve({ ...endpoint, clock, region });
}

/** Commits what is known, and closes the store. The ports are closed before. */
export async function closeService({ campaigns, store }: Service): Promise<void> {
  await campaigns?.close();
  await store.close();
}

/** @throws UserError for a host that other machines can reach, unless that is allowed. */
export function checkHost({
  host = LOOPBACK,
  allowRemote,
}: Pick<EmulatorOptions, 'host' | 'allowRemote'>): void {
  if (allowRemote || isLoopback(host)) return;
  throw new UserError(
    `other machines can reach ${host}, and the emulator's keys are public: use 127.0.0.1, or give --allow-remote`,
  );
}

function checkControlHost({
  controlHost = LOOPBACK,
  allowRemote,
}: Pick<EmulatorOptions, 'controlHost' | 'allowRemote'>): void {
  if (allowRemote || isLoopback(controlHost)) return;
  throw new UserError(
    `other machines can reach ${controlHost}, and the control door asks for no key: use 127.0.0.1, or give --allow-remote`,
  );
}

/** @throws UserError or UnavailableError if the store cannot be opened. */
export function openBackendFor(options: EmulatorOptions): Promise<Backend> {
  return openBackend(quotaOf(options), options);
}

/** A backend in memory, whatever the options say of a folder or a shared store. */
export function memoryBackendFor(options: EmulatorOptions): Backend {
  return memoryBackend(quotaOf(options), options);
}

/** Answers the requests of one endpoint, counts them, and logs them where there is a log. */
export function serving(service: Service, log: AccessLog | null = null): Handle {
  return observed((request) => exchange(request, service), service, log);
}

/**
 * The server of an endpoint, not yet listening.
 *
 * @param defect told of an error of the emulator's own, which the client gets as 500 InternalFailure.
 */
export function createFront(
  service: Service,
  handle: Handle,
  defect: (error: unknown) => void,
  more: Pick<WireHandler, 'notice' | 'tls' | 'cors'> = {},
): http.Server {
  return createWireServer({
    ...more,
    handle,
    maxBodyBytes: () => service.facts.choices.maxBodyBytes,
    defect,
    wait: service.pauses.wait,
  });
}

/** Ends all waits of an endpoint that is about to close: held calls, those that a fault delays, and campaigns. */
export function letGo({ campaigns, events, gate, pauses }: Service): void {
  campaigns?.stop();
  events.close();
  gate.open();
  pauses.close();
}

/** The state of one endpoint, without any socket. */
export function createService(
  options: EmulatorOptions = {},
  backend: Backend = memoryBackendFor(options),
  sinks: Sinks = NO_SINKS,
): Service {
  const { clock = { now: Date.now }, facts = ordinaryFacts() } = options;
  const { keys = ordinaryKeys(facts.account) } = options;
  const { newContactId = randomUUID, newCampaignId = randomUUID } = options;
  const campaignChoices = chooseCampaigns(options.campaignChoices);
  const engineOptions: EngineOptions = {
    account: facts.account,
    region: facts.region,
    seed: options.campaignSeed ?? ORDINARY_SEED,
    newId: newCampaignId,
    choices: campaignChoices,
    agents: options.agents ?? {},
    tellSteps: true,
  };
  const events = new EventFeed(engineOptions.seed);
  const bugs = options.bugs?.length ? bugsOn(options.bugs) : null;
  const { records } = backend;
  const virtualClock = new VirtualClock(clock, options.speed);
  const buckets = bugs ? seededBuckets(backend.buckets, bugs) : backend.buckets;
  const store = bugs ? seededStore(backend.store, bugs) : backend.store;
  const tokens = bugs ? seededTokens(backend.tokens, store, bugs) : backend.tokens;
  const startFaults = readFaultPlan(options.faults ?? NO_FAULTS);
  return {
    clock,
    startedAt: clock.now(),
    virtualClock,
    newContactId: bugs ? seededContactIds(newContactId, bugs) : newContactId,
    newRequestId: randomUUID,
    newCampaignId,
    campaignChoices,
    verify: createVerifier(keys, {
      home: facts.account,
      trusting: bugs?.['accepts-bad-signature'] ?? false,
    }),
    buckets,
    publishedQuotas: options.profile !== 'stress',
    store,
    tokens,
    campaigns:
      records &&
      createCampaigns(
        engineOptions,
        options.killAt ? killingShelf(records, options.killAt) : records,
        virtualClock,
        {
          dials: sinks.dials,
          events: {
            feed: events,
            seed: engineOptions.seed,
            sinks: sinks.events,
            faults: options.eventFaults ?? null,
          },
        },
        bugs ?? {},
      ),
    events,
    recorder: options.feederJournal ? createFeederRecorder() : null,
    gate: createGate(),
    pauses: createPauses(),
    bugs,
    startFaults,
    faults: createFaults(startFaults, clock.now()),
    startFacts: facts,
    facts,
    asked: NOTHING_ASKED,
    stats: noStats(),
    meters: createMeters(),
  };
}

function createCampaigns(
  options: EngineOptions,
  shelf: RecordShelf,
  clock: VirtualClock,
  outlets: Pick<DriverOptions, 'dials' | 'events'>,
  bugs: Bugs,
): CampaignDriver {
  const makeEngine = seededEngine(
    (engineOptions, records: readonly KeptRecord[]) => createEngine(engineOptions, records),
    options,
    bugs,
  );
  return new CampaignDriver({ shelf, clock, makeEngine, ...outlets });
}

function quotaOf({ profile = 'aws', rate, burst, bugs = [] }: EmulatorOptions): Quota {
  if (profile === 'stress' && rate === undefined && burst === undefined) return null;
  const more = bugs.includes('larger-burst') ? 1 : 0;
  const quota = {
    ratePerSecond: rate ?? QUOTA.ratePerSecond,
    burst: (burst ?? QUOTA.burst) + more,
  };
  if (!(quota.ratePerSecond > 0) || !(quota.burst >= 1)) {
    throw new UserError('the quota needs a rate above 0 and a burst of at least 1 request');
  }
  return quota;
}

/** @throws UserError if the keys lack a service principal, or a caller that is not a service principal. */
export function credentialsAmong(keys: readonly AccessKey[]): RunningEmulator['credentials'] {
  const inAccount = (own: boolean) => {
    const principals = keys.filter(
      ({ servicePrincipal, account, expiresAt }) =>
        servicePrincipal && expiresAt === undefined && (account === undefined) === own,
    );
    return principals.find((key) => !key.sessionToken) ?? principals[0];
  };
  const principal = inAccount(true);
  const outsider = keys.find((key) => !key.servicePrincipal && !key.denied);
  if (!principal || !outsider) {
    throw new UserError(
      'keys needs a service principal and a caller that is not a service principal',
    );
  }
  const denied = keys.find((key) => key.denied) ?? outsider;
  const session = keys.find(
    ({ servicePrincipal, sessionToken, expiresAt, account }) =>
      servicePrincipal && sessionToken && expiresAt === undefined && account === undefined,
  );
  const expired = keys.find((key) => key.expiresAt !== undefined) ?? null;
  const otherAccount = inAccount(false) ?? null;
  return { principal, session: session ?? null, outsider, denied, expired, otherAccount };
}

/** @throws UnavailableError if the port cannot be opened. */
export async function listen(
  server: http.Server,
  { host = LOOPBACK, port = 0 }: Pick<EmulatorOptions, 'host' | 'port'>,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unavailable(error, host, port)));
    server.listen(port, bareHost(host), resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  const scheme = server instanceof https.Server ? 'https' : 'http';
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

function unavailable(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UnavailableError(
        `port ${port} on ${host} is in use: stop the process that listens there, or choose another port`,
      );
    case 'EACCES':
      return new UnavailableError(
        `this process may not listen on port ${port} of ${host}: choose a port above 1023`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UnavailableError(
        `${host} is not an address of this machine: use 127.0.0.1 or another address of this machine`,
      );
    default:
      return error;
  }
}

/** Refuses new connections, lets calls in flight finish for a second at most. */
export function shut(server: http.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MILLISECONDS);
    server.close((error) => {
      clearTimeout(impatient);
      if (error) reject(error);
      else resolve();
    });
  });
}
