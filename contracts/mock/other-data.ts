/** Interactions whose request came with other data than in the pact before. A Broker takes each such pact for a new one. */

import { isObject } from '../../operation/aws/json.ts';

export interface OtherData {
  readonly description: string;
  /** The first place in the request. */
  readonly where: string;
}

interface Interaction {
  readonly description?: unknown;
  readonly request?: unknown;
}

/** @param pairs each interaction before and now. A request of another form is another use, and is not listed. */
export function otherData(pairs: readonly (readonly [Interaction, Interaction])[]): OtherData[] {
  return pairs.flatMap(([before, now]) => {
    const [old, fresh] = [leavesOf(dataOf(before.request)), leavesOf(dataOf(now.request))];
    const isOfOneForm = old.size === fresh.size && [...fresh.keys()].every((at) => old.has(at));
    const where = [...fresh].find(([at, value]) => old.get(at) !== value)?.[0];
    return isOfOneForm && where !== undefined
      ? [{ description: String(now.description), where }]
      : [];
  });
}

export function otherDataSaid(consumer: string, [first, ...more]: readonly OtherData[]): string {
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  return `the pact of ${consumer} has other data than before (${first?.where} of "${first?.description}"${others}): a Broker takes it for a new contract, so use the same data in each run, and give random data a seed`;
}

/** Headers have no data of the test in them, or are replaced by examples. */
function dataOf(request: unknown): unknown {
  const { path, query, body } = isObject(request) ? request : {};
  return { path, query, $: isObject(body) ? body.content : undefined };
}

function leavesOf(value: unknown, at = ''): Map<string, unknown> {
  if (Array.isArray(value)) {
    return new Map(value.flatMap((item, i) => [...leavesOf(item, `${at}[${i}]`)]));
  }
  if (!isObject(value)) return new Map([[at, value]]);
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [
      ...leavesOf(member, at === '' ? name : `${at}.${name}`),
    ]),
  );
}
