/** dialproof campaign: runs a campaign on an emulator of its own, or plans one. */

import type { Command } from 'commander';
import { campaignPlanCommand } from './campaign-plan.ts';
import { campaignRunCommand } from './campaign-run.ts';

export function campaignCommand(command: Command): void {
  command.description('run a campaign on an emulator of its own, or plan one in virtual time');
  campaignRunCommand(command.command('run'));
  campaignPlanCommand(command.command('plan'));
}
