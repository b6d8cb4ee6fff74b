/** The global `crypto` of a VU. A call of `crypto.subtle` keeps the iteration open until it ends or is cut. */

import type { Blocking } from './blocking.ts';
import { type Interruption, never, type OpenTask, type TaskHolder } from './open-tasks.ts';

/** The members of a VU that `crypto` uses. */
export interface CryptoVu extends TaskHolder {
  readonly blocking: Blocking;
  readonly interruption: Interruption | null;
}

type SubtleCrypto = Crypto['subtle'];
type Crypto = typeof globalThis.crypto;

export function cryptoOf(vu: CryptoVu): Pick<Crypto, 'getRandomValues' | 'randomUUID' | 'subtle'> {
  const { crypto } = globalThis;
  let subtle: SubtleCrypto | null = null;
  return {
    getRandomValues: (array) => crypto.getRandomValues(array),
    randomUUID: () => crypto.randomUUID(),
    // It is created on first use, because few scripts use it and there may be many VUs.
    get subtle() {
      subtle ??= subtleOf(vu, crypto.subtle);
      return subtle;
    },
  };
}

function subtleOf(vu: CryptoVu, subtle: SubtleCrypto): SubtleCrypto {
  return new Proxy(subtle, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        if (vu.interruption) return never();
        return held(vu, Reflect.apply(member, target, given) as Promise<unknown>);
      };
    },
  });
}

/** Settles like `promise` when no blocking call is under way. It never settles if the iteration is cut first. */
function held(vu: CryptoVu, promise: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let cut = false;
    const task: OpenTask = {
      cancel() {
        cut = true;
      },
    };
    vu.begin(task);
    const settle = (how: () => void) => {
      if (cut) return;
      vu.end(task);
      vu.blocking.deliver(how);
    };
    promise.then(
      (value) => settle(() => resolve(value)),
      (reason) => settle(() => reject(reason)),
    );
  });
}
