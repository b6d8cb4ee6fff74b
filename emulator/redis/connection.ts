/** The connection to Redis: lost and found again without help, and said so once each. */

import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';
import { UnavailableError, UserError } from '../../errors.ts';
import { StoreFullError, StoreLostError } from '../store.ts';
import { PREFIX, RELEASED, type Script } from './scripts.ts';

/** A command that takes longer counts as lost, and its call gets a 500. */
const COMMAND_TIMEOUT_MILLISECONDS = 5_000;
const CONNECT_TIMEOUT_MILLISECONDS = 3_000;
/** Between attempts to connect again; enough for a restart to be noticed at once. */
const RECONNECT_MILLISECONDS = 200;

/** Replies of a Redis that is there but cannot serve now. */
const NOT_NOW = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS) /;

/** What a script gives back. */
export type Reply = Buffer | number | null | readonly Reply[];

export interface Connection {
  /** Runs a script. @throws StoreLostError where Redis cannot be reached or does not answer. */
  run(script: Script, ...args: readonly (string | number | Uint8Array)[]): Promise<Reply>;
  /** Serials of batches, lowest first. */
  serialsAfter(serial: number, count: number): Promise<readonly number[]>;
  /** Calls `heard` for every key that is released, and with null when some may have been missed. */
  onReleased(heard: (key: string | null) => void): void;
  /** Deletes all that dialproof keeps there. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param log gets one line when the connection is lost and one when it is back.
 * @throws UserError for a URL that is none, UnavailableError where nothing answers there.
 */
export async function connect(url: string, log: (line: string) => void): Promise<Connection> {
  const shown = withoutPassword(url);
  let lost = false;
  let started = false;
  let heard: (key: string | null) => void = () => {};
  const options = {
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_TIMEOUT_MILLISECONDS },
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
      reconnectStrategy: () => (started ? RECONNECT_MILLISECONDS : false),
    } as const,
  };
  const client = createClient(options);
  const subscriber = createClient(options);
  client.on('error', (error: Error) => {
    if (started && !lost)
      log(`store: lost ${shown} (${error.message}); calls get 500 until it is back`);
    lost = true;
  });
  client.on('ready', () => {
    if (started && lost) log(`store: ${shown} is back`);
    lost = false;
  });
  // Its troubles are the other's, which speaks for both.
  subscriber.on('error', () => {});
  subscriber.on('ready', () => heard(null));

  try {
    await Promise.all([client.connect(), subscriber.connect()]);
    await subscriber.subscribe(RELEASED, (key) => heard(key));
  } catch (error) {
    client.destroy();
    subscriber.destroy();
    throw new UnavailableError(
      `the Redis at ${shown} cannot be used (${(error as Error).message}): start it, or correct the URL`,
    );
  }
  started = true;

  const told = async <T>(command: Promise<T>): Promise<T> => {
    try {
      return await command;
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith('OOM')) throw new StoreFullError(message, { cause: error });
      if (error instanceof ErrorReply && !NOT_NOW.test(message)) throw error;
      throw new StoreLostError(message, { cause: error });
    }
  };
  const send = (args: readonly (string | Buffer)[]): Promise<Reply> =>
    told(client.sendCommand([...args], AS_BYTES) as Promise<unknown> as Promise<Reply>);

  return {
    async run({ sha, lua }, ...args) {
      const rest = ['0', ...args.map(argument)];
      try {
        return await send(['EVALSHA', sha, ...rest]);
      } catch (error) {
        if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
        return send(['EVAL', lua, ...rest]);
      }
    },
    async serialsAfter(serial, count) {
      const range = ['ZRANGE', `${PREFIX}order`, `(${serial}`, '+inf', 'BYSCORE'];
      const found = await send([...range, 'LIMIT', '0', `${count}`]);
      return (found as readonly Buffer[]).map(Number);
    },
    onReleased(listener) {
      heard = listener;
    },
    async clear() {
      const pages = client.scanIterator({ MATCH: `${PREFIX}*`, COUNT: 1_000 });
      for await (const keys of pages) if (keys.length > 0) await told(client.unlink(keys));
    },
    async close() {
      subscriber.destroy();
      client.destroy();
    },
  };
}

const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } as const;

function argument(value: string | number | Uint8Array): string | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : `${value}`;
}

/** @throws UserError */
function withoutPassword(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'redis:' && parsed?.protocol !== 'rediss:') {
    throw new UserError(`the store must be a redis:// or rediss:// URL, not ${url}`);
  }
  if (parsed.password) parsed.password = '***';
  return parsed.href;
}
