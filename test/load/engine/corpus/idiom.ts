/** A small script of the corpus, and what has to come of it. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempDir } from '../../../support/temp-dir.ts';

export interface Idiom {
  readonly name: string;
  /** The body of the default function of a script that imports what HEAD has. */
  readonly run?: string;
  /** The members of its options; without them it runs once. */
  readonly options?: string;
  /** Other code of that script, at its top level. */
  readonly top?: string;
  /** The whole script, instead of `run`. */
  readonly script?: string;
  /** The name of its file; `script.js` without it. */
  readonly file?: string;
  /** Files beside it, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the server must have received, such as `GET /a, GET /b*2`; empty for nothing. */
  readonly requests: string;
  /** Checks by name with passes and all, such as `ok 1/1, late 0/1`; empty for none. */
  readonly checks: string;
  /** k6's exit code; 0 without it. */
  readonly exit?: number;
  /** What the refusal, or the first error of the script, has to say. */
  readonly says?: string;
}

const HEAD = `import http from 'k6/http';
import exec from 'k6/execution';
import { check, fail, group, sleep } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
const B = __ENV.B;
`;

/** Writes the script and its files. Returns the path of the script. */
export function written(idiom: Idiom): string {
  const { options = 'iterations: 1', top = '', run = '', file = 'script.js', files = {} } = idiom;
  const text =
    idiom.script ??
    `${HEAD}export const options = { ${options} };\n${top}\nexport default function () {\n${run}\n}\n`;
  const folder = tempDir();
  for (const [name, contents] of Object.entries({ ...files, [file]: text })) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  return join(folder, file);
}

/** `GET /a*2` -> `GET /a` twice, in order of the text. */
export function requestsOf({ requests }: Idiom): string[] {
  return requests
    .split(', ')
    .filter((one) => one !== '')
    .flatMap((one) => {
      const [, what = '', count = '1'] = /^(.*?)(?:\*(\d+))?$/.exec(one) ?? [];
      return new Array<string>(Number(count)).fill(what);
    })
    .sort();
}

interface Counted {
  readonly name: string;
  readonly passes: number;
  readonly fails: number;
}

/** The counts of checks in the form of an idiom. A name that is in several groups is counted once. */
export function checksIn(counted: readonly Counted[]): string {
  const sums = new Map<string, [number, number]>();
  for (const { name, passes, fails } of counted) {
    const [passed, all] = sums.get(name) ?? [0, 0];
    sums.set(name, [passed + passes, all + passes + fails]);
  }
  return [...sums].map(([name, [passed, all]]) => `${name} ${passed}/${all}`).join(', ');
}
