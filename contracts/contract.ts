/** A contract: one pact between an SDK client and the emulator, with everything that is checked about it. */

import type { AnyOperation } from '../operation/operations.ts';
import type { DriftResult } from '../run/run.ts';
import type { Interaction } from './agreement/interaction.ts';
import type { Tolerance } from './agreement/tolerance.ts';
import type { Consumer } from './consumer/record.ts';
import type { Covering } from './coverage/matrix.ts';
import type { Survival } from './mutation/survivors.ts';
import type { TwoCalls } from './provider/two-calls.ts';

export interface Contract extends Consumer, Covering {
  readonly name: ContractName;
  /** The operations that it pins. */
  readonly operations: readonly AnyOperation[];
  readonly interactions: readonly Interaction[];
  readonly tolerances: readonly Tolerance[];
  /** What no pact can express of two calls, one after the other. */
  readonly pairs: readonly TwoCalls[];
  /** Names of members that an answer need not pin literally. */
  readonly freeMembers: readonly string[];
  readonly survivals: readonly Survival[];
  /** Compares its operations with the installed SDK; absent for none. */
  readonly drift?: () => DriftResult;
  /** Title of its page on coverage. */
  readonly page: string;
}

/** In the order in which they are run and reported. */
export const CONTRACT_NAMES = [
  'BatchPutContact',
  'ConnectCampaigns',
  'ConnectCampaignsV2',
] as const;

export type ContractName = (typeof CONTRACT_NAMES)[number];
