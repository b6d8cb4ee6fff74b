/** The target of `load run`: the embedded emulator, another endpoint on this machine, or a remote endpoint. */

import { credentialsAmong } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { auditedQuota } from '../../load/audit/audited-quota.ts';
import {
  campaignChoicesAt,
  choicesAt,
  planAt,
  seededBugsAt,
} from '../../load/endpoint/endpoint-figures.ts';
import { isLoopback } from '../../load/engine/http/loopback.ts';
import { scenarioRow } from '../../load/lib/profiles.ts';
import { readDialFile, readEventFile } from '../../load/road/read-files.ts';
import { choicesOf } from '../../operation/aws/definition/choices.ts';
import { CHOICES, type Choices, choose } from '../../operation/connect/choices.ts';
import { type Facts, ordinaryFacts } from '../../operation/connect/facts.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { TargetFacts } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { type ConfiguredEndpoint, configuredSeed } from '../options/configured-endpoint.ts';
import { controlOrigin } from '../options/control-origin.ts';
import type { MisbehaviourOptions } from '../options/emulator-options.ts';
import type { EventFaultsOption } from '../options/event-faults-option.ts';
import type { FaultOption } from '../options/fault-option.ts';
import type { InstanceOptions } from '../options/instance-options.ts';
import { readAddress } from '../options/read-option.ts';
import {
  checkReachable,
  type EndpointFor,
  type LoadEndpoint,
  OwnEndpoints,
} from '../stages/own-endpoints.ts';
import type { Load } from '../stages/put-load.ts';
import type { Terminal } from '../terminal/terminal.ts';
import {
  allowRemote,
  announcement,
  capOf,
  checkFiction,
  checkRate,
  type RemoteOptions,
  remoteEndpoint,
} from './remote-target.ts';

export interface TargetOptions
  extends MisbehaviourOptions,
    FaultOption,
    EventFaultsOption,
    InstanceOptions,
    ConfiguredEndpoint,
    RemoteOptions {
  readonly target?: string;
  readonly control?: string;
  readonly quota?: Quota;
  /** Files that a sink of the endpoint writes. */
  readonly dials?: string;
  readonly events?: string;
}

export interface ChosenTarget {
  readonly endpointFor: EndpointFor;
  readonly close: () => Promise<void>;
  readonly facts: TargetFacts;
  /** What the endpoint does where AWS leaves a question open; absent where it is not known. */
  readonly choices?: Choices;
  /** What the predictions of a new corpus follow. */
  readonly predicting: Facts;
  /** Called when the corpus exists, before the first request. */
  readonly beforeSending?: (
    terminal: Terminal,
    corpusDir: string,
    manifest: CorpusManifest,
  ) => Promise<void>;
}

/** @throws UserError where the options do not go together. */
export async function targetFor(options: TargetOptions, what: Load): Promise<ChosenTarget> {
  const { endpoint: kind } = what;
  const { dials, events } = options;
  if (!options.target) {
    if (dials !== undefined || events !== undefined) {
      throw new UserError(
        '--dials and --events name files of the emulator at --target: the embedded one has a sink of its own',
      );
    }
    if (options.eventFaults && kind !== 'road') throw noRoad(what.script.name);
    const own = new OwnEndpoints(options);
    const choices = choose(choicesOf(options.choice, CHOICES));
    const { facts: predicting } = configuredSeed(options, choices);
    await own.endpointFor(kind);
    return {
      endpointFor: own.endpointFor,
      close: () => own.close(),
      facts: await own.facts(),
      choices,
      predicting,
    };
  }
  const { bug, choice, faults, eventFaults } = options;
  if (bug.length > 0 || Object.keys(choice).length > 0 || faults || eventFaults) {
    throw new UserError(
      '--bug, --choice, --faults and --event-faults are options of the embedded emulator: start the one at --target with them',
    );
  }
  const given = readAddress(options.target);
  if (!isLoopback(given.hostname)) return remoteFor(given, options, what);
  const url = given.origin;
  if (options.control === undefined && scenarioRow(what.script.scenario)?.needsControl) {
    throw new UserError(
      `${what.script.name} looks at what became of dial requests: give the control door of the emulator at --target with --control`,
    );
  }
  await checkReachable(url);
  const controlUrl = options.control ? controlOrigin(options.control) : null;
  const choices = controlUrl === null ? undefined : await choicesAt(controlUrl);
  const plan = controlUrl === null ? undefined : await planAt(controlUrl);
  const campaignChoices =
    controlUrl !== null && what.script.dials ? await campaignChoicesAt(controlUrl) : undefined;
  const endpoint = {
    url,
    controlUrl,
    quota: auditedQuota(options.quota ?? null, choices ?? {}, plan),
    ...(choices ? { choices } : {}),
    ...(campaignChoices ? { campaignChoices } : {}),
    ...(dials === undefined ? {} : { dials: () => readDialFile(dials) }),
    ...(events === undefined ? {} : { events: () => readEventFile(events) }),
    region: signingRegion(options),
    credentials: credentialsFromEnv(),
  };
  const bugs = endpoint.controlUrl === null ? [] : await seededBugsAt(endpoint.controlUrl);
  return {
    endpointFor: async () => endpoint,
    close: async () => {},
    facts: { url, kind: 'other endpoint', profile: 'unknown', bugs, choices: {} },
    ...(choices ? { choices } : {}),
    predicting: ordinaryFacts(choices ? { choices } : {}),
    beforeSending: async (terminal) => {
      for (const bug of bugs) terminal.warn(`SEEDED BUG ${bug} at ${url}`);
    },
  };
}

/** Of an endpoint at --target. */
function signingRegion({ configuredRegion }: ConfiguredEndpoint): string {
  return process.env.AWS_REGION ?? configuredRegion ?? ordinaryFacts().region;
}

/** Said of `--event-faults` where nothing that is run has contact events. */
export function noRoad(name: string): UserError {
  return new UserError(
    `--event-faults is for scenarios that hand over dial requests, and ${name} does not: leave it out`,
  );
}

async function remoteFor(url: URL, options: TargetOptions, what: Load): Promise<ChosenTarget> {
  allowRemote(url, options);
  if (what.endpoint === 'road') {
    throw new UserError(
      `${what.script.name} creates campaigns, which dial: it is for an emulator on this machine`,
    );
  }
  if (options.control) {
    throw new UserError(
      '--control is for an emulator on this machine: a remote endpoint has no control door',
    );
  }
  if (options.executionSegment !== undefined && options.raiseCap === undefined) {
    throw new UserError(
      'each instance of a divided run may send up to the limit: give its share of the limit as --raise-cap',
    );
  }
  checkRate(what, capOf(options));
  const region = signingRegion(options);
  const endpoint = await remoteEndpoint(url, region, what, options);
  await checkReachable(endpoint.url);
  return {
    endpointFor: async () => endpoint,
    close: async () => {},
    facts: { url: endpoint.url, kind: 'other endpoint', profile: 'unknown', bugs: [], choices: {} },
    predicting: ordinaryFacts(),
    beforeSending: async (terminal, dir, manifest) => {
      await checkFiction(dir, manifest);
      terminal.warn(announcement(endpoint, what, manifest));
    },
  };
}

/** The standard environment variables, or the keys that every emulator knows. */
function credentialsFromEnv(): LoadEndpoint['credentials'] {
  const ordinary = credentialsAmong(ORDINARY_KEYS);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return ordinary;
  return {
    principal: {
      ...ordinary.principal,
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    },
    session: null,
    outsider: ordinary.outsider,
    denied: ordinary.denied,
    expired: ordinary.expired,
    otherAccount: null,
  };
}
