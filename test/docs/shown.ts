/** Compares a sample on a page with what is really printed: ids, numbers and times may differ, words may not. */

/**
 * @param sample its lines have to be printed one after the other. A line of `…` stands for any others.
 * @throws if one is not.
 */
export function expectShown(sample: string, printed: string): void {
  const lines = printed.split('\n');
  const wanted = sample.split('\n');
  let furthest = { at: -1, from: 0 };
  const follows = (at: number, from: number, anywhere: boolean): boolean => {
    const line = wanted[at];
    if (line === undefined) return true;
    if (line.trim() === '…') return follows(at + 1, from, true);
    const form = formOf(line);
    const end = anywhere ? lines.length : from + 1;
    for (let i = from; i < end; i += 1) {
      if (form.test(lines[i] ?? '') && follows(at + 1, i + 1, false)) return true;
    }
    if (at > furthest.at) furthest = { at, from };
    return false;
  };
  if (follows(0, 0, true)) return;
  const { at, from } = furthest;
  const after = from === 0 ? '' : ` after "${lines[from - 1]}"`;
  throw new Error(`nothing like this is printed${after}: ${wanted[at]}\n\n${printed}`);
}

/** A line with any ids and numbers, and any text for `…`. */
export function formOf(line: string): RegExp {
  const form = line
    .trimEnd()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/g, '[0-9a-f]+')
    .replaceAll(/\d+/g, '\\d+')
    // Of one thing there is no plural.
    .replaceAll(/(\\d\+ (?:[a-z]+ )?[a-z]+)s\b/g, '$1s?')
    .replaceAll('…', '.*');
  return new RegExp(`^${form}\\s*$`);
}

/**
 * Members that a sample has and the real value has not, or the other way round, as paths.
 *
 * @param open paths of objects whose members are names of data, such as codes.
 */
export function otherMembers(
  sample: unknown,
  real: unknown,
  open: readonly string[],
  at = '',
): string[] {
  if (Array.isArray(sample) && Array.isArray(real)) {
    if (sample.length === 0) return [];
    return otherMembers(sample[0], real[0], open, `${at}[]`);
  }
  // What may be absent is null.
  if (sample === null || real === null) return [];
  if (!isObject(sample) || !isObject(real)) return typeof sample === typeof real ? [] : [at];
  if (open.includes(at)) return [];
  const names = new Set([...Object.keys(sample), ...Object.keys(real)]);
  return [...names].flatMap((name) => {
    const path = at === '' ? name : `${at}.${name}`;
    if (!(name in sample) || !(name in real)) return [path];
    return otherMembers(sample[name], real[name], open, path);
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
