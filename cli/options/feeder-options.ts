/** --feeder and its options: how contacts are handed to a campaign. */

import { type Command, Option } from 'commander';
import { FEEDERS, type FeederOptions as Sending } from '../../feeders/sending/feeder.ts';
import { readHours } from '../../feeders/sending/hours.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { ORDINARY } from '../../planner/plan.ts';
import { told, wholeNumber } from './read-option.ts';

export interface FeederOptions extends Pick<Sending, 'feeder' | 'resends' | 'pendingLimit'> {
  /** Seconds until a dial request expires. */
  readonly expiresIn: number;
  readonly hours?: ReturnType<typeof readHours>;
}

export function addFeederOptions(command: Command): Command {
  const { min, max } = LIMITS.expirySeconds;
  return command
    .addOption(
      new Option(
        '--feeder <name>',
        'fill: sends what the campaign will dial in time; blast: 250 a second',
      )
        .choices(FEEDERS)
        .default(ORDINARY.feeder),
    )
    .option(
      '--expires-in <seconds>',
      'seconds until a dial request expires',
      wholeNumber(min, max),
      ORDINARY.expirySeconds,
    )
    .option(
      '--resends <n>',
      'how often the feeder "fill" sends a contact again whose dial request expired',
      wholeNumber(0, 1_000),
      ORDINARY.resends,
    )
    .option(
      '--pending-limit <n>',
      'dial requests that the campaign holds (assumed: AWS names a limit without a number)',
      wholeNumber(1, 10_000_000),
      ORDINARY.pendingLimit,
    )
    .option(
      '--hours <from-to>',
      'hours of the day, by UTC, in which the feeder sends, such as 09:00-20:00; without --shift the agents are there in these hours (default: all)',
      told(readHours),
    );
}
