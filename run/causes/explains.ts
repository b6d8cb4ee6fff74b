/**
 * Which failure explains which. A failure is named by its sign: the kind of the evidence of an invariant, or
 * `contract: …`, `campaign: …`, `load: …`, `threshold`.
 */

/** What a contract with wrong lists of results looks like to the verifier, at any depth above one result. */
export const CONTRACT_RESULTS = 'contract: results';
/** An interaction that pins no error, answered with another status. */
export const CONTRACT_STATUS = 'contract: status';
export const CONTRACT_CODES = 'contract: FailureReasonCode';

/** The road from a dial request to a contact leads through BatchPutContact. */
const ROAD = [
  'lost request',
  'contact and failure',
  'two contacts',
  'unasked contact',
  'not ended',
];
const CAMPAIGN_ROAD = ROAD.map((kind) => `campaign: ${kind}`);

const CONFLICT = 'contract: IdempotencyException';

/** Sign -> the signs that may follow from it. The order is that in which causes are told. */
export const EXPLAINS: Readonly<Record<string, readonly string[]>> = {
  'no result': ['verdict missing', 'kept otherwise', CONTRACT_RESULTS, ...CAMPAIGN_ROAD],
  'two results': [
    'verdict missing',
    'replay differs',
    'kept otherwise',
    CONTRACT_RESULTS,
    ...CAMPAIGN_ROAD,
  ],
  'contact reused': [
    'kept otherwise',
    'other contacts',
    'other identifiers',
    'doubled',
    CONTRACT_RESULTS,
    ...CAMPAIGN_ROAD,
  ],
  'replay differs': [
    'conflict let in',
    'replay refused',
    'kept otherwise',
    'doubled',
    'other contacts',
    CONTRACT_RESULTS,
    CONFLICT,
    ...CAMPAIGN_ROAD,
  ],
  'conflict let in': [
    'other verdicts',
    'verdict missing',
    'kept otherwise',
    'doubled',
    'other contacts',
    CONFLICT,
  ],
  'replay refused': ['not kept', 'conflict let in', CONTRACT_RESULTS, CONTRACT_STATUS, CONFLICT],
  'new token refused': [CONTRACT_STATUS, ...CAMPAIGN_ROAD],
  'refused and created': ['doubled', 'unasked', CONFLICT],
  'not kept': [
    'replay differs',
    'kept otherwise',
    'doubled',
    'conflict let in',
    CONTRACT_RESULTS,
    ...CAMPAIGN_ROAD,
  ],
  'kept otherwise': [CONTRACT_RESULTS, 'other contacts', 'doubled'],
  'other identifiers': [],
  foreign: ['unasked', ...CAMPAIGN_ROAD],
  'other verdicts': ['kept otherwise', CONTRACT_CODES, CONTRACT_RESULTS, ...CAMPAIGN_ROAD],
};

/**
 * Signs that only another one in the same scenario explains, and only as often as that occurs: an answer that the ledger
 * has otherwise is wrong in more ways than a replay can be.
 */
export const LOCAL: Readonly<Record<string, readonly string[]>> = {
  /** Except by these: a batch that was lost is made again, in whatever scenario it is sent again. */
  'kept otherwise': ['not kept'],
};
