/** The messages between a run and its workers. */

import type { InstanceOutcome, Phase, Progress, Snapshot } from '../../engine/engine.ts';
import type { ExitCode } from '../../engine/read/refusal.ts';
import type { SegmentText } from '../../engine/read/segment.ts';
import type { Abortion } from '../../engine/vu/run.ts';

export type ToWorker =
  | {
      readonly say: 'prepare';
      readonly script: string;
      readonly env: Readonly<Record<string, string>>;
      readonly historyFile: string;
      /** File that gets every sample as a line; absent where samples are not recorded. */
      readonly samples?: string;
      /** This worker's segment; absent if the script's own option applies. */
      readonly segment?: SegmentText;
      /** Whether the run judges thresholds with abortOnFail over all workers, instead of this worker. */
      readonly judgedElsewhere: boolean;
      /** This worker's share of the run's limit. */
      readonly rps?: number;
      readonly loopbackOnly: boolean;
    }
  /** All workers are ready. The scenarios start. */
  | { readonly say: 'go' }
  /** The run was interrupted. No new iterations start. */
  | { readonly say: 'stop' }
  /** All iterations are cut. */
  | { readonly say: 'abort'; readonly abortion: Abortion };

export type FromWorker =
  | { readonly say: 'ready' }
  | { readonly say: 'phase'; readonly phase: Phase }
  | { readonly say: 'progress'; readonly progress: Progress }
  | { readonly say: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly say: 'outcome'; readonly outcome: InstanceOutcome }
  /** The script cannot be run. */
  | { readonly say: 'refused'; readonly message: string; readonly exitCode: ExitCode }
  /** What the user can mend: one sentence. */
  | { readonly say: 'mistaken'; readonly message: string }
  | { readonly say: 'broken'; readonly stack: string };
