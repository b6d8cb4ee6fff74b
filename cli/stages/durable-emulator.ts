/** An emulator that the crash test can kill and start again on the same data. */

import {
  type CrashReport,
  type CrashTestOptions,
  runCrashTest,
} from '../../load/drive/crash-test.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { type MisbehaviourOptions, misbehaviourArgs } from '../options/emulator-options.ts';
import { spawnEmulator } from './emulator-process.ts';

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
