/** Causes in English. */

import type { Cause, CauseKind } from '../../run/causes/cause.ts';
import * as places from '../../run/causes/places.ts';

const SAID: Readonly<Record<CauseKind, (cause: Cause) => string>> = {
  invariant: ({ broken }) => `Invariant "${broken}" is violated`,
  contract: ({ broken }) => `The contract is broken at ${broken}`,
  campaign: ({ broken }) => `Campaigns: ${broken}`,
  threshold: ({ broken }) => `Threshold on ${broken} is missed`,
  load: ({ broken }) => `The load run ended with: ${broken}`,
  'contract check': ({ broken }) => `Check of the contract: ${broken}`,
  'self-check': ({ broken }) => `Self-check: ${broken}`,
  'bug missed': ({ broken }) => `Seeded bug ${broken} was not caught`,
  run: ({ broken }) => `The run fails: ${broken}`,
};

/** A cause without an end: `Invariant "…" is violated (BatchPutContact, ClientToken)`. */
export function causeSaid(cause: Cause): string {
  const where = [cause.operation, cause.member].filter((part) => part !== null);
  return `${SAID[cause.kind](cause)}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
}

/** `invariant, replay: replays are equal` */
export function placeSaid(place: string): string {
  const [kind = '', ...rest] = places.partsOf(place);
  const last = rest.at(-1) ?? '';
  const before = rest.slice(0, -1);
  return `${[kind, ...before].join(', ')}: ${last}`;
}
