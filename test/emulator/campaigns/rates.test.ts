/** Each operation of outbound campaigns has the published rate, in a bucket of its own. */

import {
  ConnectCampaignsClient,
  GetCampaignStateCommand,
  PauseCampaignCommand,
  PutDialRequestBatchCommand,
  StopCampaignCommand,
} from '@aws-sdk/client-connectcampaigns';
import { startEmulator } from '../../../door/index.ts';
import { rateOf } from '../../../operation/campaigns/limits.ts';

const COMMANDS = {
  PutDialRequestBatch: (id: string) => new PutDialRequestBatchCommand({ id, dialRequests: [] }),
  StopCampaign: (id: string) => new StopCampaignCommand({ id }),
  PauseCampaign: (id: string) => new PauseCampaignCommand({ id }),
  GetCampaignState: (id: string) => new GetCampaignStateCommand({ id }),
};

it.each(['aws', 'stress'] as const)('profile %s', async (profile) => {
  // The clock stands still, so that no token comes back.
  const now = Date.now();
  await using emulator = await startEmulator({ profile, clock: { now: () => now } });
  const client = new ConnectCampaignsClient({ ...emulator.clientConfig, maxAttempts: 1 });
  const answers: Record<string, number> = {};
  for (const [name, command] of Object.entries(COMMANDS)) {
    const { burst } = rateOf(name);
    for (let n = 0; n <= burst; n += 1) {
      const answer = await client
        .send(command('none') as GetCampaignStateCommand)
        .catch((error: Error) => error.name);
      if (answer === 'ThrottlingException') answers[name] ??= n;
    }
  }
  client.destroy();
  expect(answers).toEqual(
    profile === 'stress'
      ? {}
      : { PutDialRequestBatch: 10, StopCampaign: 2, PauseCampaign: 2, GetCampaignState: 10 },
  );
});
