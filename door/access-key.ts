/** Reads the access key that a request names in its signature. */

import type { WireRequest } from '../emulator/emulator.ts';
import { requestHeader } from '../emulator/wire/request.ts';

const ACCESS_KEY_ID = /Credential=([^/,\s]{1,200})\//;

/** @returns null for a request that names no access key. */
export function accessKeyIdOf(request: WireRequest): string | null {
  return ACCESS_KEY_ID.exec(requestHeader(request, 'authorization') ?? '')?.[1] ?? null;
}
