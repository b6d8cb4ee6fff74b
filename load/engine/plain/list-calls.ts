/** The methods of lists that call a function for each element, and that wait for it here. */

import { bare, type Node, propertyName } from './tree.ts';

/** Methods of arrays; `forEach` is one of maps and sets too. */
export const LIST_METHODS = [
  'forEach',
  'map',
  'filter',
  'every',
  'some',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'reduce',
  'reduceRight',
] as const;

/** Whether a call is one of a method that takes a function for each element, such as `list.map(…)` or `Array.from(…)`. */
export function isListCall(call: Node): boolean {
  const callee = bare(call.callee as Node);
  if (callee.type !== 'MemberExpression') return false;
  const object = callee.object as Node;
  const name = propertyName(callee);
  if (name === 'from') return object.type === 'Identifier' && object.name === 'Array';
  return object.type !== 'Super' && (LIST_METHODS as readonly unknown[]).includes(name);
}
