/** The k6 modules that a script may import, by name. */

import { notSupported } from '../read/refusal.ts';
import type { Vu } from '../vu/vu.ts';
import { cryptoModule } from './crypto.ts';
import { dataModule } from './data.ts';
import { encodingModule } from './encoding.ts';
import { executionModule } from './execution.ts';
import { fsModule } from './fs.ts';
import { httpModule } from './http.ts';
import { k6Module } from './k6.ts';
import { metricsModule } from './metrics.ts';
import type { K6Module } from './module.ts';
import { timersModule } from './timers.ts';

export const MODULES: Readonly<Record<string, K6Module>> = {
  k6: k6Module,
  'k6/http': httpModule,
  'k6/metrics': metricsModule,
  'k6/execution': executionModule,
  'k6/data': dataModule,
  'k6/crypto': cryptoModule,
  'k6/encoding': encodingModule,
  'k6/timers': timersModule,
  'k6/experimental/fs': fsModule,
};

/** The modules of one VU. Each is made when one of its members is first needed. */
export function modulesOf(vu: Vu): (module: string, member: string) => unknown {
  const made = new Map<string, Record<string, unknown>>();
  return (name, member) => {
    let module = made.get(name);
    if (!module) {
      const kind = MODULES[name];
      if (!kind) return unsupported(name);
      module = kind.make(vu);
      refuseRest(name, module, kind.left);
      made.set(name, module);
    }
    return member === 'default' ? module : module[member];
  };
}

/** What require() gives for a module that the engine does not support. Reading a member throws. */
function unsupported(name: string): object {
  return new Proxy(
    {},
    {
      get(_, member) {
        if (typeof member === 'symbol' || member === '__esModule' || member === 'then')
          return undefined;
        throw new Error(notSupported(`${member} of ${name}`));
      },
    },
  );
}

/** Members that are read off the default export cannot be refused at bundling, so they throw. */
function refuseRest(name: string, module: object, left: readonly string[]): void {
  for (const member of left) {
    Object.defineProperty(module, member, {
      get() {
        throw new Error(notSupported(`${member} of ${name}`));
      },
    });
  }
}
