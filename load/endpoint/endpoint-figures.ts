/** How busy an emulator was, to show whether the emulator was the limit. */

import { isObject } from '../../operation/aws/json.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import type { Finding } from '../../run/statements/load.ts';
import { UnavailableError } from '../../system/errors.ts';
import { whyUnreachable } from '../../system/why-unreachable.ts';

/** What is asked of a fault plan, as it is written. */
export interface PlannedFaults {
  readonly faults?: readonly { readonly fault: string }[];
}

/** Figures of the emulator's process from its control door, counted since the process started. */
export interface EndpointFigures {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly eventLoopActiveSeconds: number;
  readonly eventLoopIdleSeconds: number;
}

export interface EndpointState {
  readonly process: EndpointFigures;
  /** Requests that each fault of the plan was applied to, by its name; empty without a plan. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Busy enough to be the limit: a loop is never at 1, for it must wait for its sockets. */
export const BUSY = 0.9;

export async function endpointFigures(controlUrl: string): Promise<EndpointFigures> {
  return (await endpointState(controlUrl)).process;
}

export async function endpointState(controlUrl: string): Promise<EndpointState> {
  return askJson<EndpointState>(controlUrl, '/stats', 'process');
}

/** The seeded bugs that an emulator says are on. */
export async function seededBugsAt(controlUrl: string): Promise<readonly string[]> {
  return (await askJson<{ bugs: readonly string[] }>(controlUrl, '/health', 'bugs')).bugs;
}

/** What an emulator does where AWS leaves a question open. */
export async function choicesAt(controlUrl: string): Promise<Choices> {
  return (await askJson<{ choices: Choices }>(controlUrl, '/facts', 'choices')).choices;
}

/** The same of outbound campaigns. */
export async function campaignChoicesAt(controlUrl: string): Promise<CampaignChoices> {
  return (await askJson<{ choices: CampaignChoices }>(controlUrl, '/campaigns', 'choices')).choices;
}

/** Contact events that an emulator has still to give to its sinks. */
export async function eventsWaiting(controlUrl: string): Promise<number> {
  type Figures = { contactEvents: { sinks: readonly { waiting: number }[] } };
  const { contactEvents } = await askJson<Figures>(controlUrl, '/campaigns', 'contactEvents');
  return contactEvents.sinks.reduce((all, { waiting }) => all + waiting, 0);
}

/** The fault plan of an emulator. */
export async function planAt(controlUrl: string): Promise<PlannedFaults> {
  return (await askJson<{ plan: PlannedFaults }>(controlUrl, '/faults', 'plan')).plan;
}

/**
 * @param member one that the answer of a control door has.
 * @throws UnavailableError where the control door cannot be reached, or something else answers.
 */
async function askJson<Answer>(controlUrl: string, path: string, member: string): Promise<Answer> {
  const response = await askControl(controlUrl, path);
  const answer: unknown = await response.json().catch(() => null);
  if (!isObject(answer) || !Object.hasOwn(answer, member)) {
    throw new UnavailableError(
      `${controlUrl} is not a control door: GET ${path} was answered ${response.status} without "${member}"; give the address that the emulator prints as "control door at"`,
    );
  }
  return answer as Answer;
}

/** @throws UnavailableError where the control door cannot be reached. */
export async function askControl(controlUrl: string, path: string): Promise<Response> {
  try {
    return await fetch(`${controlUrl}${path}`);
  } catch (error) {
    throw new UnavailableError(
      `the control door at ${controlUrl} cannot be reached (${whyUnreachable(error)}): is the emulator still running?`,
    );
  }
}

/** Share of the time between two moments in which the emulator's event loop was busy, 0 to 1. */
export function utilizationBetween(before: EndpointFigures, after: EndpointFigures): number {
  const active = after.eventLoopActiveSeconds - before.eventLoopActiveSeconds;
  const idle = after.eventLoopIdleSeconds - before.eventLoopIdleSeconds;
  return active + idle > 0 ? active / (active + idle) : 0;
}

export function endpointFinding(
  before: EndpointFigures,
  after: EndpointFigures,
): Extract<Finding, { kind: 'endpoint busy' }> {
  const share = utilizationBetween(before, after);
  return { kind: 'endpoint busy', share, mayBeLimit: share >= BUSY };
}
