/** The result of a worker that did not end by itself: a refusal, or the outcome of what it had measured. */

import type { InstanceOutcome, Phase, Snapshot } from '../../engine/engine.ts';
import { EXIT, ScriptRefused } from '../../engine/read/refusal.ts';
import { SourcePositions } from '../../engine/script/source-positions.ts';
import type { Death } from './child.ts';
import type { Frame } from './lifeline.ts';

/** The place in the script's sources as `path:line:column`; `''` if it is not known. */
export async function placeOf(script: string, frames: readonly Frame[]): Promise<string> {
  if (frames.length === 0) return '';
  const { bundleForEngine } = await import('../../engine/bundle/bundle.ts');
  // The process that had the source map has ended, so the script is bundled again. A failure gives no place.
  const bundle = await bundleForEngine(script).catch(() => null);
  if (!bundle) return '';
  // The engine's own frames do not help the author of a script.
  const own = frames.filter(({ file }) => file.startsWith(`${bundle.entry}#`));
  const stack = own.map(({ file, line, column }) => `    at ${file}:${line + 1}:${column + 1}`);
  return new SourcePositions(own[0]?.file ?? '', bundle).whereThrown({ stack: stack.join('\n') });
}

/** The refusal of a script whose worker ended before the run began. */
export function refusalOf({ stuckIn, how }: Death, place: string, initMs: number): ScriptRefused {
  const where = place === '' ? '' : `${place}: `;
  const why =
    stuckIn?.name === 'init'
      ? `${where}the script's init code did not end within ${initMs / 1_000} seconds`
      : stuckIn
        ? `the engine's process did not get ready`
        : `the engine's process ended with ${how} before the script's init code was over`;
  return new ScriptRefused(why, EXIT.scriptException);
}

/** The outcome of a worker that ended during the run: its last figures, and why they are incomplete. */
export function outcomeOf(
  snapshot: Snapshot,
  death: Death,
  place: string,
  interrupted: boolean,
): InstanceOutcome {
  const { stuckIn } = death;
  const why = stuckIn ? whyEnded(stuckIn, place) : `the engine's process ended with ${death.how}`;
  const name = stuckIn?.name;
  const hook = name === 'setup' || name === 'teardown' || name === 'handleSummary' ? name : null;
  return {
    ...snapshot,
    ...(hook || snapshot.abortion
      ? {}
      : { abortion: { why, exitCode: stuckIn ? EXIT.timeout : EXIT.scriptException } }),
    linesLost: true,
    interrupted,
    failures: hook ? [{ hook, timedOut: true, why: `${hook}(): ${why}` }] : [],
    setupData: null,
  };
}

function whyEnded({ name, limitMs }: Phase, place: string): string {
  const at = place === '' ? '' : ` at ${place}`;
  const what = name === 'scenarios' || name === 'end' ? 'the script' : `${name}()`;
  const when = limitMs === null ? '' : ` (${limitMs / 1_000} s)`;
  return `${what} still ran${at} when its time was over${when}, and let nothing else run: its process was ended, and its last moments are missing from figures and history`;
}
