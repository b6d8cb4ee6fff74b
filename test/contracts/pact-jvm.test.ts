/** A verifier in another language, pact-jvm, verifies the emulator with the file and the command of the docs. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { allContracts } from '../../contracts/contract-list.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { can, describeIf, runProgram } from '../clients/program.ts';
import { tempDir } from '../support/temp-dir.ts';
import { committedPact, wholePact } from './committed-pact.ts';

const dir = tempDir();
const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'provider-states.md'), 'utf8');
const [, pom = ''] = /```xml\n([^`]+)```/.exec(page) ?? [];
const [, command = ''] = /```\nmvn (.+)\n```/.exec(page) ?? [];
const [, version = ''] = /<version>(\d+\.\d+\.\d+)</.exec(pom) ?? [];

const has = (name: string): boolean =>
  existsSync(join(homedir(), '.m2', 'repository', 'au', 'com', 'dius', 'pact', name, version));
const isHere = ['provider/maven', 'provider', 'core/matchers'].every(has) && can('mvn', ['-v']);

/** Enough for each form of path, body, header, state and generator. */
const SOME = [
  /named by its ARN$/,
  /^a batch of one good contact: every optional member$/,
  /^a batch sent again with its ClientToken/,
  /^a contact that fails with INVALID_QUEUE/,
  /^as many dial requests as a call can have/,
  /^outbound requests with every member/,
  /^CreateCampaign with a source and a schedule$/,
  /^DescribeCampaign of a campaign with every member/,
  /^ListCampaigns/,
  /^DeleteCampaign of a campaign that is Initialized$/,
  /^a call refused with/,
];

describeIf(isHere, `pact-jvm ${version}`, 'Maven or its jars are not here', () => {
  test('verifies the emulator with the pacts, and an answer that is not the expected one fails', async () => {
    const pacts = join(dir, 'pacts');
    mkdirSync(pacts);
    let verified = 0;
    for (const contract of allContracts()) {
      const pact = wholePact(committedPact(contract));
      const interactions = pact.interactions.filter(({ description }) =>
        SOME.some((one) => one.test(description)),
      );
      verified += interactions.length;
      const { consumer, provider } = contract.parties;
      const whole = { ...pact, consumer: { name: consumer }, provider: { name: provider } };
      writeFileSync(join(pacts, `${consumer}.json`), JSON.stringify({ ...whole, interactions }));
      const [first] = interactions;
      const wrong = { ...first, response: { ...first?.response, status: 299 } };
      writeFileSync(
        join(pacts, `wrong-${consumer}.json`),
        JSON.stringify({
          ...whole,
          consumer: { name: `wrong ${consumer}` },
          interactions: [wrong],
        }),
      );
    }
    const emulator = await startEmulator({ profile: 'stress' });
    const own = pom
      .replace('4010', new URL(emulator.url).port)
      .replace('http://127.0.0.1:4011', new URL(emulator.controlUrl).origin)
      .replace('>pacts<', `>${pacts}<`);
    writeFileSync(join(dir, 'pom.xml'), own);
    const args = ['--batch-mode', '--offline', ...command.split(' ')];
    const { code, stdout } = await runProgram(
      'mvn',
      args,
      { pact_do_not_track: 'true' },
      dir,
    ).finally(() => emulator.close());
    const passed = [...stdout.matchAll(/has status code \d+ \(OK\)/g)].length;
    const failed = [...stdout.matchAll(/^ *\d+\.\d+\) (.+)$/gm)].map(([, what]) => what);
    expect({ code, passed, failed }).toEqual({
      code: 1,
      passed: verified,
      failed: allContracts().map(() => expect.stringContaining('expected status of 299')),
    });
  }, 240_000);
});
