/** Finds a member that an object in JSON has twice. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

interface Open {
  /** Members so far; null in a list. */
  readonly members: Set<string> | null;
  /** Member or index that is being read. */
  at: string | number;
}

/**
 * @param json a text that is JSON.
 * @returns path of the first member that comes again, such as `instances[0].id`; null if there is none.
 */
export function repeatedMember(json: string): string | null {
  const open: Open[] = [];
  let isName = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const top = open.at(-1);
    if (token === '{') open.push({ members: new Set(), at: '' });
    else if (token === '[') open.push({ members: null, at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && typeof top?.at === 'number') top.at += 1;
    else if (isName && top?.members && token.startsWith('"')) {
      top.at = JSON.parse(token) as string;
      if (top.members.has(top.at)) return pathOf(open);
      top.members.add(top.at);
    }
    isName = token === '{' || (token === ',' && open.at(-1)?.members != null);
  }
  return null;
}

function pathOf(open: readonly Open[]): string {
  const parts = open.map(({ at }) => (typeof at === 'number' ? `[${at}]` : `.${at}`));
  return parts.join('').replace(/^\./, '');
}
