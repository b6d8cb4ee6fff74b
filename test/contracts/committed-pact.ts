/** The pacts as they are committed, so that a change of the contract is a diff to read. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../contracts/contract.ts';
import { pactFileIn, type WrittenInteraction } from '../../contracts/pact/pact-file.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

/** The committed pact of a contract. */
export function committedPact({ parties }: Pick<Contract, 'parties'>): string {
  return pactFileIn(join(PACKAGE_ROOT, 'contracts', 'pacts'), parties);
}

/** A whole pact, of which `readPact` gives a part. */
export interface WholePact {
  readonly interactions: readonly WrittenInteraction[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export function wholePact(file: string): WholePact {
  return JSON.parse(readFileSync(file, 'utf8')) as WholePact;
}

/**
 * A pact as text that is the same for the same contract: interactions by description, members by name, and
 * of the metadata only the version of the specification, for the others are versions of tools.
 */
export function committedForm(pact: WholePact): string {
  const { pactSpecification } = pact.metadata;
  const interactions = [...pact.interactions].sort((a, b) =>
    a.description < b.description ? -1 : 1,
  );
  return `${pretty({ ...pact, interactions, metadata: { pactSpecification } })}\n`;
}

const WIDTH = 100;

/** JSON, with lists and objects on one line where they fit. */
function pretty(value: unknown, indent = '', before = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Array.isArray(value)
    ? value.map((one) => ['', one] as const)
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [`${JSON.stringify(name)}: `, member] as const);
  if (members.length === 0) return `${open}${close}`;
  const parts = members.map(([name, one]) => name + pretty(one, inner, name.length));
  const line = `${open}${parts.join(', ')}${close}`;
  const fits = !line.includes('\n') && indent.length + before + line.length < WIDTH;
  return fits ? line : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** What differs between two pacts, each interaction that changed by its description. */
export function changesOf(committed: WholePact, written: WholePact): string[] {
  const before = byDescription(committed);
  const after = byDescription(written);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = names.flatMap((name) => {
    if (!before.has(name)) return [`"${name}" is new`];
    if (!after.has(name)) return [`"${name}" is gone`];
    return before.get(name) === after.get(name) ? [] : [`"${name}" is another`];
  });
  if (changes.length > 0) return changes;
  return committedForm(committed) === committedForm(written)
    ? []
    : ['the pact differs outside its interactions'];
}

function byDescription({ interactions }: WholePact): ReadonlyMap<string, string> {
  return new Map(interactions.map((one) => [one.description, pretty(one)]));
}
