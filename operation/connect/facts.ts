/** What the service knows when a batch arrives. Facts are plain JSON, so that they can be a fixture or a seed. */

import type { FrontDoorFacts } from '../aws/definition/facts.ts';
import { bareInstanceId } from './address.ts';
import { type Choices, choose } from './choices.ts';

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

export interface Instance {
  readonly id: string;
  readonly queues: readonly Queue[];
  /** Phone numbers claimed to the instance (E.164). */
  readonly numbers: readonly string[];
  /** Known campaigns; null accepts any campaign id. */
  readonly campaigns: readonly string[] | null;
}

/**
 * Customer numbers that fail their item with a code that no request alone can cause.
 * All of them are reserved for fiction; good contacts never use them.
 */
export const INJECTED_NUMBERS = {
  REQUEST_THROTTLED: '+12025550198',
  INTERNAL_ERROR: '+12025550199',
} as const;

/** An id that no instance, queue or campaign has, and a number that no instance claims: they provoke failures. */
export const NEVER_AN_ID = '00000000-0000-4000-8000-000000000000';
export const NEVER_CLAIMED = '+12065550199';

/** A failure code that no request alone can cause. */
export type InjectedCode = keyof typeof INJECTED_NUMBERS;

export const INJECTED_CODES = Object.keys(INJECTED_NUMBERS) as InjectedCode[];

export interface Facts extends FrontDoorFacts {
  readonly instances: readonly Instance[];
  /** Customer address -> the failure code that its item gets, although the item is good. */
  readonly injected: Readonly<Record<string, string>>;
  /**
   * How many more contacts may be created before items get REQUEST_THROTTLED; null means no limit. A call takes no
   * more dial requests than that either.
   */
  readonly pendingRoom: number | null;
  readonly choices: Choices;
}

/** The instance with which the emulator starts and for which the generators write. Its ids are fixed and invented. */
export const ORDINARY_INSTANCE = {
  id: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
  queues: [
    { id: '1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01', name: 'Outbound sales', enabled: true },
    { id: '2c8f6b71-4d2e-4f90-b3c5-6d7e8f9a0b12', name: 'Renewals', enabled: true },
    { id: '3d907c82-5e3f-4a01-84d6-7e8f9a0b1c23', name: 'Collections', enabled: true },
    { id: '4ea18d93-6f40-4b12-95e7-8f9a0b1c2d34', name: 'Closed for the season', enabled: false },
  ],
  numbers: ['+12065550100', '+12065550101', '+12065550102', '+441632960100', '+493023125000'],
  campaigns: null,
} as const satisfies Instance;

/** The default facts: one account, Region and instance, without injected failures, limits or an outage. */
export function ordinaryFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    account: '123456789012',
    region: 'us-east-1',
    instances: [ORDINARY_INSTANCE],
    injected: Object.fromEntries(INJECTED_CODES.map((code) => [INJECTED_NUMBERS[code], code])),
    pendingRoom: null,
    outage: null,
    choices: choose(),
    ...overrides,
  };
}

/** The instance that an id or ARN names, if it is in the facts. */
export function instanceOf(idOrArn: string, facts: Facts): Instance | undefined {
  const named = bareInstanceId(idOrArn, facts.account, facts.region);
  return facts.instances.find((instance) => instance.id === named);
}
