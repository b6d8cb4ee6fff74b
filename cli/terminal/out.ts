/**
 * The one way out for text: cleaned, and without the progress line before it.
 *
 * Text comes from scripts, targets and names too. It must not steer a terminal, nor give commands to a CI system.
 */

import { harmless } from '../../system/visible.ts';

/** The progress line that stderr shows now; empty if none. */
let shown = '';

/** Begins the colour sequences of `painted`. No text from outside can contain it, for it is drawn at the start. */
const COLOUR = `\u{f0000}${Math.random().toString(36).slice(2)}\u{f0001}`;

export function toStdout(text: string): void {
  clearProgress();
  process.stdout.write(clean(text));
}

export function toStderr(text: string): void {
  clearProgress();
  process.stderr.write(clean(text));
}

/** @param value as JSON. Characters that could steer a terminal are escaped. */
export function jsonToStdout(value: unknown): void {
  clearProgress();
  process.stdout.write(`${jsonText(value)}\n`);
}

/** Replaces the progress line of stderr. */
export function showProgress(text: string): void {
  if (text === shown) return;
  // A terminal without a size says 0.
  const width = process.stderr.columns || 80;
  process.stderr.write(`\r\x1b[2K${harmless(text).slice(0, width - 1)}`);
  shown = text;
}

/** Marks the colours of a text as this program's own, so that they reach the terminal. */
export function painted(styled: string): string {
  return styled.replaceAll('\x1b', COLOUR);
}

function clean(text: string): string {
  return harmless(text).replaceAll(COLOUR, '\x1b');
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function clearProgress(): void {
  if (shown === '') return;
  process.stderr.write('\r\x1b[2K');
  shown = '';
}

let stdoutFailed = false;

/**
 * Says once that stdout cannot be written, such as on a full disk. The command goes on, so that it writes its files,
 * and ends with an error.
 */
export function watchOutput(exitCode: number): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as "head" may close the pipe early.
    if (error.code === 'EPIPE' || stdoutFailed) return;
    stdoutFailed = true;
    toStderr(
      `dialproof: stdout cannot be written (${error.message}): what it should say is lost\n`,
    );
  });
  // Nobody can be told.
  process.stderr.on('error', () => {});
  process.on('exit', (code) => {
    if (stdoutFailed && code === 0) process.exitCode = exitCode;
  });
}
