/** --mode, and other settings of a campaign. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DialMode } from '../../campaigns/records.ts';

export interface ModeOption {
  readonly mode: DialMode;
}

const MODES: readonly DialMode[] = ['progressive', 'predictive', 'agentless', 'preview'];

export function addModeOption(command: Command): Command {
  return command.addOption(
    new Option('--mode <name>', 'how the campaign dials').choices(MODES).default('progressive'),
  );
}

/** An option whose value is a number within bounds, both included. */
export function shareOption(flags: string, meaning: string, min: number, max: number): Option {
  return new Option(flags, `${meaning}, ${min} to ${max}`).argParser((text: string) => {
    const share = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || share < min || share > max) {
      throw new InvalidArgumentError(`give a number from ${min} to ${max}.`);
    }
    return share;
  });
}
