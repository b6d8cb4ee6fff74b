/** Runs scripts against an endpoint, one after the other. */

import { closeSync, openSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { optionVariables } from '../../load/engine/read/variables.ts';
import type { Engine } from '../../load/engines/engine.ts';
import {
  type ProfileValues,
  SCENARIOS,
  type ScenarioName,
  scenarioRow,
} from '../../load/lib/profiles.ts';
import { findBreakpoint } from '../../load/run/breakpoint.ts';
import { runScript, type Script, type ScriptRun, scriptOf } from '../../load/run/run-script.ts';
import { invaliditiesSaid } from '../../reports/content/generator.ts';
import { auditSaid } from '../../reports/content/in-short.ts';
import { endOfTestLines } from '../../reports/end-of-test.ts';
import { findingSaid, rateTroubleSaid } from '../../reports/english/load.ts';
import { isRoad, type LoadResult } from '../../run/run.ts';
import { visibleLine } from '../../system/visible.ts';
import type { Live } from '../live/load.ts';
import { progressOf } from '../terminal/load-progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type EndpointFor, type EndpointKind, targetOf } from './own-endpoints.ts';
import { mark } from './report-run.ts';
import type { Stage } from './stages.ts';

export interface LoadStage {
  readonly engine: Engine;
  readonly endpointFor: EndpointFor;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  readonly outDir: string;
  readonly loads: readonly Load[];
  /** Null where there is no live page. */
  readonly live: Live | null;
}

/** A script with its endpoint and values. */
export interface Load {
  readonly script: Script;
  readonly endpoint: EndpointKind;
  readonly values: ProfileValues;
}

/** Scenarios of ours, each with the values that it takes. */
export function loadsOf(values: ReadonlyMap<ScenarioName, ProfileValues>): Load[] {
  return [...values].map(([scenario, own]) => ({
    script: scriptOf(scenario, own),
    endpoint: SCENARIOS[scenario].endpoint,
    values: own,
  }));
}

/** Runs scripts one after the other; an interruption ends the one under way and skips the rest. */
export async function putLoad(
  { terminal, signal }: Stage,
  { engine, endpointFor, corpusDir, manifest, outDir, loads, live }: LoadStage,
): Promise<LoadResult[]> {
  const results: LoadResult[] = [];
  tellVariables(terminal);
  for (const { script, endpoint, values } of loads) {
    if (signal.aborted) break;
    const at = await endpointFor(endpoint);
    const line = progressOf(script.name);
    live?.begin(script.name);
    const run: ScriptRun = {
      script,
      engine,
      target: targetOf(at),
      ...(at.rps === undefined ? {} : { rps: at.rps }),
      corpusDir,
      manifest,
      runTag: newRunTag(),
      outDir,
      values,
      signal,
      onProgress(progress) {
        terminal.progress(line(progress));
        live?.progress(progress);
      },
    };
    const result = scenarioRow(script.scenario)?.searches
      ? await findBreakpoint(run, newRunTag, ({ rate, why }) =>
          terminal.progress(
            `${script.name}: ${rate} batches a second, ${why === null ? 'held' : rateTroubleSaid(why)}`,
          ),
        )
      : await runScript(run);
    results.push(result);
    live?.end(result);
    tellResult(terminal, result, outDir);
  }
  return results;
}

function tellResult(terminal: Terminal, result: LoadResult, outDir: string): void {
  const { findings, history, validity, verdict } = result;
  terminal.say(loadLine(terminal, result));
  for (const finding of findings) {
    if (finding.kind !== 'printed') terminal.say(indented(findingSaid(finding)));
    else for (const line of printedLines(join(outDir, finding.file))) terminal.say(indented(line));
  }
  if (!history) for (const line of endOfTestLines(result)) terminal.say(indented(line));
  // If the verdict depends on it, it is among the reasons.
  if (!validity.valid && verdict !== 'not valid') {
    terminal.say(indented(invaliditiesSaid(validity)));
  }
}

/** So much of what a script printed is shown; all of it is in the file. */
const SHOWN_LINES = 10;
const SHOWN_BYTES = 4_096;

/** What `console.log` of a script has written, as far as there is room. */
function printedLines(file: string): string[] {
  const bytes = Buffer.alloc(SHOWN_BYTES);
  const open = openSync(file, 'r');
  const read = readSync(open, bytes, 0, SHOWN_BYTES, 0);
  closeSync(open);
  const lines = bytes.toString('utf8', 0, read).trimEnd().split('\n');
  const shown = lines.slice(0, SHOWN_LINES);
  const isWhole = read < SHOWN_BYTES && shown.length === lines.length;
  const where = relative('', file);
  const begin = isWhole ? `It printed, to ${where}:` : `It printed more than this to ${where}:`;
  return [begin, ...shown.map((line) => `  ${line}`)];
}

/** Eight characters from time and chance: an endpoint that remembers tokens for days must not know it. */
export function newRunTag(): string {
  const time = Date.now().toString(36).slice(-6).padStart(6, '0');
  return (
    time +
    Math.floor(Math.random() * 1_296)
      .toString(36)
      .padStart(2, '0')
  );
}

/** Warns about options that come from the environment, because the command does not show them. */
function tellVariables(terminal: Terminal): void {
  const names = Object.keys(optionVariables(process.env));
  if (names.length > 0) terminal.warn(`options from the environment: ${names.join(', ')}`);
}

function indented(text: string): string {
  return `       ${visibleLine(text)}`;
}

function loadLine({ paint }: Terminal, result: LoadResult): string {
  const { scenario, verdict, requests, iterations, contacts, durationMs, audit } = result;
  const seconds = `${(durationMs / 1_000).toFixed(1)} s`;
  const begin = `${mark(paint, verdict)} ${scenario.padEnd(11)} ${requests} requests`;
  if (!result.history) return `${begin}, ${iterations} iterations in ${seconds}`;
  const what = isRoad(result) ? 'dial requests' : 'contacts';
  return `${begin}, ${contacts} ${what} in ${seconds}, ${auditSaid(audit)}`;
}
