/** The example of a team's own scenario, run as its page says: once as it is to pass, and once as it is to fail. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENT } from '../cli/command.ts';
import { type Example, exampleOf, MINUTES } from './stranger.ts';

const SHORT = ['--set', 'seconds=1', '--set', 'rush=20', ...PATIENT];

describe('a scenario of a team', () => {
  let example: Example;
  beforeAll(() => {
    example = exampleOf('own-scenario');
  }, 5 * MINUTES);

  async function run(...args: string[]) {
    const { folder, command } = example;
    const { code } = await example.run([command('load run'), ...SHORT, ...args].join(' '));
    return { code, report: readFileSync(join(folder, 'out', 'latest', 'run.json'), 'utf8') };
  }

  test(
    'every order gets through',
    async () => {
      const { code, report } = await run('--set', 'throughMs=100000');
      expect({ code, report: code === 0 ? '' : report }).toEqual({ code: 0, report: '' });
      expect(JSON.parse(report).load[0]).toMatchObject({ scenario: 'shop-opens', requests: 30 });
      expect(report).toContain('order_through');
    },
    2 * MINUTES,
  );

  test(
    'orders that take longer than the team wants fail the run',
    async () => {
      const { code, report } = await run('--set', 'throughMs=0');
      expect(code).toBe(1);
      expect(report).toContain('p(95)<0');
    },
    2 * MINUTES,
  );
});
