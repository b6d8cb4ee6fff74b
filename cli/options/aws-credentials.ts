/** Credentials of the AWS SDK's default chain: environment, profile, SSO, container, instance. */

import { UnavailableError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';

export interface ChainCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent where they do not expire. */
  readonly expiration?: Date;
}

/** @throws UnavailableError where the SDK is not installed, or finds none. */
export async function credentialsOfChain(region: string): Promise<ChainCredentials> {
  needPackages('signing with your own AWS credentials', ['@aws-sdk/client-connect']);
  // Loaded when asked for: a run against loopback needs none of it.
  const { ConnectClient } = await import('@aws-sdk/client-connect');
  const client = new ConnectClient({ region });
  try {
    const found = await client.config.credentials();
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = found;
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      ...(expiration ? { expiration } : {}),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnavailableError(
      `the AWS SDK finds no credentials (${why}): set them as for any AWS tool`,
    );
  } finally {
    client.destroy();
  }
}
