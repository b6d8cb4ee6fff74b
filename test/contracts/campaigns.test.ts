/** The contracts of outbound campaigns: what they pin, and that their moments are relative to the verification. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SENT_AT, secondsOf } from '../../contracts/agreement/moment.ts';
import { STATE_NAMES } from '../../contracts/agreement/states.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { contractOfPact } from '../../contracts/contracts.ts';
import { readPact, type WrittenInteraction } from '../../contracts/pact/pact-file.ts';
import { verify } from '../../contracts/provider/verify.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { CAMPAIGN_STATES } from '../../operation/campaigns/life-cycle.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';
import { committedPact } from './committed-pact.ts';

const VERSIONS = ['ConnectCampaigns', 'ConnectCampaignsV2'] as const;

describe.each(VERSIONS)('%s', (name) => {
  const contract = contractNamed(name);
  const { interactions, operations } = contract;

  test('pins every failure code and every modelled error, each by its name', () => {
    const pins = new Set(interactions.map((one) => one.pins));
    for (const { lists, errors } of operations) {
      for (const named of [...Object.keys(lists?.failures ?? {}), ...Object.keys(errors)]) {
        expect(pins).toContain(named);
      }
    }
  });

  test('has every state of a campaign, in answers and in what is given', () => {
    const states = CAMPAIGN_STATES.filter(
      (state) => state !== 'Completed' || name === 'ConnectCampaignsV2',
    );
    const given = interactions.flatMap((one) => one.given);
    for (const state of states) {
      expect(given).toContainEqual(
        expect.objectContaining({ params: expect.objectContaining({ state }) }),
      );
      expect(interactions.map(({ answer }) => answer)).toContainEqual({
        kind: 'result',
        body: { state },
      });
    }
  });

  test('begins each interaction with an ordinary day, and says where its claims come from', () => {
    const descriptions = interactions.map(({ description }) => description);
    expect(new Set(descriptions).size).toBe(descriptions.length);
    for (const { given, provenance } of interactions) {
      expect(given[0]?.name).toBe('an ordinary day');
      for (const state of given) expect(STATE_NAMES).toContain(state.name);
      for (const { what, source } of provenance) expect(what && source).toBeTruthy();
    }
  });
});

interface Generators {
  readonly generators?: {
    readonly body?: Readonly<Record<string, { type: string; expression: string }>>;
  };
}

/** Path and value of each moment in the body of a request. */
function momentsIn(value: unknown, path = '$'): [path: string, moment: string][] {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}T/.test(value) ? [[path, value]] : [];
  if (Array.isArray(value)) return value.flatMap((one, i) => momentsIn(one, `${path}[${i}]`));
  return Object.entries(Object(value)).flatMap(([name, one]) => momentsIn(one, `${path}.${name}`));
}

test.each(VERSIONS)('each moment in a request of %s is relative to the verification', (name) => {
  const pact = readPact(committedPact(contractNamed(name)));
  let found = 0;
  for (const { request } of pact.interactions) {
    for (const [path, moment] of momentsIn(request.body?.content)) {
      found += 1;
      const seconds = secondsOf(moment);
      expect((request as Generators).generators?.body?.[path]).toMatchObject({
        type: 'DateTime',
        expression: `@${seconds < 0 ? '-' : '+'}${Math.abs(seconds)} seconds`,
      });
    }
  }
  expect(found).toBeGreaterThan(50);
  expect(Date.parse(SENT_AT)).toBeLessThan(Date.now());
});

describe('the emulator', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ profile: 'stress' });
  });
  afterAll(() => emulator.close());

  const failing = async (change: (one: WrittenInteraction) => WrittenInteraction) => {
    const whole = readPact(committedPact(contractNamed('ConnectCampaigns')));
    const wanted = [
      'a dial request that is accepted',
      'PauseCampaign of a campaign that is Running',
    ];
    const interactions = whole.interactions
      .filter(({ description }) => wanted.includes(description))
      .map(change);
    expect(interactions).toHaveLength(wanted.length);
    const file = join(tempDir(), 'pact.json');
    writeFileSync(file, JSON.stringify({ ...whole, interactions }));
    const { url, controlUrl, credentials } = emulator;
    const target = { url, controlUrl, ...credentials };
    const { results } = await verify(file, target, {
      now: () => new Date(),
      onRequest: () => {},
    });
    return results.flatMap(({ description, verdict }) => (verdict === 'fail' ? [description] : []));
  };

  test('keeps the committed pact', async () => {
    expect(await failing((one) => one)).toEqual([]);
  });

  test('refuses a dial request whose moments are those of the example', async () => {
    const found = await failing((one) => {
      const { generators: _, ...request } = one.request as WrittenInteraction['request'] &
        Generators;
      return { ...one, request };
    });
    expect(found).toEqual(['a dial request that is accepted']);
  });

  test('fails where a campaign is not in the state that is given', async () => {
    const found = await failing((one) => ({
      ...one,
      providerStates: (one.providerStates ?? []).map((state) =>
        state.name === 'a campaign exists'
          ? { ...state, params: { ...state.params, state: 'Stopped' } }
          : state,
      ),
    }));
    expect(found).toHaveLength(2);
  });
});

test('a pact of others is the pact of no contract', () => {
  const file = join(tempDir(), 'pact.json');
  const parties = { consumer: { name: 'somebody' }, provider: { name: 'something' } };
  writeFileSync(file, JSON.stringify({ ...parties, interactions: [] }));
  expect(() => contractOfPact(file)).toThrow(UserError);
  expect(() => contractOfPact(file)).toThrow('is a pact of somebody and something');
  expect(contractOfPact(committedPact(contractNamed('ConnectCampaignsV2'))).name).toBe(
    'ConnectCampaignsV2',
  );
});
