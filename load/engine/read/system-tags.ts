/** The tags that the engine adds to samples, and which of them a script selects. */

import type { Fields } from './fields.ts';
import { ScriptRefused } from './refusal.ts';

const BY_DEFAULT = [
  'proto',
  'subproto',
  'status',
  'method',
  'url',
  'name',
  'group',
  'check',
  'error',
  'error_code',
  'tls_version',
  'scenario',
  'service',
  'expected_response',
];
/** `vu` and `iter` are metadata: they make no series. */
const ON_DEMAND = ['ip', 'vu', 'iter'];

/** @throws ScriptRefused for a tag that does not exist. */
export function readSystemTags(fields: Fields): ReadonlySet<string> {
  const wanted = fields.texts('systemTags', BY_DEFAULT);
  const known = [...BY_DEFAULT, ...ON_DEMAND];
  const wrong = wanted.find((tag) => !known.includes(tag));
  if (wrong !== undefined) {
    throw new ScriptRefused(`systemTags of options has "${wrong}": ${known.join(', ')} exist`);
  }
  return new Set(wanted);
}
