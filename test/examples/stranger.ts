/** An example in a folder outside the checkout, with the packed package: what its page says is run as it stands there. */

import { cpSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { type Ended, runProgram } from '../clients/program.ts';
import { strangersProject } from '../support/installed.ts';

export const MINUTES = 60_000;

export interface Example {
  readonly folder: string;
  /** The command of the page that has this text, on one line. */
  command(text: string): string;
  /** Runs a line as a shell does. */
  run(line: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
}

/** Blocks until the package is installed. */
export function exampleOf(name: string): Example {
  const folder = strangersProject();
  cpSync(join(PACKAGE_ROOT, 'examples', name), folder, { recursive: true });
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  const commands = [...page.matchAll(/^```\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .trimEnd()
      .split('\n'),
  );
  const bin = join(folder, 'node_modules', '.bin');
  return {
    folder,
    command(text) {
      const found = commands.find((line) => line.includes(text));
      if (found === undefined) throw new Error(`the page of ${name} has no command with ${text}`);
      // A program of the project, without npm's second to find it. What follows # is a remark.
      return found.replace(/^npx /, '').replace(/\s+#.*$/, '');
    },
    run(line, env = {}) {
      const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
      return runProgram('sh', ['-c', line], { ...env, PATH: path, NO_COLOR: '1' }, folder);
    },
  };
}
