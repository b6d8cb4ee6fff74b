/**
 * The example signature of a pact. A verifier that is not dialproof's sends it as it is, for it cannot sign. After a
 * provider state was set, it stands for a caller.
 */

import type { Signature, SignatureRefusal } from '../../operation/aws/definition/known.ts';
import type { Headers } from '../identity/headers.ts';
import type { ExampleCaller } from './asked.ts';

const EXAMPLE = /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/.*Signature=0{64}$/;

/** The signature as the caller's; null for a request with any other signature. */
export function exampleSignature(
  caller: ExampleCaller,
  headers: Headers,
  account: string,
): Signature | null {
  if (!EXAMPLE.test(headers.get('authorization') ?? '')) return null;
  const refusal = REFUSALS[caller];
  if (refusal) return { ok: false, refusal, message: `The provider state says so: ${caller}.` };
  return {
    ok: true,
    principalArn: `arn:aws:iam::${account}:user/${caller}`,
    servicePrincipal: caller === 'principal',
    denied: caller === 'denied',
  };
}

const REFUSALS: Readonly<Partial<Record<ExampleCaller, SignatureRefusal>>> = {
  'expired token': 'ExpiredTokenException',
  'unknown key': 'UnrecognizedClientException',
  'wrong secret': 'InvalidSignatureException',
};
