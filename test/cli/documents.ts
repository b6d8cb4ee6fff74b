/** Holds what `--json` prints to the published schema of the command, wherever a test starts one. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { DOCUMENTS } from '../../cli/documents/documents.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false });
const validators = new Map<string, ValidateFunction>();

export function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const path = join(PACKAGE_ROOT, 'schemas', `${name}.schema.json`);
  const made = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  validators.set(name, made);
  return made;
}

/**
 * The documents that the command line may print. The longest name counts: `report compare` is not `report`.
 */
export function documentsOf(args: readonly string[]): readonly string[] {
  const line = `${args.join(' ')} `;
  const fits = Object.values(DOCUMENTS)
    .flatMap(({ of }) => of)
    .filter((command) => line.startsWith(`${command} `));
  const longest = fits.sort((a, b) => b.length - a.length)[0];
  return Object.entries(DOCUMENTS)
    .filter(([, { of }]) => longest !== undefined && of.includes(longest))
    .map(([name]) => name);
}

/**
 * @param stdout all that the command printed. Nothing at all is no document: the command says on stderr why.
 * @throws Error if it is not one JSON document, or none of those that the command may print.
 */
export function requireDocument(args: readonly string[], stdout: string): void {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (!own.includes('--json') || stdout === '') return;
  const line = `dialproof ${own.join(' ')}`;
  const names = documentsOf(own);
  const value: unknown = JSON.parse(stdout);
  const refused = names.map((name) => {
    const validate = validatorOf(name);
    return validate(value) ? null : `${name}: ${ajv.errorsText(validate.errors)}`;
  });
  if (refused.includes(null)) return;
  throw new Error(
    `${line} printed none of its documents (cli/documents/documents.ts): ${refused.join('; ') || 'it has none'}`,
  );
}
