/**
 * Inserts a call into a bundle where the code of each source file begins. The call records the folder of the file.
 * As in k6, `open()` starts at the folder of the module that is being loaded, and a bundle does not keep it.
 */

import type { Insertion } from '../plain/insertions.ts';
import { type Node, treeOf } from '../plain/tree.ts';

/** The functions with which esbuild wraps a module that is loaded on first use. */
const WRAPPERS = ['__commonJS', '__esm'];

/**
 * @param enter name of a function that takes the folder of the code that follows and returns the previous folder.
 * @param folderAt returns the folder of the source file at an offset; null if the code comes from no file.
 * @returns the insertions in order; empty if the code opens no file.
 */
export function moduleFolders(
  code: string,
  enter: string,
  folderAt: (offset: number) => string | null,
): Insertion[] {
  if (!code.includes('open')) return [];
  const { nodes } = treeOf(code);
  const insertions: Insertion[] = [];
  let current: string | null = null;
  for (const { start } of (nodes[0]?.body ?? []) as Node[]) {
    const folder = folderAt(start);
    if (folder === null || folder === current) continue;
    current = folder;
    insertions.push({ at: start, text: `${enter}(${JSON.stringify(folder)}); ` });
  }
  for (const node of nodes) {
    const body = wrappedBody(node);
    const [first] = (body?.body ?? []) as Node[];
    const folder = first ? folderAt(first.start) : null;
    if (!body || folder === null) continue;
    // After this body, the code of the importing module continues.
    const was = `${enter}_was`;
    insertions.push(
      { at: body.start + 1, text: ` var ${was} = ${enter}(${JSON.stringify(folder)});` },
      { at: body.end - 1, text: ` ${enter}(${was}); ` },
    );
  }
  return insertions.sort((a, b) => a.at - b.at);
}

/** The body of a wrapped module, such as `__esm({ "lib.js"() { … } })`. */
function wrappedBody(node: Node): Node | undefined {
  const callee = node.callee as Node | undefined;
  if (node.type !== 'CallExpression' || !WRAPPERS.includes(String(callee?.name))) return undefined;
  const [modules] = node.arguments as Node[];
  const [module] = (modules?.properties ?? []) as Node[];
  return (module?.value as Node | undefined)?.body as Node | undefined;
}
