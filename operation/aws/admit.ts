/** An arrival + facts -> admitted, or the first refusal. Pure. */

import {
  type Arrival,
  REFUSAL_NAMES,
  REFUSALS,
  type RefusalName,
  STAGES,
  type Stage,
} from '../connect/batch-put-contact/refusals.ts';
import type { Facts } from '../connect/facts.ts';

export interface Refusal {
  readonly name: RefusalName;
  readonly status: number;
  readonly message: string;
}

const NAMES_BY_STAGE = new Map<Stage, readonly RefusalName[]>(
  STAGES.map((stage) => [stage, REFUSAL_NAMES.filter((name) => REFUSALS[name].stage === stage)]),
);

/**
 * The refusal of one stage, for a service that learns what it knows step by step.
 * Only what `Arrival` has at or before that stage is read.
 */
export function refusalAt(stage: Stage, arrival: Arrival, facts: Facts): Refusal | null {
  const name = NAMES_BY_STAGE.get(stage)?.find((candidate) =>
    REFUSALS[candidate].applies(arrival, facts),
  );
  return name ? refusal(name, arrival, facts) : null;
}

/** The first refusal over all stages; null admits the call. */
export function admit(arrival: Arrival, facts: Facts): Refusal | null {
  for (const stage of STAGES) {
    const found = refusalAt(stage, arrival, facts);
    if (found) return found;
  }
  return null;
}

function refusal(name: RefusalName, arrival: Arrival, facts: Facts): Refusal {
  const row = REFUSALS[name];
  return { name, status: row.status, message: row.message(arrival, facts) };
}

/** The JSON body of an error: `Message` where the model has it, `message` at the front door. */
export function refusalBody({ name, message }: Refusal): string {
  return JSON.stringify(REFUSALS[name].modelled ? { Message: message } : { message });
}
