/**
 * A thread beside the engine. It works even if a script blocks the engine's event loop forever. It ends the
 * process when the parent process is gone, and reports on request which code the script is running.
 */

import { Worker } from 'node:worker_threads';

/** The file descriptor of the socket to the parent process. */
export const LIFELINE = 4;

/** A place in code. Lines and columns count from 0. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Starts the thread. It does not keep the process alive. */
export function holdLifeline(): void {
  // The thread runs a text, without the modules that the process preloads. They would be compiled again during the run.
  new Worker(`(${lifeline.toString()})(${LIFELINE})`, { eval: true, execArgv: [] }).unref();
}

function lifeline(descriptor: number): void {
  const { Socket } = require('node:net') as typeof import('node:net');
  const { Session } = require('node:inspector') as typeof import('node:inspector');
  const { fileURLToPath } = require('node:url') as typeof import('node:url');
  const socket = new Socket({ fd: descriptor, readable: true, writable: true });
  const end = () => process.kill(process.pid, 'SIGKILL');
  socket.on('error', end);
  socket.on('close', end);
  // Any data is a request to report where the script is.
  socket.once('data', () => {
    const session = new Session();
    session.connectToMainThread();
    const files = new Map<string, string>();
    let steps = 0;
    session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
      files.set(scriptId, url.startsWith('file:') ? fileURLToPath(url) : url);
    });
    session.on('Debugger.paused', ({ params }) => {
      const frames = params.callFrames.map(({ location }) => ({
        file: files.get(location.scriptId) ?? '',
        line: location.lineNumber,
        column: location.columnNumber ?? 0,
      }));
      // Between two microtasks the stack has no frame of the script. A step leads to the next one.
      if (frames.every(({ file }) => file.startsWith('node:')) && steps < 50) {
        steps += 1;
        session.post('Debugger.stepInto');
      } else socket.write(`${JSON.stringify(frames)}\n`);
    });
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  });
}
