/** The keys with which the callers of a contract sign. */

import type { SigningKey } from '../../system/sign-request.ts';
import type { Caller } from '../agreement/states.ts';

/** The keys of the callers. Null: there is none, and what takes it is not exercised. */
export interface CallerKeys {
  /** Outbound campaigns, or whoever may make the call. */
  readonly principal: SigningKey | null;
  /** A caller that the provider knows and refuses. */
  readonly outsider: SigningKey | null;
  /** A caller whose policies allow nothing. Default: the outsider. */
  readonly denied?: SigningKey | null;
  /** A caller whose session token has expired. */
  readonly expired?: SigningKey | null;
}

/** The key of a caller; null if there is none. */
export function keyOf(caller: Caller, keys: CallerKeys): SigningKey | null {
  const { principal, outsider, denied, expired } = keys;
  switch (caller) {
    case 'outsider':
      return outsider;
    case 'denied':
      return denied ?? outsider;
    case 'expired token':
      return expired ?? null;
    case 'unknown key':
      return { ...(principal ?? NOBODY), accessKeyId: NOBODY.accessKeyId };
    case 'wrong secret':
      return principal && { ...principal, secretAccessKey: NOBODY.secretAccessKey };
    default:
      return principal;
  }
}

const NOBODY = {
  accessKeyId: 'AKIDNOBODYHASTHISKEY',
  secretAccessKey: 'not-the-secret-of-this-key',
} as const;

/** How the environment calls the keys, and people the callers. */
export const CALLER_VARIABLES: Readonly<
  Record<keyof CallerKeys, { readonly variable: string; readonly caller: string }>
> = {
  principal: { variable: 'DIALPROOF_PRINCIPAL', caller: 'outbound campaigns' },
  outsider: { variable: 'DIALPROOF_REFUSED', caller: 'a caller who is refused' },
  denied: { variable: 'DIALPROOF_DENIED', caller: 'a caller without permissions' },
  expired: { variable: 'DIALPROOF_EXPIRED', caller: 'an expired session' },
};

/** Which of the keys a caller signs with. */
export function keyNameOf(caller: Caller): keyof CallerKeys {
  if (caller === 'outsider' || caller === 'denied') return caller;
  return caller === 'expired token' ? 'expired' : 'principal';
}
