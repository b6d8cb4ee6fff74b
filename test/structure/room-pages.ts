/** The README of a room, held to its form: a sentence for each thing that is wrong. Pure. */

const PARTS = ['Read first', 'It may not', 'Tests'];
const LINK = '](../CONTRIBUTING.md';

/**
 * @param room its name.
 * @param page the text; null if there is none.
 * @param isThere whether a path, relative to the root, is a file or a folder.
 */
export function wrongWith(
  room: string,
  page: string | null,
  isThere: (path: string) => boolean,
): string[] {
  if (page === null) return [`${room}/README.md is missing: say what the room is for`];
  const lines = page.trimEnd().split('\n');
  const parts = new Map(
    PARTS.map((part) => [part, new RegExp(`^\\*\\*${part}:\\*\\* (.+(?:\n.+)*)`, 'm').exec(page)]),
  );
  const wrong = [
    ...(lines[0] === `# ${room}/` ? [] : [`begins with "${lines[0]}", not with "# ${room}/"`]),
    ...(lines.length >= 5 && lines.length <= 15 ? [] : [`has ${lines.length} lines, not 5 to 15`]),
    ...PARTS.filter((part) => !parts.get(part)).map((part) => `has no part "${part}"`),
    ...(page.includes(LINK) ? [] : ['does not link to CONTRIBUTING.md']),
    ...['Read first', 'Tests'].flatMap((part) =>
      pathsIn(parts.get(part)?.[1] ?? '')
        .filter((path) => !isThere(`${room}/${path}`) && !isThere(path))
        .map((path) => `names ${path}, which is not there`),
    ),
  ];
  return wrong.map((one) => `${room}/README.md ${one}`);
}

/** Files and folders in code spans. Blocks of code are left out. */
export function pathsIn(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  return spans.filter((span) => /^[\w./-]+$/.test(span) && /\/|\.\w+$/.test(span));
}
