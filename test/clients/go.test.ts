/** The AWS SDK for Go v2 against the endpoint. */

import { join } from 'node:path';
import { startEmulator } from '../../emulator/emulator.ts';
import { tempDir } from '../support/temp-dir.ts';
import { argumentFor, type ClientOutput, expectUnderstood } from './expected.ts';
import { can, describeIf, runProgram } from './program.ts';

const SOURCE = join(__dirname, 'go');
/** Without a build cache the SDK's Connect package alone takes a minute to compile. */
const BUILD_MILLISECONDS = 600_000;
/** Neither optimised nor for debugging: half the CPU of an ordinary build, and the client makes six calls. */
const CHEAPLY = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w'];

const HAS_GO = can('go', ['mod', 'download'], SOURCE);
const program = HAS_GO ? join(tempDir(), 'client') : '';

describeIf(HAS_GO, 'AWS SDK for Go v2', 'no go, or its modules cannot be had', () => {
  it(
    'gets typed successes, failures and errors',
    async () => {
      const args = ['build', '-C', SOURCE, ...CHEAPLY, '-o', program, '.'];
      const built = await runProgram('go', args, { CGO_ENABLED: '0' });
      expect(built).toMatchObject({ code: 0 });
      const emulator = await startEmulator({ profile: 'stress' });
      try {
        const { code, stdout, stderr } = await runProgram(program, [argumentFor(emulator)]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expectUnderstood(JSON.parse(stdout) as ClientOutput);
      } finally {
        await emulator.close();
      }
    },
    BUILD_MILLISECONDS,
  );
});
