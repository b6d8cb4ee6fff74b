/** What a judge of feeders may be told, and what it decides. */

/**
 * `undecided`: dial requests that failed may still be sent again. `not exercised`: no dial request was accepted. Advice does not
 * fail.
 */
export type FeederVerdict = 'pass' | 'fail' | 'undecided' | 'not exercised';

export interface JudgeOptions {
  /** The feeder sends nothing any more: what it has not sent again, it never will. Default false. */
  readonly finished?: boolean;
  /** Seconds that a dial request may wait to be sent again. Default 60. */
  readonly settleSeconds?: number;
}
