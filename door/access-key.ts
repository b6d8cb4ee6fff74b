/** Reads the access key that a request names in its signature. */

import type { WireRequest } from '../emulator/emulator.ts';

const ACCESS_KEY_ID = /Credential=([^/,\s]{1,200})\//;

/** @returns null for a request that names no access key. */
export function accessKeyIdOf({ headers }: WireRequest): string | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === 'authorization') {
      return ACCESS_KEY_ID.exec(headers[i + 1] ?? '')?.[1] ?? null;
    }
  }
  return null;
}
