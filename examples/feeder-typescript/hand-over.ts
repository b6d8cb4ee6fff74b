/** The command: node hand-over.ts CAMPAIGN_ID FILE.csv [PAUSE_SECONDS] */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ConnectCampaignsClient } from '@aws-sdk/client-connectcampaigns';
import { contactsOf, feed } from './feeder.ts';

const [campaignId, file, pause = '30'] = process.argv.slice(2);
if (campaignId === undefined || file === undefined) {
  console.error('usage: node hand-over.ts CAMPAIGN_ID FILE.csv [PAUSE_SECONDS]');
  process.exit(2);
}
const contacts = contactsOf(readFileSync(file, 'utf8'), basename(file, '.csv'));
feed(new ConnectCampaignsClient(), campaignId, contacts, Number(pause) * 1_000).then(
  (refused) => {
    for (const [id, code] of refused) console.error(`${id} was refused: ${code}`);
    console.log(`${contacts.length - refused.size} of ${contacts.length} contacts were accepted`);
    process.exitCode = refused.size > 0 ? 1 : 0;
  },
  (error: unknown) => {
    console.error(String(error));
    process.exitCode = 1;
  },
);
