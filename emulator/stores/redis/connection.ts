/** The connection to Redis. It reconnects by itself. It logs each loss and each return once. */

import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';
import { UnavailableError, UserError } from '../../../system/errors.ts';
import { shownUrl } from '../../../system/shown-url.ts';
import { StoreFullError, StoreLostError } from '../store.ts';
import { PREFIX, RELEASED, type Script } from './scripts.ts';

/**
 * A Redis that takes longer to answer counts as lost, even if the connection reports no error. The process may be
 * stopped, or the network may be down. The call gets a 500, and the client connects again.
 */
const ANSWER_MILLISECONDS = 5_000;
const CONNECT_TIMEOUT_MILLISECONDS = 3_000;
/** Milliseconds between attempts to connect again. The time is short, so a restart of Redis is noticed quickly. */
const RECONNECT_MILLISECONDS = 200;

/** Matches the error replies of a Redis that can be reached but cannot serve at the moment. */
const NOT_NOW =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|BUSY|NOAUTH|NOPERM) /;

/** The reply of a script. */
export type Reply = Buffer | number | null | readonly Reply[];

export interface Connection {
  /** Runs a script. @throws StoreLostError if Redis cannot be reached, does not answer or cannot serve now. */
  run(script: Script, ...args: readonly (string | number | Uint8Array)[]): Promise<Reply>;
  /** Returns up to `count` serial numbers of batches after `serial`, lowest first. */
  serialsAfter(serial: number, count: number): Promise<readonly number[]>;
  /** Calls `heard` with each key that is released, and with null when releases may have been missed. */
  onReleased(heard: (key: string | null) => void): void;
  /** Deletes every key of dialproof in this Redis. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The number of keys that one SCAN command examines. */
const SCANNED = '1000';

/**
 * @param log gets one line when Redis is lost and one when it is back.
 * @param answerMilliseconds gives the time in which Redis must answer a command, asked for each.
 * @throws UserError for an invalid URL, UnavailableError if no Redis answers.
 */
export async function connect(
  url: string,
  log: (line: string) => void,
  answerMilliseconds = () => ANSWER_MILLISECONDS,
): Promise<Connection> {
  const shown = withoutPassword(url);
  let lost = false;
  let started = false;
  let closed = false;
  let heard: (key: string | null) => void = () => {};
  const options = {
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
      reconnectStrategy: () => (started ? RECONNECT_MILLISECONDS : false),
    } as const,
  };
  const client = createClient(options);
  const subscriber = createClient(options);
  const lose = (message: string) => {
    if (started && !lost) log(`store: lost ${shown} (${message}); calls get 500 until it is back`);
    lost = true;
  };
  const find = () => {
    if (started && lost) log(`store: ${shown} is back`);
    lost = false;
  };
  /** Closes the connection, which fails its waiting commands, and connects again. */
  const begin = () => {
    if (closed || !started) return;
    client.destroy();
    // The 'error' event reports a failure.
    client.connect().catch(() => {});
  };
  const inTime = async <T>(answer: Promise<T>): Promise<T> => {
    const patience = answerMilliseconds();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer for ${patience / 1000} seconds`));
        begin();
      }, patience);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  const told = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      const value = await inTime(answer);
      find();
      return value;
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith('OOM')) throw new StoreFullError(message, { cause: error });
      if (error instanceof ErrorReply && !NOT_NOW.test(message)) throw error;
      lose(message);
      throw new StoreLostError(message, { cause: error });
    }
  };
  const send = (args: readonly (string | Buffer)[]): Promise<Reply> =>
    told(client.sendCommand([...args], AS_BYTES) as Promise<unknown> as Promise<Reply>);

  client.on('error', (error: Error) => lose(error.message));
  // A connected Redis may not be able to serve yet, so PING checks it. `told` reports a failure.
  client.on('ready', () => send(['PING']).catch(() => {}));
  // Both connections lead to the same Redis. The client reports its loss.
  subscriber.on('error', () => {});
  subscriber.on('ready', () => heard(null));

  try {
    await inTime(Promise.all([client.connect(), subscriber.connect()]));
    await inTime(subscriber.subscribe(RELEASED, (key) => heard(key)));
  } catch (error) {
    for (const one of [client, subscriber]) if (one.isOpen) one.destroy();
    throw new UnavailableError(
      `the Redis at ${shown} cannot be used (${(error as Error).message}): start it, or correct the URL`,
    );
  }
  lost = false;
  started = true;
  const policy = await evictionPolicy(client);
  if (policy !== null) {
    log(
      `store: ${shown} has maxmemory-policy ${policy}, which can delete acknowledged contacts: set it to noeviction`,
    );
  }

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
      let cursor = '0';
      do {
        const page = ['SCAN', cursor, 'MATCH', `${PREFIX}*`, 'COUNT', SCANNED];
        const [next, keys] = (await send(page)) as readonly [Buffer, readonly Buffer[]];
        if (keys.length > 0) await send(['UNLINK', ...keys]);
        cursor = `${next}`;
      } while (cursor !== '0');
    },
    async close() {
      closed = true;
      subscriber.destroy();
      client.destroy();
    },
  };
}

/** The policy by which a Redis deletes keys when its memory is full; null if it deletes none, or does not tell. */
async function evictionPolicy(client: {
  info(section: string): Promise<unknown>;
}): Promise<string | null> {
  // A user of Redis may lack the right to INFO. The store works without it.
  const memory = await client.info('memory').catch(() => '');
  const policy = /^maxmemory_policy:(\S+)/m.exec(`${memory}`)?.[1];
  return policy === undefined || policy === 'noeviction' ? null : policy;
}

const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } as const;

function argument(value: string | number | Uint8Array): string | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : `${value}`;
}

/** @throws UserError for an invalid URL. */
function withoutPassword(url: string): string {
  const shown = shownUrl(url);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'redis:' && parsed?.protocol !== 'rediss:') {
    throw new UserError(`the store must be a redis:// or rediss:// URL, not ${shown}`);
  }
  for (const part of [parsed.username, parsed.password]) {
    try {
      decodeURIComponent(part);
    } catch {
      throw new UserError(
        `the user or the password in ${shown} is not percent-encoded: write % as %25, and @ as %40`,
      );
    }
  }
  return shownUrl(parsed.href);
}
