/** An audit's evidence in English. */

import type { AttemptNamed, Evidence, Witness } from '../../run/statements/audit.ts';
import { ROAD_EVIDENCE } from './road.ts';
import { oldText, saying } from './sentences.ts';

const WITHOUT: Readonly<Record<Witness, string>> = {
  corpus: 'no corpus was given, so the predictions are not known',
  ledger: 'the target has no ledger that can be read',
  'ledger before': 'the ledger was not read before the run',
  contacts: 'the history is of version dp1, in which no line names its contacts',
  quota: 'the quota of the target is not known',
  dials: 'no dial records were received',
  told: 'the endpoint does not tell what became of dial requests',
  events: 'no contact events were received',
  clock: 'the clock of the endpoint runs at another speed',
  calls: 'the quota of concurrent calls is not known',
  'whole history': 'calls or lines were cut at the end, so that some calls left no line',
};

export const evidenceSaid = saying<Evidence>({
  'wrong results': ({ attempt, letters }) => `${named(attempt)} items read ${letters}`,
  'unknown record': ({ attempt, record }) =>
    `${named(attempt)} record ${record} is not in the corpus`,
  'other verdicts': ({ attempt, letters, predicted }) =>
    `${named(attempt)} items read ${letters}, predicted ${predicted}`,
  'replay differs': ({ attempt, digest, first, firstDigest }) =>
    `${named(attempt)} answer ${digest}; ${named(first)} ${firstDigest}`,
  'conflict let in': ({ attempt, record, first, firstRecord }) =>
    `${named(attempt)} ${attempt.error ?? 'answered'} for record ${record}; ${named(first)} for record ${firstRecord}`,
  'replay refused': ({ attempt, first }) =>
    `${named(attempt)} ${attempt.error ?? 'refused'}; ${named(first)} answered before, for the same payload`,
  'new token refused': ({ attempt }) =>
    `${named(attempt)} ${attempt.error ?? 'refused'}, though no earlier attempt can have used the token`,
  'contact reused': ({ contact, token, first }) =>
    `contact ${contact}: under token ${token} and under token ${first}`,
  'kept otherwise': ({ attempt, digest, ledgerDigest }) =>
    `${named(attempt)} acknowledged with ${digest}, the ledger has ${ledgerDigest}`,
  'not kept': ({ attempt }) => `${named(attempt)} acknowledged, but the ledger has no such token`,
  'refused and created': ({ attempt, contacts }) =>
    `${named(attempt)} refused, yet the ledger has ${contacts} contacts of it`,
  'other contacts': ({ token, contacts }) =>
    `token ${token}: its ${contacts} contacts are not those of its answer`,
  'other identifiers': ({ token, contacts }) =>
    `token ${token}: its ${contacts} contacts do not have the identifiers of their items`,
  doubled: ({ token, records, contacts, created }) =>
    `token ${token}: ${records} token records, ${contacts} contacts for ${created} created items`,
  unasked: ({ token, contacts }) =>
    `token ${token}: in the ledger with ${contacts} contacts, though no attempt sent it`,
  foreign: ({ token, contacts }) =>
    `${token === null ? 'no token' : `token ${token}`}: ${contacts} contacts in the ledger that were not there before the run, and that no run asked for`,
  'refused within the quota': ({ attempt, spare }) =>
    `${named(attempt)} refused with at least ${spare.toFixed(1)} requests to spare`,
  'admitted past the quota': ({ attempt, past }) =>
    `${named(attempt)} admitted ${past.toFixed(1)} requests past the quota`,
  ...ROAD_EVIDENCE,
  'times disagree': () =>
    'the times of the calls contradict their order: a clock was set back, or a call took longer than two minutes',
  'no witness': ({ witness }) => WITHOUT[witness],
  'nothing tells': () => 'nothing in this run tells',
  ...oldText,
});

function named({ batch, token, attempt, startMs, status }: AttemptNamed): string {
  return `batch ${batch} (token ${token}), attempt ${attempt} at ${new Date(startMs).toISOString()}, status ${status}:`;
}
