/** The dial requests that a scenario of the dial road sends, written for its run. */

import { resolve } from 'node:path';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { writeDialList } from '../../generators/dial-list.ts';
import { type DialRecords, readDialRecords } from '../../generators/dial-records.ts';
import { everyDialCode } from '../../generators/mix.ts';
import { equalShares } from '../../generators/shares.ts';
import { ASKED_OUTCOMES } from '../../operation/campaigns/asked-numbers.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import type { DialPlan, ProfileValues } from '../lib/profiles.ts';

export interface WrittenDials {
  /** What the script is told of it (lib/env.ts). */
  readonly env: Readonly<Record<string, string>>;
  readonly records: DialRecords;
}

/** The name of the variable with the file. A script that has it in its text reads dial requests (lib/env.ts). */
export const DIAL_CORPUS = 'DIALPROOF_DIAL_CORPUS';

/** Batches of a corpus. A run that needs more repeats them, under other clientTokens. */
const BATCHES = 60;

/**
 * Writes a corpus with as many dial requests in a batch as the corpus of contacts has contacts, and with its seed.
 * The predictions follow the choices of the endpoint, where they are known.
 */
export async function dialCorpus(
  dir: string,
  { refused, asked, outcomes = ASKED_OUTCOMES }: DialPlan,
  { expiresSeconds, version = 1 }: ProfileValues,
  { seed, contactsPerBatch }: Pick<CorpusManifest, 'seed' | 'contactsPerBatch'>,
  choices?: CampaignChoices,
): Promise<WrittenDials> {
  const list = await writeDialList(dir, {
    operation: version === 2 ? 'PutOutboundRequestBatch' : 'PutDialRequestBatch',
    formats: ['records'],
    batches: BATCHES,
    seed,
    now: new Date(),
    requestsPerBatch: contactsPerBatch,
    mix: everyDialCode(refused),
    outcomes: equalShares(outcomes, asked),
    ...(expiresSeconds === undefined ? {} : { expiresInSeconds: expiresSeconds }),
    ...(choices ? { choices } : {}),
  });
  return {
    env: {
      // Absolute: scripts resolve a relative path against their own folder, as in k6.
      [DIAL_CORPUS]: resolve(dir, 'batches.bin'),
      DIALPROOF_DIAL_CORPUS_VERSION: String(version),
      DIALPROOF_DIAL_CORPUS_BATCHES: String(list.batches),
      DIALPROOF_DIAL_CORPUS_PER_BATCH: String(list.requestsPerBatch),
      DIALPROOF_DIAL_CORPUS_RECORD_BYTES: String(list.recordBytes),
    },
    records: await readDialRecords(dir, list),
  };
}
