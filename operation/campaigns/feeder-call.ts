/** The form of a feeder journal: what an endpoint records of the calls that hand it dial requests. */

/** The first line. Another one means that the endpoint was reset, and what was before does not count. */
export interface FeederJournalHead {
  readonly type: 'feeder-journal';
  readonly version: 1;
}

/** One call of PutDialRequestBatch or PutOutboundRequestBatch, or to a path that was meant to be one. */
export interface FeederCall {
  readonly type: 'feeder-call';
  /** Counted from 1, in the order of the answers. */
  readonly number: number;
  /** The places of the arrival and of the answer among all arrivals and answers. */
  readonly began: number;
  readonly ended: number;
  /** By the virtual clock, epoch milliseconds. */
  readonly arrivedAt: number;
  readonly answeredAt: number;
  /** By the wall clock: a feeder's patience does not run faster than its own clock. */
  readonly answeredAtWall: number;
  /** Null for a path that belongs to no operation. */
  readonly operation: 'PutDialRequestBatch' | 'PutOutboundRequestBatch' | null;
  /** The path with `{id}` in place of the campaign's id. */
  readonly path: string;
  /** As sent, numbers masked. */
  readonly campaignId: string;
  /** The version in which the campaign was created; null if there is no such campaign. */
  readonly campaignVersion: 1 | 2 | null;
  readonly campaignState: string | null;
  /** A digest of the SDK's invocation id, which its retries have in common; null without one. */
  readonly invocation: string | null;
  /** The HTTP status; 0 if a fault dropped the reply. */
  readonly status: number;
  readonly error: string | null;
  /** Whether the whole answer was sent. */
  readonly delivered: boolean;
  /** The member of the body that has the items; null if there is none. */
  readonly list: 'dialRequests' | 'outboundRequests' | null;
  readonly items: readonly FeederItem[];
}

/** A dial request as it was sent, and what became of it. Digests differ from one recording to the next. */
export interface FeederItem {
  /** Numbers masked, and cut; empty if there is none. */
  readonly clientToken: string;
  readonly tokenLength: number;
  /** A digest of the whole token; null for none. */
  readonly token: string | null;
  /** Masked. */
  readonly phoneNumber: string;
  /** Null if it has no phone number, as those of other channels have none. */
  readonly isE164: boolean | null;
  /** A digest of the number. */
  readonly number: string;
  /** A digest of number and attributes. */
  readonly content: string;
  /** A digest of each attribute with its value; of the first hundred. */
  readonly attributes: readonly string[];
  /** As sent, epoch milliseconds; null if it cannot be read. */
  readonly expirationTime: number | null;
  /** Seconds from the arrival to expirationTime, by the wall clock. */
  readonly expiresIn: number | null;
  /** Null if it was not accepted, or the call was refused. */
  readonly dialRequestId: string | null;
  readonly code: string | null;
  /** Why it failed, or what is odd about it. */
  readonly reason: string | null;
  /** Whether the answer repeats the id of an earlier dial request. */
  readonly repeated: boolean;
  readonly otherContent: boolean;
  /** Of a repeat: how the earlier dial request had ended by then, such as EXPIRED; null if it had not. */
  readonly endedAs: string | null;
}

/** The last line. */
export interface FeederJournalEnd {
  readonly type: 'end';
  /** By the wall clock, epoch milliseconds. */
  readonly at: number;
}

export type FeederLine = FeederJournalHead | FeederCall | FeederJournalEnd;

/** What a judge is given. */
export interface FeederJournal {
  /** A number that is missing is that of a call that was not kept. */
  readonly calls: readonly FeederCall[];
  /** By the wall clock. */
  readonly endedAt: number;
}
