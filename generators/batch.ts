/** Batches of good contacts and, in given shares, of contacts that fail; the verdict of each is predicted. */

import { decide, type Verdict } from '../operation/connect/batch-put-contact/decide.ts';
import {
  FAILURE_CODES,
  FAILURES,
  type FailureReasonCode,
} from '../operation/connect/batch-put-contact/failures.ts';
import type { ContactDataRequest } from '../operation/connect/batch-put-contact/shapes.ts';
import { type Facts, type Instance, ordinaryFacts } from '../operation/connect/facts.ts';
import { LIMITS } from '../operation/connect/limits.ts';
import { identifierOf, NO_RUN, stampOf } from '../operation/corpus/stamp.ts';
import { Draw } from '../system/draw.ts';
import { UserError } from '../system/errors.ts';
import { type ContactSource, contactSource } from './contact.ts';
import { LOCALE_NAMES, type LocaleName } from './locales.ts';
import { ALL_GOOD, checkMix, type Mix } from './mix.ts';
import { nameAt } from './shares.ts';

export interface BatchOptions {
  readonly seed: number;
  readonly contactsPerBatch?: number;
  readonly locales?: readonly LocaleName[];
  readonly mix?: Mix;
  readonly facts?: Facts;
}

export interface GeneratedBatch {
  readonly ClientToken: string;
  readonly ContactDataRequestList: readonly ContactDataRequest[];
  /** The verdict that the service must reach for each contact, in the order of the contacts. */
  readonly predicted: readonly Verdict[];
}

export interface BatchSource {
  /** Batch number `index`. A function of the source's options and the index. */
  batch(index: number): GeneratedBatch;
}

/** Separate random streams, so that another mix does not change the contacts. */
const PLAN = 1;
const VARIANT = 2;

/**
 * Makes a source of batches.
 *
 * @throws UserError for a batch size out of bounds, shares with a sum above 1, facts without an instance, or a code
 *   that needs a contact before it in batches of one contact.
 */
export function batchSource(options: BatchOptions): BatchSource {
  const { seed, locales = LOCALE_NAMES, facts = ordinaryFacts() } = options;
  const mix: Mix = options.mix ?? ALL_GOOD;
  const size = options.contactsPerBatch ?? LIMITS.contacts.max;
  if (!Number.isInteger(size) || size < LIMITS.contacts.min || size > LIMITS.contacts.max) {
    throw new UserError(
      `contacts per batch must be ${LIMITS.contacts.min} to ${LIMITS.contacts.max}, not ${size}`,
    );
  }
  checkMix(mix);
  const lonely = FAILURE_CODES.find((code) => (mix[code] ?? 0) > 0 && needsPrevious(code));
  if (lonely && size < 2) {
    throw new UserError(`${lonely} needs a contact before it: use 2 or more contacts per batch`);
  }
  const [instance] = facts.instances;
  if (!instance) throw new UserError('the facts name no instance: give at least one');
  const contacts = contactSource(seed, locales);
  return {
    batch: (index) => makeBatch({ seed, size, mix, contacts, facts, instance }, index),
  };
}

interface Recipe {
  readonly seed: number;
  readonly size: number;
  readonly mix: Mix;
  readonly contacts: ContactSource;
  readonly facts: Facts;
  readonly instance: Instance;
}

function makeBatch(recipe: Recipe, index: number): GeneratedBatch {
  const { size, contacts, facts, instance } = recipe;
  const stamp = stampOf(NO_RUN, index);
  const items: ContactDataRequest[] = [];
  const plan = planBatch(recipe, index);
  for (let slot = 0; slot < size; slot += 1) {
    const number = index * size + slot;
    const good = contacts.contact(number, identifierOf(stamp, slot));
    const code = plan[slot];
    if (!code) {
      items.push(good);
      continue;
    }
    const { make } = new Draw(recipe.seed, number, VARIANT).pick(FAILURES[code].provocations);
    items.push(make(good, items[slot - 1] ?? good));
  }
  return {
    ClientToken: stamp,
    ContactDataRequestList: items,
    // The prediction uses the service's own rules, so it follows the facts.
    predicted: decide(items, facts, instance),
  };
}

/** Chooses a failure code, or null for a good contact, for each place in the batch. */
function planBatch({ seed, size, mix }: Recipe, index: number): (FailureReasonCode | null)[] {
  const plan: (FailureReasonCode | null)[] = [];
  for (let slot = 0; slot < size; slot += 1) {
    plan.push(nameAt(mix, new Draw(seed, index * size + slot, PLAN).unit()));
  }
  plan.forEach((code, slot) => {
    if (code && FAILURES[code].needsPrevious) settle(plan, slot);
  });
  return plan;
}

/**
 * Moves each code that needs a good contact before it to a place after one. Places are exchanged, so that the
 * shares do not change. If the batch has no two good contacts in a row, a good contact replaces the code.
 */
function settle(plan: (FailureReasonCode | null)[], slot: number): void {
  if (slot > 0 && plan[slot - 1] === null) return;
  const code = plan[slot] ?? null;
  const place = plan.findIndex(
    (here, i) => i > 0 && here === null && plan[i - 1] === null && !needsPrevious(plan[i + 1]),
  );
  plan[slot] = null;
  if (place > 0) plan[place] = code;
}

function needsPrevious(code: FailureReasonCode | null | undefined): boolean {
  return code !== null && code !== undefined && FAILURES[code].needsPrevious === true;
}
