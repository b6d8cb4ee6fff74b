/** Changes a JSON value in one place at a time. */

import { isObject, sameJson } from '../../operation/aws/json.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface JsonMutant {
  /** The place, such as `$.FailedRequestList[0].FailureReasonCode`. */
  readonly where: string;
  readonly how: string;
  /** The value before the change. */
  readonly pinned: unknown;
  readonly value: unknown;
}

/** A new value for a place, and a description of the change. */
type Change = readonly [how: string, to: unknown];

const TOLD = /^missing$|^another/;

/**
 * Returns every mutant of every place, at any depth. In a list only the first item is changed. The members that
 * distinguish the items are changed in every item.
 */
export function jsonMutants(value: unknown, words: Vocabulary, where = '$'): JsonMutant[] {
  const here = changesOf(value, words)
    // A list of equal members stays the same by some changes.
    .filter(([, to]) => !sameJson(to, value))
    .map(([how, to]) => ({ where, how, pinned: value, value: to }));
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    return [
      ...here,
      ...list.flatMap((member, i) =>
        jsonMutants(member, words, `${where}[${i}]`)
          .filter((mutant) => i === 0 || (isTelling(mutant, words) && TOLD.test(mutant.how)))
          .map((mutant) => ({ ...mutant, value: list.with(i, mutant.value) })),
      ),
    ];
  }
  if (!isObject(value)) return here;
  return [
    ...here,
    ...Object.entries(value).flatMap(([name, member]) => {
      const { [name]: _, ...others } = value;
      return [
        { where: `${where}.${name}`, how: 'missing', pinned: member, value: others },
        ...jsonMutants(member, words, `${where}.${name}`).map((mutant) => ({
          ...mutant,
          value: { ...value, [name]: mutant.value },
        })),
      ];
    }),
  ];
}

function isTelling({ where }: JsonMutant, { telling }: Vocabulary): boolean {
  return telling.some((name) => where.endsWith(`].${name}`));
}

function changesOf(value: unknown, words: Vocabulary): Change[] {
  if (Array.isArray(value)) return listChanges(value as readonly unknown[], words);
  if (isObject(value)) {
    return [
      ['wrong type', 'a text'],
      ['member more', { ...value, Surprise: 'a text' }],
    ];
  }
  if (typeof value === 'string') return [['wrong type', 7], ...textChanges(value, words)];
  return [
    ['wrong type', String(value)],
    ['another number', Number(value) + 1],
  ];
}

function listChanges(list: readonly unknown[], words: Vocabulary): Change[] {
  const [first, second] = list;
  const nonempty: Change[] = [
    ['emptied', []],
    ['member dropped', list.slice(1)],
  ];
  const several: Change[] = [
    ['reordered', list.toReversed()],
    ['member answered twice', [...list.slice(0, -1), first]],
    ...exchanged(first, second, words).map(
      ([how, pair]): Change => [how, [...(pair as unknown[]), ...list.slice(2)]],
    ),
  ];
  return [
    ['wrong type', 'a text'],
    ['null', null],
    ['member more', [...list, first ?? {}]],
    ...(list.length > 0 ? nonempty : []),
    ...(list.length > 1 ? several : []),
  ];
}

/** Exchanges the identifiers of two items, unless the result is the same list in another order. */
function exchanged(a: unknown, b: unknown, { idMember: id, telling }: Vocabulary): Change[] {
  if (!isObject(a) || !isObject(b) || a[id] === b[id]) return [];
  const codes = telling.filter((name) => name !== id && a[name] !== undefined);
  if (codes.some((code) => a[code] === b[code])) return [];
  const pair = [
    { ...a, [id]: b[id] },
    { ...b, [id]: a[id] },
  ];
  return [['identifiers exchanged', pair]];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns replacements for a text. A UUID gets another UUID and an invalid one. A code gets another code. */
export function textChanges(
  text: string,
  { failureCodes }: Vocabulary,
): (readonly [how: string, to: string])[] {
  if (UUID.test(text)) {
    return [
      ['another UUID', `${text.slice(0, -4)}${text.endsWith('ffff') ? '0000' : 'ffff'}`],
      ['no UUID', 'not-a-uuid'],
    ];
  }
  const code = failureCodes.indexOf(text);
  if (code >= 0) {
    return [['another code', failureCodes.at((code + 1) % failureCodes.length) ?? '']];
  }
  return text === ''
    ? [['another text', 'x']]
    : [
        ['another text', `${text}x`],
        ['empty', ''],
      ];
}
