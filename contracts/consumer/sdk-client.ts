/** Makes one call to a mock with the real AWS SDK client. */

import { isObject } from '../../operation/aws/json.ts';
import type { Shape } from '../../operation/aws/shape/shapes.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import { loadSdk, type SdkClient } from './aws-sdk.ts';

/** The client's result for an answer. */
export type Reply =
  | { readonly kind: 'result'; readonly status: number; readonly result: object }
  | { readonly kind: 'error'; readonly error: SdkError }
  /** The mock did not know the request: the client's error is about the mock, not the service. */
  | { readonly kind: 'mock mismatch' };

export interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

interface Client {
  send(command: object): Promise<object & { readonly $metadata: SdkError['$metadata'] }>;
  destroy(): void;
}

type Constructor<T> = new (options: object) => T;

/**
 * Sends one call, once. An error that the client throws is returned as a reply.
 *
 * @throws UnavailableError if the SDK is not installed.
 */
export async function sendWithSdk(
  sdk: SdkClient,
  url: string,
  operation: AnyOperation,
  request: object,
): Promise<Reply> {
  const exports = loadSdk(sdk);
  const client = new (exports[sdk.client] as Constructor<Client>)({
    endpoint: url,
    region: ordinaryFacts().region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up-secret-key' },
    // Retries would reach the mock as requests that it does not expect.
    maxAttempts: 1,
  });
  const Command = exports[`${operation.name}Command`] as Constructor<object>;
  try {
    const input = withDates(request, operation.input) as object;
    const { $metadata, ...result } = await client.send(new Command(input));
    return { kind: 'result', status: $metadata?.httpStatusCode ?? 0, result };
  } catch (thrown) {
    const error = thrown as SdkError;
    if (error.$response?.headers?.['x-pact']) return { kind: 'mock mismatch' };
    return { kind: 'error', error };
  } finally {
    client.destroy();
  }
}

/** The value as the SDK takes and gives it: its moments are Dates. */
export function withDates(value: unknown, shape: Shape): unknown {
  if (shape.kind === 'timestamp' && typeof value === 'string') return new Date(value);
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((member) => withDates(member, shape.of));
  }
  if ((shape.kind !== 'structure' && shape.kind !== 'union') || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const of = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      return [name, of ? withDates(member, of) : member];
    }),
  );
}
