/** Makes the answers that no pact can tell from good ones, but the laws of `contracts verify` can. */

import { gzipSync } from 'node:zlib';
import { isObject } from '../../operation/aws/json.ts';
import { operationOf } from '../pact/operation-of.ts';
import type { WrittenInteraction } from '../pact/pact-file.ts';
import { madeMember } from '../provider/laws.ts';
import { exampleAnswer, type WireAnswer } from './answer-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { Vocabulary } from './vocabulary.ts';

const NIL = '00000000-0000-0000-0000-000000000000';

export function lawMutants(
  interaction: WrittenInteraction,
  { errors }: Vocabulary,
): Mutant<WireAnswer>[] {
  const good = exampleAnswer(interaction);
  const mutant = (
    where: string,
    how: string,
    change: Partial<WireAnswer>,
    earlier = false,
  ): Mutant<WireAnswer> => ({
    interaction: interaction.description,
    where,
    how,
    pinned: null,
    broken: { ...good, ...change },
    ...(earlier && { earlier }),
  });
  const general = [
    mutant('header x-amzn-RequestId', 'that of an earlier call', {}, true),
    mutant('header content-encoding', 'compressed unasked', {
      headers: { ...good.headers, 'content-encoding': 'gzip' },
      body: gzipSync(good.body),
    }),
  ];
  const json: unknown = good.body === '' ? undefined : JSON.parse(String(good.body));
  if (!isObject(json)) return general;
  const named = good.headers['x-amzn-errortype'];
  if (named !== undefined) {
    const other = errors.find((name) => name !== named) ?? 'OtherException';
    const body = JSON.stringify({ ...json, __type: other });
    return [...general, mutant('$.__type', 'another error than in the header', { body })];
  }
  return [...general, ...resultMutants(interaction, json, mutant)];
}

type Item = Readonly<Record<string, unknown>>;

function resultMutants(
  interaction: WrittenInteraction,
  json: Item,
  mutant: (
    where: string,
    how: string,
    change: Partial<WireAnswer>,
    earlier?: boolean,
  ) => Mutant<WireAnswer>,
): Mutant<WireAnswer>[] {
  const operation = operationOf(interaction);
  const made = operation && madeMember(operation);
  if (!operation?.lists || made === null) return [];
  const { succeeded, failed, items } = operation.lists;
  const [first, second] = itemsIn(json[succeeded]);
  const [refused] = itemsIn(json[failed]);
  const with_ = (list: string, item: Item): Partial<WireAnswer> => ({
    body: JSON.stringify({ ...json, [list]: [item, ...itemsIn(json[list]).slice(1)] }),
  });
  const id = `$.${succeeded}[0].${made}`;
  const [sent] = itemsIn((interaction.request.body?.content as Item | undefined)?.[items]);
  const campaign = isObject(sent?.Campaign) ? sent.Campaign.CampaignId : undefined;
  return [
    ...(first
      ? [
          mutant(id, 'nil', with_(succeeded, { ...first, [made]: NIL })),
          mutant(id, 'blank', with_(succeeded, { ...first, [made]: ' ' })),
          mutant(id, 'that of an earlier call', {}, true),
        ]
      : []),
    ...(first && campaign !== undefined
      ? [mutant(id, 'that of the campaign', with_(succeeded, { ...first, [made]: campaign }))]
      : []),
    ...(first && second
      ? [mutant(id, 'that of another item', with_(succeeded, { ...first, [made]: second[made] }))]
      : []),
    ...(refused && made === 'ContactId'
      ? [
          mutant(
            `$.${failed}[0].${made}`,
            'of a failed item',
            with_(failed, { ...refused, [made]: `${NIL}1` }),
          ),
          mutant(
            `$.${failed}[0].FailureReasonMessage`,
            'blank',
            with_(failed, { ...refused, FailureReasonMessage: ' ' }),
          ),
        ]
      : []),
  ];
}

function itemsIn(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
