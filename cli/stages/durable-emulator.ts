/** An emulator that can be killed: it keeps what it has acknowledged, or does not. */

import {
  type CrashReport,
  type CrashTestOptions,
  runCrashTest,
} from '../../load/drive/crash-test.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { type MisbehaviourOptions, misbehaviourArgs } from '../options/emulator-options.ts';
import { spawnEmulator } from './emulator-process.ts';

/** The crash test on an emulator of ours, its data in a folder that is left nowhere. */
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
