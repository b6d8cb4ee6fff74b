/** The steps of contacts, as they are told: what the life of a contact has after a change and had not before. */

import { CONTACT_STAGES, reachedAt } from '../../operation/connect/contact/life.ts';
import type { Action, ContactStep } from '../campaign-engine.ts';
import type { Campaign, DialRequest } from '../records.ts';
import { lifeOf } from './life.ts';

export function* stepsBetween(
  seed: number,
  campaign: Campaign,
  before: DialRequest,
  request: DialRequest,
): Generator<ContactStep> {
  const life = lifeOf(seed, request);
  if (life === null) return;
  const was = lifeOf(seed, before);
  for (const stage of CONTACT_STAGES) {
    const at = reachedAt(life, stage);
    if (at === null || (was && reachedAt(was, stage) !== null)) continue;
    yield { stage, at, request, campaign };
  }
}

/** Tells that what is known of a contact was changed by its owner. */
export function tellUpdate(
  { options, actions }: Telling,
  { request, home: { campaign } }: Told,
  now: number,
): void {
  if (!options.tellSteps) return;
  const step = { stage: 'CONTACT_DATA_UPDATED', at: now, updateId: options.newId() } as const;
  actions.push({ kind: 'step', step: { ...step, request, campaign } });
}

interface Telling {
  readonly options: { readonly tellSteps?: boolean; readonly newId: () => string };
  readonly actions: Action[];
}

interface Told {
  readonly request: DialRequest;
  readonly home: { readonly campaign: Campaign };
}
