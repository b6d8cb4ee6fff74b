/** --mode and the other settings of a campaign. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { DIAL_MODES } from '../../load/lib/campaign-members.ts';

export function addModeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--mode <name>', 'how the campaign dials')
        .choices(DIAL_MODES)
        .default('progressive'),
    )
    .addOption(
      shareOption('--bandwidth <share>', 'bandwidthAllocation: share of the agents', 0, 2).default(
        1,
      ),
    )
    .addOption(
      shareOption('--capacity <share>', 'capacity: share of the lines', 0.01, 1).default(1),
    )
    .option('--no-detection', 'dial without answering-machine detection');
}

/** An option whose value is a number within bounds, both included. */
function shareOption(flags: string, meaning: string, min: number, max: number): Option {
  return new Option(flags, `${meaning}, ${min} to ${max}`).argParser((text: string) => {
    const share = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || share < min || share > max) {
      throw new InvalidArgumentError(`give a number from ${min} to ${max}.`);
    }
    return share;
  });
}
