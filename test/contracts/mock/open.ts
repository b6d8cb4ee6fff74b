/** Opens mocks for tests. */

import { ConnectClient } from '@aws-sdk/client-connect';
import { serveByEndpoint } from '../../../contracts/mock/endpoint-serving.ts';
import {
  type ConsumerMock,
  type MockOptions,
  openConsumerMock,
} from '../../../contracts/mock/mock.ts';
import { serveByPact } from '../../../contracts/mock/pact-serving.ts';
import { MOCKED } from '../../../contracts/mock/serving.ts';
import { anyPact } from '../../../contracts/pact/any-pact.ts';
import { startEmulator } from '../../../emulator/emulator.ts';

const open: ConsumerMock[] = [];

/** Closes what was opened since. */
export async function closeMocks(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}

export async function mockOfEndpoint(options: MockOptions = {}): Promise<ConsumerMock> {
  const mock = await openConsumerMock(await serveByEndpoint(await startEmulator(MOCKED)), options);
  open.push(mock);
  return mock;
}

export async function mockOfPact(
  pact: object,
  { literal = false, ...options }: MockOptions & { readonly literal?: boolean } = {},
): Promise<ConsumerMock> {
  const mock = await openConsumerMock(
    serveByPact(anyPact(pact as Record<string, unknown>, 'the pact'), { literal }),
    options,
  );
  open.push(mock);
  return mock;
}

/** Settings of an SDK client of a mock. */
export function settingsOf({ url }: { readonly url: string }) {
  return {
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
}

export function connectTo(mock: { readonly url: string }): ConnectClient {
  return new ConnectClient(settingsOf(mock));
}

/** A signed call, as far as the mock looks at signatures. */
export function call(
  { url }: { readonly url: string },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: {
      authorization: 'AWS4-HMAC-SHA256 any',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** The text of an answer that is an error. */
export async function messageIn(answer: Response): Promise<string> {
  const { message } = (await answer.json()) as { readonly message: string };
  return message;
}
