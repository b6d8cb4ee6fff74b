/** What a report says of emulators of our own. */

import { OwnEndpoints } from '../../cli/stages/own-endpoints.ts';

it('tells every emulator that was started, and which of them has faults', async () => {
  const own = new OwnEndpoints({ bug: [], choice: {} });
  try {
    const stress = await own.endpointFor('stress');
    expect(await own.facts()).toMatchObject({ url: stress.url, profile: 'stress', choices: {} });
    const aws = await own.endpointFor('aws');
    const faulty = await own.endpointFor('faulty');
    expect(await own.facts()).toEqual({
      url: [stress, aws, faulty].map(({ url }) => url).join(', '),
      kind: 'embedded emulator',
      profile: 'stress and aws',
      bugs: [],
      choices: { 'faults, for the scenario fault only': expect.stringContaining('half-reply') },
    });
  } finally {
    await own.close();
  }
});

it('is still told of an emulator that is gone, so that a run goes on to its report', async () => {
  const own = new OwnEndpoints({ bug: [], choice: {} });
  try {
    const first = await own.endpointFor('aws');
    await first.kill();
    expect((await own.endpointFor('aws')).url).toBe(first.url);
  } finally {
    await own.close();
  }
});
