/** The mock, whose world grows, gives every answer that the contracts want: it refuses no less than the endpoint. */

import { allContracts } from '../../../contracts/contract-list.ts';
import { type HttpInteraction, readAnyPact } from '../../../contracts/pact/any-pact.ts';
import { isObject } from '../../../operation/aws/json.ts';
import { committedPact } from '../committed-pact.ts';
import { call, closeMocks, mockOfEndpoint } from './open.ts';

afterEach(closeMocks);

/** The body with each moment as far from now as the pact wants it. */
function dated({ body, raw }: HttpInteraction): unknown {
  const { generators } = raw.request as { generators?: { body?: Record<string, unknown> } };
  return Object.entries(generators?.body ?? {}).reduce<unknown>((whole, [path, generator]) => {
    const { expression } = generator as { expression: string };
    const seconds = Number(/@([+-]\d+)/.exec(expression.replace(' ', ''))?.[1]);
    const steps = path.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$');
    const moment = new Date(Date.now() + seconds * 1_000).toISOString();
    return at(whole, steps, moment);
  }, body);
}

function at(value: unknown, [step = '', ...rest]: readonly string[], to: string): unknown {
  const next = (member: unknown) => (rest.length === 0 ? to : at(member, rest, to));
  if (Array.isArray(value)) return value.map((one, i) => (i === Number(step) ? next(one) : one));
  return isObject(value) ? { ...value, [step]: next(value[step]) } : value;
}

/** Status, and the failure codes of the items. */
const outcome = (status: number, text: string) => ({
  status,
  codes: [...text.matchAll(/"(?:FailureReasonCode|failureCode)":"(\w+)"/g)]
    .map(([, code]) => code)
    .sort(),
});

test.each(allContracts().map((contract) => [contract.name, contract] as const))(
  'the interactions of %s, on any day',
  async (_, contract) => {
    const mock = await mockOfEndpoint();
    // A part of the campaigns' is enough: their answers are made by the same code.
    const nth = contract.name === 'BatchPutContact' ? 1 : 3;
    const interactions = readAnyPact(committedPact(contract)).interactions.filter(
      (one, i): one is HttpInteraction => one.kind === 'http' && i % nth === 0,
    );
    const different: unknown[] = [];
    for (const one of interactions) {
      await mock.setState({ name: 'an ordinary day' });
      for (const state of one.states.slice(1)) await mock.setState(state);
      const body = one.body === undefined ? undefined : dated(one);
      const answer = await call(mock, one.method, one.path, body, { ...one.headers });
      const mine = outcome(answer.status, await answer.text());
      const { body: wanted } = one.raw.response as { body?: { content: unknown } };
      const theirs = outcome(one.status, JSON.stringify(wanted?.content ?? {}));
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) {
        different.push({ description: one.description, mine, theirs });
      }
    }
    expect(interactions.length).toBeGreaterThan(40);
    expect(different).toEqual([]);
  },
);
