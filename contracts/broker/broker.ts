/** Where a Pact Broker is, who calls it, and what its refusals mean to the user. */

import { RefusedError, UserError } from '../../errors.ts';

export interface Broker {
  /** Without a slash at its end. */
  readonly url: string;
  /** Null for a Broker that asks for no login. */
  readonly login: Login | null;
}

export type Login =
  | { readonly token: string }
  | { readonly user: string; readonly password: string };

export interface GivenBroker {
  readonly broker?: string | undefined;
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * The Broker of the options; what they leave out is read from the variables that Pact's own tools
 * read. A login given as options goes before one in the environment.
 *
 * @throws UserError where no Broker is named, or its login is not one.
 */
export function readBroker(
  given: GivenBroker,
  env: Readonly<Record<string, string | undefined>>,
): Broker {
  const text = given.broker || env.PACT_BROKER_BASE_URL;
  if (!text) throw new UserError('No Pact Broker is named: give --broker or PACT_BROKER_BASE_URL.');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError('The address of the Pact Broker is no http or https URL: correct --broker.');
  }
  if (url.username || url.password) {
    throw new UserError(
      'The address of the Pact Broker holds a login, which logs would show: set ' +
        'PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD instead.',
    );
  }
  return {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    login:
      loginOf(given) ??
      loginOf({
        token: env.PACT_BROKER_TOKEN,
        user: env.PACT_BROKER_USERNAME,
        password: env.PACT_BROKER_PASSWORD,
      }),
  };
}

function loginOf({ token, user, password }: GivenBroker): Login | null {
  if (token && (user || password)) {
    throw new UserError('The Pact Broker takes a token, or a user and a password: give only one.');
  }
  if (token) return { token };
  if (!user && !password) return null;
  if (user && password) return { user, password };
  throw new UserError(`The login for the Pact Broker has no ${user ? 'password' : 'user'}: add it.`);
}

/** The parts of a login that nobody may see. */
export function secretsOf({ login }: Broker): string[] {
  if (login === null) return [];
  if ('token' in login) return [login.token];
  return [login.password, basic(login)];
}

/** The `Authorization` header. */
export function authorization({ login }: Broker): Record<string, string> {
  if (login === null) return {};
  return { authorization: 'token' in login ? `Bearer ${login.token}` : `Basic ${basic(login)}` };
}

function basic({ user, password }: { user: string; password: string }): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/** What to do about an HTTP status. A Broker says 409 and 422 of what it was sent. */
const ADVICE: Readonly<Record<number, string>> = {
  400: 'correct what it names',
  401: 'set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  403: 'use a login that may do so',
  404: 'check the address, and that what it asks for was published',
  409: 'a published version does not change, so publish under a new commit',
  422: 'correct what it names',
};

/**
 * @param doing the thing refused, such as "publish the pact".
 * @param status null where the Broker gave its reason without one.
 */
export function refused(
  broker: Broker,
  doing: string,
  status: number | null,
  reason: string | null,
): RefusedError {
  const advice = ADVICE[status ?? 422] ?? 'try again later, or ask who runs it';
  const why = [status, oneLine(broker, reason ?? '')].filter(Boolean).join(', ');
  return new RefusedError(
    `The Pact Broker at ${broker.url} refuses to ${doing} (${why || 'no reason given'}): ${advice}.`,
  );
}

/** A text of the Broker's as part of a sentence, without secrets. */
export function oneLine(broker: Broker, text: string): string {
  const masked = secretsOf(broker).reduce((all, secret) => all.replaceAll(secret, '***'), text);
  return masked
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\p{Extended_Pictographic}\uFE0F]/gu, (sign) => (/[\d#*]/.test(sign) ? sign : ''))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.:]$/, '')
    .slice(0, 500);
}
