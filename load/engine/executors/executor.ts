/** The part of an executor that this instance runs: its VUs, its duration, and how it starts iterations. */

import type { Segment } from '../read/segment.ts';

export type AimUnit = 'VUs' | 'iterations/s';

export interface Executor {
  /** VUs made ready before the start. */
  readonly vus: number;
  /** The most VUs that it may use. */
  readonly maxVus: number;
  /** Milliseconds from its start after which it starts no iteration. */
  readonly regularMs: number;
  /** What the iterations of this instance are numbered by in the run. */
  readonly numbers: Segment;
  /** Iterations after which it ends; null where it lasts `regularMs` in any case. */
  readonly iterations: number | null;
  /** What it aims at; null where that is a count of iterations. */
  readonly aim: AimUnit | null;
  /** How much of it after `elapsedMs`; null where it aims at a count. */
  target(elapsedMs: number): number | null;
  /** Starts iterations until there are no more to start, and waits for those it has started. */
  run<Vu>(scenario: ScenarioRun<Vu>): Promise<void>;
}

/** The scenario as its executor sees it. To an executor a VU is an opaque token. */
export interface ScenarioRun<Vu> {
  /** Milliseconds since the scenario began. */
  elapsed(): number;
  /** Nothing may be started any more: its time is over, or the run is ending. */
  ended(): boolean;
  /** What was due before its time was over may still be started: the run goes on, and nothing has been cut. */
  mayCatchUp(): boolean;
  /** Waits until `ms` after the scenario's beginning, or less when it ends. */
  until(ms: number): Promise<void>;
  /** Makes an idle VU active in this scenario; null when no VU is ready. */
  activate(): Vu | null;
  /** Gives an active VU back. */
  deactivate(vu: Vu): void;
  /** One iteration from beginning to end. Never rejects. */
  iterate(vu: Vu): Promise<void>;
  /** Cuts the iteration that a VU is in. */
  interrupt(vu: Vu): void;
  /** Makes another VU ready in the background. */
  initialise(): Promise<void>;
  /** Counts iterations that should have run and did not. */
  drop(count: number): void;
  /** Notes how late an iteration started, in milliseconds behind its schedule. */
  late(ms: number): void;
}

/** One VU iterating until the scenario ends or `more` says so. */
export async function loop<Vu>(
  scenario: ScenarioRun<Vu>,
  vu: Vu,
  more: () => boolean = () => true,
): Promise<void> {
  while (!scenario.ended() && more()) await scenario.iterate(vu);
}

/**
 * Runs iterations on `vus` VUs at the same time.
 *
 * @throws Error where fewer than `vus` VUs are ready.
 */
export async function loopAll<Vu>(
  scenario: ScenarioRun<Vu>,
  vus: number,
  more?: (vu: Vu) => boolean,
): Promise<void> {
  const loops: Promise<void>[] = [];
  for (let i = 0; i < vus; i += 1) {
    const vu = scenario.activate();
    if (!vu) throw new Error('a VU that was to be ready is not');
    loops.push(loop(scenario, vu, more && (() => more(vu))).finally(() => scenario.deactivate(vu)));
  }
  await Promise.all(loops);
}
