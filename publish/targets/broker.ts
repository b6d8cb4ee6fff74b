/** The pacts of the run to a Pact Broker. */

import { publishPact } from '../../contracts/broker/broker.ts';
import { readBroker } from '../../contracts/broker/connection.ts';
import { gitFacts, versionFacts } from '../../contracts/broker/version-facts.ts';
import { count } from '../../run/figures.ts';
import type { Target } from './target.ts';

export const broker: Target = {
  name: 'broker',
  place: null,
  does: "publishes the run's pacts to a Pact Broker",
  reads: [
    'PACT_BROKER_BASE_URL',
    'PACT_BROKER_TOKEN',
    'PACT_BROKER_USERNAME',
    'PACT_BROKER_PASSWORD',
  ],
  final: false,
  preview: ({ pacts }) => ({ kind: 'files', paths: pacts }),
  send: async ({ pacts, env }) => {
    if (pacts.length === 0) {
      return { kind: 'skipped', said: 'there are no pacts beside the run.json' };
    }
    const at = readBroker({}, env);
    const facts = versionFacts({}, env, gitFacts(process.cwd()));
    for (const pact of pacts) await publishPact(at, pact, facts);
    return { kind: 'sent', said: `${count(pacts.length, 'pact')} as ${facts.version}` };
  },
};
