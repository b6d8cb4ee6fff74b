/** Asks the real engine for members: a script that looks at them, and the readers of options. */

import { bundleForEngine } from '../../../../load/engine/bundle/bundle.ts';
import { prepare } from '../../../../load/engine/http/request.ts';
import { readOptions } from '../../../../load/engine/plan/options.ts';
import { notSupported } from '../../../../load/engine/read/refusal.ts';
import { run, scriptOf } from '../support.ts';

/** `function`, `object`, ... as in `typeof`; `undefined` where there is none; or the refusal. */
export type Found = string;

/**
 * Looks members up in a running script, each by an expression such as `m0.get`.
 *
 * @param url of a server whose answer `response` is.
 */
export async function lookUp(
  modules: readonly string[],
  expressions: readonly string[],
  url: string,
): Promise<ReadonlyMap<string, Found>> {
  const imports = modules.map((name, i) => `import * as m${i} from '${name}';`);
  // Nothing but the type leaves the function: k6's own are not handed on.
  const looks = expressions.map((text) => `look(${JSON.stringify(text)}, () => typeof ${text});`);
  const { lines, result } = await run(`
    ${imports.join('\n')}
    import { open as openFile } from 'k6/experimental/fs';
    import { SharedArray } from 'k6/data';
    import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
    import crypto from 'k6/crypto';
    import httpModule from 'k6/http';
    const file = await openFile('./script.ts');
    const shared = new SharedArray('shared', () => [1]);
    const [counter, gauge, rate, trend] =
      [new Counter('a_counter'), new Gauge('a_gauge'), new Rate('a_rate'), new Trend('a_trend')];
    function look(text, read) {
      let found;
      try { found = read(); } catch (error) { found = error.message; }
      console.log(JSON.stringify([text, found]));
    }
    export default async function () {
      const hasher = crypto.createHash('sha256');
      const response = await httpModule.get('${url}');
      ${looks.join('\n')}
    }`);
  const [error] = result.scriptErrors;
  if (error) throw new Error(error.message);
  return new Map(lines as [string, Found][]);
}

/** What is said where a script imports the member: null where it may. */
export async function importRefusal(module: string, member: string | null): Promise<string | null> {
  const text =
    member === null
      ? `import * as all from '${module}';\nexport default function () { return all; }`
      : `import { ${member} } from '${module}';\nexport default function () { return ${member}; }`;
  return bundleForEngine(scriptOf(text, 'imports.ts')).then(
    () => null,
    (error: Error) => error.message,
  );
}

/** What is said where a script uses a member of `import.meta`. */
export async function importMetaRefusal(member: string): Promise<string> {
  const text = `export default function () { return ${member}('./imports.ts'); }`;
  return bundleForEngine(scriptOf(text, 'imports.ts')).then(
    () => 'read',
    (error: Error) => error.message,
  );
}

/** Whether `options` may have the member. */
export function optionIsRead(name: string): boolean {
  return isRead(`${name} of options`, () => readOptions({ [name]: PROBE }, 'probe'));
}

/** Whether a scenario of this executor may have the member. */
export function scenarioFieldIsRead(valid: Readonly<Record<string, unknown>>, name: string) {
  const scenario = name in valid ? valid : { ...valid, [name]: PROBE };
  return isRead(`${name} of scenario "probe"`, () =>
    readOptions({ scenarios: { probe: scenario } }, 'probe'),
  );
}

/** Whether the parameters of a request may have the member. */
export function paramIsRead(name: string): boolean {
  const { http } = readOptions({}, 'probe');
  return isRead(`the request parameter ${name}`, () =>
    prepare(http, 'GET', 'http://127.0.0.1/', null, { [name]: PROBE }),
  );
}

/** A value that few members can have: where one is read it may be refused, but for another reason. */
const PROBE = 'probe';

function isRead(what: string, read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return (error as Error).message !== notSupported(what);
  }
}
