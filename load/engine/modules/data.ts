/** k6/data: SharedArray, one frozen copy for all VUs. */

import type { Vu } from '../vu/vu.ts';
import type { K6Module } from './module.ts';

export const dataModule: K6Module = {
  members: ['SharedArray'],
  left: [],
  make: (vu) => {
    // A declaration, not an arrow function: scripts call it with `new`.
    function SharedArray(name: string, make: () => unknown) {
      return sharedArray(vu, name, make);
    }
    return { SharedArray };
  },
};

function sharedArray(vu: Vu, name: string, make: () => unknown): readonly unknown[] {
  if (vu.phase !== 'init') throw new Error('new SharedArray must be called in the init context');
  if (typeof name !== 'string' || name === '') {
    throw new Error("empty name provided to SharedArray's constructor");
  }
  const { sharedArrays } = vu.run;
  const known = sharedArrays.get(name);
  if (known) return known;
  const made = make();
  if (!Array.isArray(made)) throw new Error('only arrays can be made into SharedArray');
  const copy = frozen(JSON.parse(JSON.stringify(made))) as readonly unknown[];
  sharedArrays.set(name, copy);
  return copy;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}
