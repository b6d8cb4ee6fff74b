/** Keeps secrets out of whatever is written, printed or sent. */

import { escapeText } from '../../reports/html/markup.ts';
import type { Environment } from '../../system/ci.ts';

/** Variables that hold a secret, by their names. */
const NAMES = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|WEBHOOK|API_?KEY|ACCESS_KEY/i;

/** These name a file, or where a token can be had. */
const NO_SECRET = /_(?:FILE|PATH|DIR)$/i;

/** A shorter one would be found in ordinary text. */
const SHORTEST = 6;

const HIDDEN = '***';

/** Replaces every secret in a text by `***`. */
export type Redact = (text: string) => string;

/**
 * The secrets of an environment: the values of all variables that look as if they had one.
 *
 * Of a URL, its path and query are hidden as well: tools quote them alone. Each is also found as JSON, HTML, a URL and
 * Basic authentication write it.
 */
export function redactorOf(env: Environment): Redact {
  const found = new Set<string>();
  const add = (text: string): void => {
    if (text.length < SHORTEST) return;
    for (const form of [
      text,
      encodeURIComponent(text),
      JSON.stringify(text).slice(1, -1),
      escapeText(text),
    ]) {
      found.add(form);
    }
  };
  for (const [name, value = ''] of Object.entries(env)) {
    if (!isSecretName(name)) continue;
    add(value);
    if (!/^https?:/.test(value) || !URL.canParse(value)) continue;
    const { pathname, search, username, password } = new URL(value);
    for (const part of [`${pathname}${search}`, pathname, search, username, password]) add(part);
  }
  const pair = `${env.PACT_BROKER_USERNAME ?? ''}:${env.PACT_BROKER_PASSWORD ?? ''}`;
  if (env.PACT_BROKER_PASSWORD) add(Buffer.from(pair).toString('base64'));
  // The longest first: a part of it would leave the rest.
  const secrets = [...found].toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((kept, secret) => kept.replaceAll(secret, HIDDEN), text);
}

/** Whether a variable of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return NAMES.test(name) && !NO_SECRET.test(name);
}

/** Every text within a value, redacted. */
export function redactAll<Value>(value: Value, redact: Redact): Value {
  if (typeof value === 'string') return redact(value) as Value;
  if (Array.isArray(value)) return value.map((one) => redactAll(one, redact)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, redactAll(one, redact)]),
  ) as Value;
}
