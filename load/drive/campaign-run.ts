/**
 * Feeds one campaign of each version of outbound campaigns, lets every call come to its end, and judges what became of
 * the dial requests.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { dialItemSource } from '../../generators/dial-batch.ts';
import { everyDialCode } from '../../generators/mix.ts';
import { equalShares } from '../../generators/shares.ts';
import { ASKED_OUTCOMES } from '../../operation/campaigns/asked-numbers.ts';
import { type CampaignChoices, chooseCampaigns } from '../../operation/campaigns/choices.ts';
import type { DialItem } from '../../operation/campaigns/failures.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { LIMITS as CONNECT_LIMITS } from '../../operation/connect/limits.ts';
import type { CampaignCheck, CampaignResult, CampaignsResult } from '../../run/run.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import { UnavailableError } from '../../system/errors.ts';
import { type CheckName, judgeChecks } from './campaign-checks.ts';
import { APIS, CampaignFeeder, type CampaignVersion } from './campaign-feeder.ts';
import { type CampaignTarget, campaignSession, type StartTarget } from './campaign-session.ts';
import type { SeenDial } from './dial-sink.ts';
import { callFigures } from './road-figures.ts';
import { judgeRoad } from './road-judge.ts';
import { contactsOf, dialRequestsOf, hasEnded, moveClock, type Told } from './road-records.ts';

export interface CampaignRunOptions {
  readonly start: StartTarget;
  readonly seed: number;
  /** Choices of the endpoint, which the predictions follow. */
  readonly choices?: Partial<CampaignChoices>;
  /** Batches for each campaign; 6 if absent. */
  readonly batches?: number;
  readonly onProgress?: (what: string) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for dial records that have not arrived. */
  readonly patience?: number;
}

const BATCHES = 6;
/** Shares of all dial requests. The other numbers ask for nothing, and are drawn by the endpoint. */
const REFUSED = 0.12;
const ASKED = 0.7;
/** In seconds, longer than a dial request lives and a call takes. */
const LONGEST = 3_600;
const PATIENCE = 20_000;
const BETWEEN_LOOKS = 20;

export async function runCampaigns(options: CampaignRunOptions): Promise<CampaignsResult> {
  const { start, seed, signal, onProgress = () => {} } = options;
  return campaignSession(start, async ({ target, client, sink }) => {
    const choices = chooseCampaigns(options.choices);
    const feeders = VERSIONS.map(
      (version) => new CampaignFeeder(client, version, target.instanceId),
    );
    const records = await road(target, feeders, { ...options, choices, seed, onProgress }, sink);
    return {
      campaigns: feeders.map((feeder) => resultOf(feeder, records)),
      checks: checksOf(feeders, records, signal?.aborted === true),
    };
  });
}

const VERSIONS = Object.keys(APIS).map(Number) as CampaignVersion[];

interface Records {
  readonly contacts: Awaited<ReturnType<typeof contactsOf>>;
  readonly told: readonly Told[];
  readonly dials: readonly SeenDial[];
  readonly violations: readonly CampaignViolation[];
}

const NO_RECORDS: Records = { contacts: [], told: [], dials: [], violations: [] };

type RoadOptions = Pick<CampaignRunOptions, 'seed' | 'batches' | 'signal' | 'patience'> & {
  readonly choices: CampaignChoices;
  readonly onProgress: (what: string) => void;
};

async function road(
  { controlUrl }: CampaignTarget,
  feeders: readonly CampaignFeeder[],
  { choices, seed, batches = BATCHES, signal, onProgress, patience = PATIENCE }: RoadOptions,
  sink: { readonly dials: readonly SeenDial[] },
): Promise<Records> {
  try {
    for (const feeder of feeders) await feeder.start();
    await moveClock(controlUrl, choices.startSeconds);
    const again = new Map<CampaignFeeder, readonly DialItem[]>();
    for (const feeder of feeders) {
      if (!(await feeder.isRunning())) continue;
      const source = sourceFor(feeder, choices, seed, batches);
      for (let index = 0; index < source.batches && !signal?.aborted; index += 1) {
        onProgress(`${feeder.operation}, batch ${index + 1} of ${source.batches}`);
        const accepted = await feeder.feed(source.batch(index));
        if (accepted && !again.has(feeder)) again.set(feeder, accepted);
      }
    }
    // Sent again before and after everything has ended: neither may make a contact or a call.
    for (const [feeder, items] of again) await feeder.repeat(items);
    onProgress('calls');
    await moveClock(controlUrl, LONGEST);
    for (const [feeder, items] of again) await feeder.repeat(items);
    await moveClock(controlUrl, LONGEST);
    const told = await dialRequestsOf(controlUrl);
    await arrived(told, sink.dials, patience, signal);
    const contacts = await contactsOf(controlUrl);
    const accepted = new Map(feeders.flatMap((feeder) => [...feeder.accepted]));
    const { dials } = sink;
    const open = told.filter((one) => !hasEnded(one)).length;
    const violations: CampaignViolation[] = judgeRoad({ accepted, contacts, dials, told });
    if (open > 0) violations.push({ kind: 'not ended', dialRequests: open });
    return { contacts, told, dials, violations };
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    const { message } = error;
    return {
      ...NO_RECORDS,
      violations: [{ kind: 'call unanswered', call: 'the control door', message }],
    };
  }
}

/** As many batches as the campaign has room for, so that no prediction depends on how fast it dials. */
function sourceFor(
  { version }: CampaignFeeder,
  choices: CampaignChoices,
  seed: number,
  most: number,
) {
  const { max } = CONNECT_LIMITS.contacts;
  const requestsPerBatch = Math.min(max, choices.pendingLimit);
  const source = dialItemSource(APIS[version].api, {
    seed,
    now: new Date(),
    expiresInSeconds: LIMITS.expirySeconds.max - MARGIN,
    requestsPerBatch,
    mix: everyDialCode(REFUSED),
    outcomes: equalShares(ASKED_OUTCOMES, ASKED),
    choices,
  });
  const batches = Math.min(most, Math.floor(choices.pendingLimit / requestsPerBatch));
  return { ...source, batches };
}

/** Seconds by which the endpoint's clock may be behind. */
const MARGIN = 60;

/** Waits for the dial records that are on their way. */
export async function arrived(
  told: readonly Told[],
  dials: readonly SeenDial[],
  patience: number,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until && !signal?.aborted) {
    const seen = new Set(dials.map(({ dialId }) => dialId));
    if (told.every(({ dialId }) => !dialId || seen.has(dialId))) return;
    await pause(BETWEEN_LOOKS);
  }
}

function resultOf(
  { version, operation, sent, accepted, refused }: CampaignFeeder,
  { contacts, told, dials }: Records,
): CampaignResult {
  const own = told.filter(({ dialRequestId }) => accepted.has(dialRequestId));
  const dialled = dials.filter(({ dialRequestId }) => accepted.has(dialRequestId));
  return {
    version,
    operation,
    sent,
    accepted: accepted.size,
    refused,
    throttled: null,
    contacts: contacts.filter(({ requestIdentifier = '' }) => accepted.has(requestIdentifier))
      .length,
    failed: counted(own.map(({ failure }) => failure)),
    dialled: new Set(dialled.map(({ contactId }) => contactId)).size,
    ended: counted(own.map(({ disconnectReason }) => disconnectReason)),
    ...callFigures(own, false),
    agents: null,
  };
}

/** Name -> times, the most frequent first. */
export function counted(names: readonly (string | null | undefined)[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function checksOf(
  feeders: readonly CampaignFeeder[],
  { told, dials, violations }: Records,
  interrupted: boolean,
): CampaignCheck[] {
  const all = [...feeders.flatMap((feeder) => feeder.violations), ...violations];
  const sum = (of: (feeder: CampaignFeeder) => number) =>
    feeders.reduce((total, feeder) => total + of(feeder), 0);
  const checked: Readonly<Record<CheckName, number>> = {
    'every call succeeds': sum(({ calls }) => calls),
    'every item is answered as predicted': sum(({ answered }) => answered),
    'a clientToken that is sent again gets the same id': sum(({ repeats }) => repeats),
    'every accepted dial request is in one contact or one stated failure':
      told.length === 0 ? 0 : sum(({ accepted }) => accepted.size),
    'only contacts of BatchPutContact are dialled, each once': dials.length,
    'every dial request comes to an end': told.length,
  };
  return judgeChecks(checked, all, interrupted);
}
