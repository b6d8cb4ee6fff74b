/** The mark by which a later build finds the comment of an earlier one. */

import type { Environment } from '../../system/ci.ts';

/** What tells apart comments that stand beside each other. */
export interface Place {
  readonly workflow: string;
  readonly job: string;
  readonly matrix: string;
}

export function placeOf({
  env,
  matrix,
}: {
  readonly env: Environment;
  readonly matrix: string | null;
}): Place {
  return {
    workflow: env.GITHUB_WORKFLOW ?? env.CI_PIPELINE_NAME ?? '',
    // GitLab's name of a job has its matrix.
    job: env.GITHUB_JOB ?? env.CI_JOB_NAME ?? '',
    matrix: matrix ?? '',
  };
}

/** An HTML comment, which no page shows. Nothing in it can end it. */
export function markerOf(place: Place): string {
  const json = JSON.stringify(place).replace(/[<>&]|--/g, (found) =>
    [...found].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join(''),
  );
  return `<!-- dialproof ${json} -->`;
}

/** The same for people: `CI / load (node 24)`. */
export function placeSaid({ workflow, job, matrix }: Place): string {
  const name = [workflow, job].filter((one) => one !== '').join(' / ');
  return matrix === '' ? name : `${name} (${matrix})`.trim();
}
