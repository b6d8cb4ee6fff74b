/** What the readers of the pages have already: programs of their own, and a finished run. */

import { spawnSync } from 'node:child_process';
import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '../clients/environment.ts';
import { newProject, pathOf, writeIn } from '../support/installed.ts';
import { madeOnce } from '../support/made-once.ts';

/** A program that makes one call of BatchPutContact, for `npm test` of a dialer. */
export const DIALER = `
const { BatchPutContactCommand, ConnectClient } = require('@aws-sdk/client-connect');
const item = {
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550123' },
  SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550100' },
  Campaign: { CampaignId: 'spring' },
};
new ConnectClient().send(
  new BatchPutContactCommand({
    InstanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
    ContactDataRequestList: [item],
  }),
);`;

/** Options of a load run that is to be short. */
export const SHORT = '--rate 20 --duration 1s --p95-ms 20000';

/** Puts an `out` with two finished runs of a load scenario into a project. They are made once. */
export function giveRuns(project: string): void {
  const runs = madeOnce('finished-runs', (path) => {
    const made = newProject();
    const command = 'dialproof load run smoke --p95-ms 20000';
    const env = { ...ENVIRONMENT, PATH: pathOf(made) };
    const ended = spawnSync('bash', ['-e', '-c', `${command}\n${command}`], { cwd: made, env });
    if (ended.status !== 0) throw new Error(`${command} ended with ${ended.status}`);
    renameSync(join(made, 'out'), path);
  });
  cpSync(runs, join(project, 'out'), { recursive: true, verbatimSymlinks: true });
}

/** A k6 script that gets `BASE` once. */
export const OWN_SCRIPT = `
import http from 'k6/http';
export const options = { iterations: 1, thresholds: { http_reqs: ['count==1'] } };
export default function () { http.get(__ENV.BASE); }
`;

export { writeIn };
