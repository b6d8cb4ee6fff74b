/** Emulators that the crash tests can kill and start again on the same data. */

import { COMMIT_POINTS } from '../../emulator/campaigns/kill-points.ts';
import {
  type CrashReport,
  type CrashTestOptions,
  runCrashTest,
} from '../../load/crash/crash-test.ts';
import {
  type RoadCrashOptions,
  type RoadCrashReport,
  runRoadCrashTest,
} from '../../load/crash/road-crash-test.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { type MisbehaviourOptions, misbehaviourArgs } from '../options/emulator-options.ts';
import { CAMPAIGN_SPEED, spawnEmulator } from './emulator-process.ts';

/** Runs the crash test on the embedded emulator, with its data in a temporary folder. */
export async function crashTestOwn(
  { bug = [], choice = {} }: Partial<MisbehaviourOptions>,
  options: Omit<CrashTestOptions, 'start'>,
  quiet = false,
): Promise<CrashReport> {
  const folder = makeTemporaryFolder('crash');
  const own = misbehaviourArgs({ bug, choice });
  const args = ['--port', '0', '--profile', 'stress', '--data-dir', folder, ...own];
  try {
    return await runCrashTest({
      ...options,
      start: async () => {
        const { credentials, ...emulator } = await spawnEmulator(args, quiet);
        return { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
      },
    });
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** Runs the crash test of campaigns on the embedded emulator, with its data in a temporary folder. */
export async function crashTestOwnCampaigns(
  { bug = [], choice = {} }: Partial<MisbehaviourOptions>,
  options: Omit<RoadCrashOptions, 'start' | 'points'>,
  quiet = false,
): Promise<RoadCrashReport> {
  const folder = makeTemporaryFolder('crash');
  const own = misbehaviourArgs({ bug, choice });
  const common = [
    '--port',
    '0',
    '--profile',
    'stress',
    '--data-dir',
    folder,
    '--speed',
    CAMPAIGN_SPEED,
  ];
  try {
    return await runRoadCrashTest({
      ...options,
      points: Object.keys(COMMIT_POINTS),
      start: async ({ dials, events }, killAt) => {
        const kill = killAt === null ? [] : ['--kill-at', killAt];
        const args = [...common, '--dials', dials, '--events', events, ...kill, ...own];
        const { credentials, ...emulator } = await spawnEmulator(args, quiet);
        return { ...emulator, key: credentials.outsider, instanceId: ORDINARY_INSTANCE.id };
      },
    });
  } finally {
    removeTemporaryFolder(folder);
  }
}
