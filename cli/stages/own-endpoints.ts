/** The endpoints that get the load: the embedded emulators, or another endpoint. */

import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { type FaultPlan, readFaultPlan } from '../../emulator/faults/plan.ts';
import { auditedQuota } from '../../load/audit/audited-quota.ts';
import type { SCENARIOS, ScenarioName } from '../../load/lib/profiles.ts';
import { openRoadSinks, type RoadSinks } from '../../load/road/road-sinks.ts';
import type { LoadTarget } from '../../load/run/run-script.ts';
import { CAMPAIGN_CHOICES, chooseCampaigns } from '../../operation/campaigns/choices.ts';
import { CHOICES, choose } from '../../operation/connect/choices.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import type { TargetFacts } from '../../run/run.ts';
import { UnavailableError } from '../../system/errors.ts';
import {
  ALL_CHOICES,
  type AnyChoices,
  choicesOf,
  type MisbehaviourOptions,
  misbehaviourArgs,
} from '../options/emulator-options.ts';
import {
  type EventFaultsOption,
  eventFaultsArgs,
  eventFaultsText,
} from '../options/event-faults-option.ts';
import type { FaultOption } from '../options/fault-option.ts';
import { type EmulatorProcess, spawnEmulator } from './emulator-process.ts';

/** An endpoint to put load on. */
export interface LoadEndpoint
  extends Pick<EmulatorProcess, 'url' | 'region' | 'credentials'>,
    Pick<LoadTarget, 'controlUrl' | 'quota' | 'choices' | 'campaignChoices' | 'dials' | 'events'> {
  /** The most requests a second that it may get; absent where there is no such cap. */
  readonly rps?: number;
}

/** Where each scenario goes: every one to the same endpoint, or each to an emulator of its kind. */
export type EndpointFor = (kind: EndpointKind) => Promise<LoadEndpoint>;

export type EndpointKind = (typeof SCENARIOS)[ScenarioName]['endpoint'];

/** What the embedded emulators are to do other than by default. */
export type OwnOptions = MisbehaviourOptions & FaultOption & EventFaultsOption;

/** The embedded emulators, one of each kind. Each is started when it is first needed. */
export class OwnEndpoints {
  readonly #options: OwnOptions;
  readonly #running = new Map<EndpointKind, Promise<EmulatorProcess>>();
  /** Receive what the emulator of a dial road tells. Null while there is none. */
  #sinks: Promise<RoadSinks> | null = null;

  constructor(options: OwnOptions) {
    this.#options = options;
  }

  /** The emulator of a kind, with a full token bucket. */
  readonly endpointFor = async (kind: EndpointKind): Promise<LoadEndpoint & EmulatorProcess> => {
    const starting = this.#running.get(kind) ?? this.#start(kind);
    this.#running.set(kind, starting);
    const emulator = await starting;
    const choices = choose(choicesOf(this.#options.choice, CHOICES));
    if (kind === 'road') {
      const campaignChoices = chooseCampaigns(choicesOf(this.#options.choice, CAMPAIGN_CHOICES));
      const { doors } = await this.#openSinks();
      return { ...emulator, quota: null, choices, campaignChoices, ...doors };
    }
    if (kind !== 'aws') return { ...emulator, quota: null, choices };
    await control(emulator.controlUrl, '/bucket', { tokens: QUOTA.burst }).catch((error) => {
      // An emulator that is gone must not cost what was measured before. The load will not reach it either.
      if (!(error instanceof UnavailableError)) throw error;
    });
    return {
      ...emulator,
      choices,
      quota: auditedQuota(QUOTA, this.#options.choice, faultsOf(kind, this.#options)),
    };
  };

  /** The facts about the started emulators, for the report. */
  async facts(): Promise<TargetFacts> {
    const [first = 'stress', ...others] = this.#running.keys();
    const emulators = await Promise.all(this.#running.values());
    const url = emulators.map((one) => one.url).join(', ');
    const facts = ownTarget(url, this.#options, first);
    const profiles = new Set([first, ...others].map(profileOf));
    const all = profiles.size > 1 ? { ...facts, profile: 'stress and aws' as const } : facts;
    return this.#withFaults(all, others);
  }

  /** One of several that has faults of its own is told apart from the others. */
  #withFaults(facts: TargetFacts, others: readonly EndpointKind[]): TargetFacts {
    if (!others.includes('faulty')) return facts;
    const { choices } = ownTarget('', this.#options, 'faulty');
    const { faults = '', ...rest } = choices;
    return { ...facts, choices: { ...rest, 'faults, for the scenario fault only': faults } };
  }

  async #start(kind: EndpointKind): Promise<EmulatorProcess> {
    const sinks = kind === 'road' ? await this.#openSinks() : null;
    const emulator = await spawnOwnEmulator(profileOf(kind), this.#options, false, sinks?.urls);
    const faults = faultsOf(kind, this.#options);
    if (faults) await putFaults(emulator, faults);
    return emulator;
  }

  #openSinks(): Promise<RoadSinks> {
    this.#sinks ??= openRoadSinks(this.#options.eventFaults);
    return this.#sinks;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (one) => (await one).close()));
    await (await this.#sinks)?.close();
  }
}

/** @param sinks the URLs that take its dial records and its contact events; absent for none. */
export function spawnOwnEmulator(
  profile: 'aws' | 'stress',
  options: MisbehaviourOptions & EventFaultsOption,
  quiet = false,
  sinks?: RoadSinks['urls'],
): Promise<EmulatorProcess> {
  const told = sinks ? ['--dials', sinks.dials, '--events', sinks.events] : [];
  const own = [...misbehaviourArgs(options), ...(sinks ? eventFaultsArgs(options) : [])];
  return spawnEmulator(['--port', '0', '--profile', profile, ...told, ...own], quiet);
}

export async function putFaults(
  { controlUrl }: Pick<EmulatorProcess, 'controlUrl'>,
  plan: FaultPlan,
): Promise<void> {
  await control(controlUrl, '/faults', plan);
}

export function ownTarget(
  url: string,
  options: OwnOptions,
  kind: EndpointKind = 'stress',
): TargetFacts {
  const { bug, choice, eventFaults } = options;
  const faults = faultsOf(kind, options);
  return {
    url,
    kind: 'embedded emulator',
    profile: profileOf(kind),
    bugs: bug,
    choices: {
      ...changed(choice),
      ...(faults && { faults: namesOf(faults) }),
      ...(eventFaults && { 'faults of events': eventFaultsText(eventFaults) }),
    },
  };
}

/** The faults that were asked for, or the default faults of an endpoint of this kind. */
export function faultsOf(kind: EndpointKind, { faults }: FaultOption): FaultPlan | undefined {
  return faults ?? (kind === 'faulty' ? readFaultPlan(BUILT_IN_PLANS.unreliable.plan) : undefined);
}

/** The part of an endpoint that is given to load scripts. */
export function targetOf({
  url,
  controlUrl,
  quota,
  region,
  credentials,
  choices,
  campaignChoices,
  dials,
  events,
}: LoadEndpoint): LoadTarget {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials.principal;
  const { otherAccount } = credentials;
  return {
    url,
    controlUrl,
    quota,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(otherAccount ? { otherAccount } : {}),
    ...(choices ? { choices } : {}),
    ...(campaignChoices ? { campaignChoices } : {}),
    ...(dials ? { dials } : {}),
    ...(events ? { events } : {}),
  };
}

/** @throws UnavailableError where nothing answers at `url` within 5 seconds. */
export async function checkReachable(url: string): Promise<void> {
  try {
    // Any answer will do: an unsigned GET is refused, and that is an answer.
    await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    throw new UnavailableError(
      `nothing answers at ${url} (${cause?.code ?? cause?.message ?? message}): start the endpoint, or leave out --target to use the embedded emulator`,
    );
  }
}

function profileOf(kind: EndpointKind): 'aws' | 'stress' {
  return kind === 'aws' ? 'aws' : 'stress';
}

function namesOf({ faults }: FaultPlan): string {
  return faults.map(({ name }) => name).join(', ');
}

function changed(choice: AnyChoices): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choice)
      .filter(([name, value]) => ALL_CHOICES[name]?.default !== value)
      .map(([name, value]) => [name, String(value)]),
  );
}

async function control(controlUrl: string, path: string, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  const answer = await fetch(controlUrl + path, { method: 'PUT', body }).catch((error: Error) => {
    throw new UnavailableError(
      `the emulator at ${controlUrl} cannot be reached (${error.message})`,
    );
  });
  if (!answer.ok) throw new Error(`the emulator refused ${path}: ${await answer.text()}`);
}
