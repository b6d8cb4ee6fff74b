/** Makes one call to a mock with the real AWS SDK client. */

import type { BatchPutContactCommandInput } from '@aws-sdk/client-connect';
import type {
  BatchPutContactRequest,
  BatchPutContactResponse,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { loadSdk } from './aws-sdk.ts';

/** The client's result for an answer. */
export type Reply =
  | { readonly kind: 'result'; readonly status: number; readonly result: BatchPutContactResponse }
  | { readonly kind: 'error'; readonly error: SdkError }
  /** The mock did not know the request: the client's error is about the mock, not the service. */
  | { readonly kind: 'mock mismatch' };

export interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Sends one call, once. An error that the client throws is returned as a reply.
 *
 * @throws UnavailableError if the SDK is not installed.
 */
export async function sendWithSdk(url: string, request: BatchPutContactRequest): Promise<Reply> {
  const { BatchPutContactCommand, ConnectClient } = loadSdk();
  const client = new ConnectClient({
    endpoint: url,
    region: ordinaryFacts().region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up-secret-key' },
    // Retries would reach the mock as requests that it does not expect.
    maxAttempts: 1,
  });
  try {
    // The SDK's enums are closed types; a client may well send, and get, a value outside them.
    const input = request as BatchPutContactCommandInput;
    const { $metadata, ...result } = await client.send(new BatchPutContactCommand(input));
    return {
      kind: 'result',
      status: $metadata.httpStatusCode ?? 0,
      result: result as BatchPutContactResponse,
    };
  } catch (thrown) {
    const error = thrown as SdkError;
    if (error.$response?.headers?.['x-pact']) return { kind: 'mock mismatch' };
    return { kind: 'error', error };
  } finally {
    client.destroy();
  }
}
