/** Writes a plan into a folder. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../run/plan.ts';
import { explain } from '../system/file-trouble.ts';
import { makeFolder } from '../system/make-folder.ts';
import { assumptionsSaid } from './english/plan.ts';
import { renderPlanHtml } from './html/plan.ts';

/** Every figure of a plan with what it supposes, as JSON. */
export function planJson(plan: Plan): Plan & { readonly assumptions: readonly string[] } {
  return { ...plan, assumptions: assumptionsSaid(plan) };
}

/** Writes plan.html and plan.json. @throws UserError if the folder or a file cannot be written. */
export async function writePlan(plan: Plan, dir: string): Promise<void> {
  const html = join(dir, 'plan.html');
  const json = join(dir, 'plan.json');
  try {
    await makeFolder(dir);
    await writeFile(html, renderPlanHtml(plan));
    await writeFile(json, `${JSON.stringify(planJson(plan), null, 2)}\n`);
  } catch (error) {
    throw explain(error, dir);
  }
}
