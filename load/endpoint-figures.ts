/** How hard an emulator worked: whether it, and not what is tested, was the limit. */

import { UnavailableError } from '../errors.ts';

/** Of the emulator's process, as its control door tells them; counted since it began. */
export interface EndpointFigures {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly eventLoopActiveSeconds: number;
  readonly eventLoopIdleSeconds: number;
}

/** Requests that each fault of the plan was applied to, by its name; empty without a plan. */
export type FaultsMet = Readonly<Record<string, number>>;

export interface EndpointState {
  readonly process: EndpointFigures;
  readonly faults: FaultsMet;
}

/** Busy enough to be the limit: a loop is never at 1, for it must wait for its sockets. */
export const BUSY = 0.9;

export async function endpointFigures(controlUrl: string): Promise<EndpointFigures> {
  return (await endpointState(controlUrl)).process;
}

export async function endpointState(controlUrl: string): Promise<EndpointState> {
  const response = await fetch(`${controlUrl}/stats`).catch((error: unknown) => {
    throw new UnavailableError(
      `the control door at ${controlUrl} cannot be reached (${(error as Error).message}): is the emulator still running?`,
    );
  });
  return (await response.json()) as EndpointState;
}

/** Share of the time between two moments in which the emulator's event loop was busy, 0 to 1. */
export function utilizationBetween(before: EndpointFigures, after: EndpointFigures): number {
  const active = after.eventLoopActiveSeconds - before.eventLoopActiveSeconds;
  const idle = after.eventLoopIdleSeconds - before.eventLoopIdleSeconds;
  return active / (active + idle);
}

/** One sentence for a report. */
export function endpointFinding(before: EndpointFigures, after: EndpointFigures): string {
  const share = utilizationBetween(before, after);
  const busy = `its event loop was busy ${Math.round(share * 100)} % of the time`;
  return share < BUSY
    ? `The emulator was not the limit: ${busy}.`
    : `The emulator may have been the limit: ${busy}.`;
}

/** Those that were met between two moments. */
export function faultsMet(before: FaultsMet, after: FaultsMet): FaultsMet {
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  );
}

/** A sentence for a report; none where there was no plan. */
export function faultsFinding(met: FaultsMet): string[] {
  if (Object.keys(met).length === 0) return [];
  const counts = Object.entries(met).filter(([, count]) => count > 0);
  if (counts.length === 0) return ['No fault of the plan was met.'];
  return [`Faults met: ${counts.map(([name, count]) => `${name} ${count}`).join(', ')}.`];
}
