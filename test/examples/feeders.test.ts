/** The examples of feeders, judged by `feeder check` as their pages say: each hands over its list under faults. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HAS_BOTO3 } from '../clients/boto3.ts';
import { can, describeIf } from '../clients/program.ts';
import { type Example, exampleOf, MINUTES } from './stranger.ts';

const OPERATION = 'PutDialRequestBatch';
const at = (n: number) => ({ operation: OPERATION, nth: [n] });
/** The first 25 are throttled, their answer is lost, and they are repeated. Then the last five fail once. */
const PLAN = {
  faults: [
    { fault: 'fail-items', code: 'REQUEST_THROTTLED', when: at(1) },
    { fault: 'drop-after-commit', when: at(2) },
    { fault: 'fail-items', code: 'INTERNAL_ERROR', when: at(4) },
  ],
};
/** The feeder itself has to deal with each fault. */
const ENV = { AWS_MAX_ATTEMPTS: '1', CGO_ENABLED: '0' };

/** Runs the command of the page with faults that are known, without its pauses. */
function check({ folder, command, run }: Example, change = (line: string) => line) {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(PLAN));
  const line = command('feeder check')
    .replace('--pending-limit 20 --faults unreliable', '--faults plan.json --json')
    .replace('contacts.csv 1', 'contacts.csv 0.1');
  expect(line).toMatch(/plan\.json --json.*contacts\.csv 0\.1/);
  return run(change(line), ENV);
}

async function expectGood(example: Example, change?: (line: string) => string): Promise<void> {
  const { code, stdout, stderr } = await check(example, change);
  expect(stderr).toContain('30 of 30 contacts were accepted\n');
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'pass',
    calls: 5,
    dialRequests: 3 * 25 + 2 * 5,
    findings: [],
    doubts: [],
    notExercised: ['invalid input', 'not Running', 'expired'],
  });
  expect(code).toBe(0);
}

describe('the feeder in TypeScript', () => {
  test(
    'hands over its list, and is not accused',
    () => expectGood(exampleOf('feeder-typescript')),
    5 * MINUTES,
  );
});

describeIf(
  HAS_BOTO3,
  'the feeder in Python',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    test(
      'hands over its list with an unmodified boto3, and is not accused',
      () => expectGood(exampleOf('feeder-python')),
      5 * MINUTES,
    );

    test(
      'is accused once its dial requests live for hours',
      async () => {
        const example = exampleOf('feeder-python');
        const worse =
          'import datetime, feeder; feeder.EXPIRES = datetime.timedelta(hours=2); feeder.main()';
        writeFileSync(join(example.folder, 'worse.py'), worse);
        const { code, stdout, stderr } = await check(example, (line) =>
          line.replace('feeder.py', 'worse.py'),
        );
        expect(stderr).toContain('c1 was refused: InvalidInput\n');
        expect(JSON.parse(stdout).findings).toMatchObject([{ kind: 'expires too late' }]);
        expect(code).toBe(1);
      },
      5 * MINUTES,
    );
  },
);

/** The flags of the other programs in Go, so that what all need is compiled once. */
const CHEAPLY = "-gcflags='all=-N -l -dwarf=false' -ldflags='-s -w'";

describeIf(
  can('go', ['mod', 'download'], join(__dirname, '../../examples/feeder-go')),
  'the feeder in Go',
  'no go, or its modules cannot be had',
  () => {
    test(
      'hands over its list, signed by the AWS SDK for Go v2, and is not accused',
      () =>
        expectGood(exampleOf('feeder-go'), (line) =>
          line.replace('go run .', `go run ${CHEAPLY.replaceAll("'", '"')} .`),
        ),
      10 * MINUTES,
    );
  },
);
