/** The address and login of a Broker, and the check that it can be reached. */

import { UnavailableError, UserError } from '../../system/errors.ts';
import { shownUrl } from '../../system/shown-url.ts';
import { whyUnreachable } from '../../system/why-unreachable.ts';

export interface Broker {
  /** Without a slash at its end. */
  readonly url: string;
  readonly auth: BrokerAuth;
}

export type BrokerAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string };

export interface BrokerOptions {
  readonly broker?: string;
}

/** What the pact command line reads too. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Broker of the options, else of PACT_BROKER_BASE_URL; its login of PACT_BROKER_TOKEN, or of
 * PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD. No option has a secret: arguments are for everybody on the
 * machine to see.
 *
 * @throws UserError naming what is missing or does not go together.
 */
export function readBroker(options: BrokerOptions, env: Environment): Broker {
  const url = options.broker ?? env.PACT_BROKER_BASE_URL;
  if (!url)
    throw new UserError('no Broker is given: add --broker URL, or set PACT_BROKER_BASE_URL');
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw new UserError(
      `the Broker "${shownUrl(url)}" is not a URL: write it as https://broker.example.com`,
    );
  }
  const { username, password } = new URL(url);
  if (username || password) {
    throw new UserError(
      'the URL of the Broker contains a password, which logs would show: set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD instead',
    );
  }
  return { url: url.replace(/\/+$/, ''), auth: readAuth(env) };
}

function readAuth(env: Environment): BrokerAuth {
  const {
    PACT_BROKER_TOKEN: token,
    PACT_BROKER_USERNAME: username,
    PACT_BROKER_PASSWORD: password,
  } = env;
  if (token && username) {
    throw new UserError('the Broker has both a token and a user name: give one of them');
  }
  if (token) return { kind: 'token', token };
  if (!username) return { kind: 'none' };
  if (!password) {
    throw new UserError(
      'the Broker has a user name but no password: set PACT_BROKER_PASSWORD, which no log shows',
    );
  }
  return { kind: 'basic', username, password };
}

const TIME_LIMIT_MS = 15_000;

/**
 * Reads a resource of the Broker.
 *
 * @throws UnavailableError where nothing answers.
 */
export function getFromBroker({ url, auth }: Broker, path: string): Promise<Response> {
  return fetch(url + path, {
    headers: { accept: 'application/hal+json', ...authorization(auth) },
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  }).catch((error: unknown) => {
    const why = whyUnreachable(error);
    throw new UnavailableError(`the Broker at ${url} cannot be reached (${why}): is it running?`);
  });
}

/**
 * Reads the Broker's index: the tools that come after tell their troubles less well, and try for minutes.
 *
 * @throws UnavailableError where nothing answers.
 * @throws UserError where the answer is a refusal, or not a Broker's.
 */
export async function checkBroker(broker: Broker): Promise<void> {
  const { url, auth } = broker;
  const response = await getFromBroker(broker, '/');
  if (response.status === 401) {
    throw new UserError(
      auth.kind === 'none'
        ? `the Broker at ${url} wants a login (401): set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD`
        : `the Broker at ${url} does not accept this ${auth.kind === 'token' ? 'token' : 'user name and password'} (401)`,
    );
  }
  if (response.status === 403) {
    throw new UserError(`the Broker at ${url} does not let this login in (403): ask for access`);
  }
  const index = (await response.json().catch(() => null)) as { _links?: object } | null;
  if (!response.ok || !index?._links || !('pb:publish-contracts' in index._links)) {
    throw new UserError(
      `${url} is not a Pact Broker that accepts contracts (HTTP ${response.status}): check the URL and its path`,
    );
  }
}

function authorization(auth: BrokerAuth): Record<string, string> {
  if (auth.kind === 'token') return { authorization: `Bearer ${auth.token}` };
  if (auth.kind === 'none') return {};
  const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** What the pact command line is signed in by. */
export function brokerEnvironment({ url, auth }: Broker): Record<string, string> {
  return {
    PACT_BROKER_BASE_URL: url,
    ...(auth.kind === 'token' ? { PACT_BROKER_TOKEN: auth.token } : {}),
    ...(auth.kind === 'basic'
      ? { PACT_BROKER_USERNAME: auth.username, PACT_BROKER_PASSWORD: auth.password }
      : {}),
  };
}
