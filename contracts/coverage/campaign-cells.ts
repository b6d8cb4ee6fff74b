/** The cells of the operations of outbound campaigns, and those that they share. */

import type { AnyOperation } from '../../operation/operations.ts';
import { dialItem } from '../agreement/campaigns/examples.ts';
import type { CampaignVersion } from '../agreement/campaigns/version.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { type Cell, never } from './cell.ts';
import { cellsOf } from './cells.ts';
import { bodyOf, listIn } from './reading.ts';

export function cellsOfCampaigns(version: CampaignVersion): Cell[] {
  const { put, itemOf, operations } = version;
  const goodItem = (n: number) => itemOf(dialItem(n));
  return [
    ...frontDoorCells(put),
    ...operations.flatMap((operation) =>
      cellsOf(operation, operation === put ? goodItem : null)
        .filter((cell) => cell.group !== 'front-door error' && !isLeftOut(cell, operation))
        .map((cell) => ofOperation(cell, operation)),
    ),
    ...operations.filter(({ errors }) => 'InvalidCampaignStateException' in errors).map(stateCell),
    ...otherChannels(version),
    ...tokenCells(version),
  ];
}

/** Channels that are not emulated. One cell stands for all that they have. */
const OTHER_CHANNELS = /\.(sms|email|whatsApp)\b|channelSubtypes (SMS|EMAIL|WHATSAPP)$/;

/** Operations that answer the settings that CreateCampaign takes. The cells of CreateCampaign have their bounds. */
const REPEATING = ['DescribeCampaign', 'ListCampaigns'];

function isLeftOut({ group, name }: Cell, operation: AnyOperation): boolean {
  const isRepeated =
    group === 'bound' &&
    REPEATING.includes(operation.name) &&
    /^(campaign|campaignSummaryList\[\])\./.test(name);
  return isRepeated || OTHER_CHANNELS.test(name);
}

function otherChannels({ put, number }: CampaignVersion): Cell[] {
  if (number === 1) return [];
  return ['CreateCampaign', put.name].map((name) => ({
    group: 'request member',
    name: `${name}: channels other than telephony`,
    pinnedBy: never,
  }));
}

/** A cell that only interactions of the operation pin. */
function ofOperation({ group, name, pinnedBy }: Cell, { id, name: of }: AnyOperation): Cell {
  return {
    group,
    name: `${of}: ${name}`,
    pinnedBy: (interaction) => interaction.operation.id === id && pinnedBy(interaction),
  };
}

/** The errors of the front door: it refuses every operation of the service alike. */
function frontDoorCells(put: AnyOperation): Cell[] {
  return cellsOf(put, null).filter(({ group }) => group === 'front-door error');
}

/** The state in the error of a call that the state does not allow. */
function stateCell({ id, name }: AnyOperation): Cell {
  return {
    group: 'response member',
    name: `${name}: state of InvalidCampaignStateException`,
    pinnedBy: ({ operation, answer }) =>
      operation.id === id && answer.kind === 'error' && answer.members?.state !== undefined,
  };
}

function tokenCells({ put, items }: CampaignVersion): Cell[] {
  const cell = (name: string, pinnedBy: Cell['pinnedBy'] = never): Cell => ({
    group: 'batch and token',
    name: `${put.name}: ${name}`,
    pinnedBy: (interaction) => interaction.operation.id === put.id && pinnedBy(interaction),
  });
  const itemsOf = ({ request }: Interaction) => listIn(request, items);
  const knownIn = ({ given }: Interaction) =>
    given.find((state) => state.name === 'a dial request was accepted before')?.params;
  return [
    cell(
      'accepted and failed in one call',
      ({ answer }) =>
        listIn(bodyOf(answer), 'successfulRequests').length > 0 &&
        listIn(bodyOf(answer), 'failedRequests').length > 0,
    ),
    cell(
      'as many items as a call can have',
      (interaction) => itemsOf(interaction).length === 25 && interaction.answer.kind === 'result',
    ),
    cell('repeat: a known token gets the same id', (interaction) => {
      const known = knownIn(interaction);
      return (
        known !== undefined &&
        JSON.stringify(bodyOf(interaction.answer)).includes(known.dialRequestId)
      );
    }),
    cell('empty token is none', (interaction) =>
      itemsOf(interaction).some((item) => (item as { clientToken?: string }).clientToken === ''),
    ),
    cell('repeat within one call'),
    cell('known token with other content'),
    cell('token after seven days is new'),
    cell('token of a refused item is not used up'),
  ];
}
