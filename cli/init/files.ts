/** The files that `dialproof init` writes, and the commands that come next. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_NAMES } from '../../config/find.ts';
import { PACKAGE_ROOT, wantedVersionOf } from '../../system/package.ts';
import { configFile } from './config-file.ts';
import type { Ci, Project } from './project.ts';
import { testFile, testName } from './test-file.ts';
import { PIPELINE_START, workflowFile } from './workflow-file.ts';

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  /** Another file that does its job already; null if there is none. */
  readonly instead: string | null;
}

export interface Plan {
  readonly files: readonly PlannedFile[];
  /** Commands for the user, in their order. */
  readonly next: readonly string[];
  /** Sentences on what is left to do by hand. */
  readonly notes: readonly string[];
}

export interface Wishes {
  /** Null: by what the project has. */
  readonly config: 'ts' | 'json' | null;
  readonly ci: Ci | null;
}

const FOLDER = 'dialproof';
const GITHUB = '.github/workflows/dialproof.yml';
const GITLAB = '.gitlab-ci.yml';
/** Beside a pipeline of the project's own, which is never replaced. */
const GITLAB_INCLUDED = `${FOLDER}/gitlab-ci.yml`;

export function planFor(dir: string, project: Project, wishes: Wishes): Plan {
  const ci = wishes.ci ?? project.ci;
  const kind = wishes.config ?? (existsSync(join(dir, 'tsconfig.json')) ? 'ts' : 'json');
  const config = `dialproof.config.${kind}`;
  const scenario = `${FOLDER}/evening.${kind === 'ts' || project.hasTypeScript ? 'ts' : 'js'}`;
  const test = `${FOLDER}/${testName(project)}`;
  const isIncluded = ci === 'gitlab' && hasOwnPipeline(dir);
  const workflow = ci === 'github' ? GITHUB : isIncluded ? GITLAB_INCLUDED : GITLAB;
  const runTest = {
    jest: `npx jest ${test}`,
    vitest: `npx vitest run ${test}`,
    node: `node --test ${test}`,
  }[project.runner];
  const runScenario = `npx dialproof load run ./${scenario}`;
  const otherConfig = CONFIG_NAMES.find((name) => name !== config && existsSync(join(dir, name)));
  const files = [
    { path: config, text: configFile(project, kind, scenario), instead: otherConfig ?? null },
    { path: test, text: testFile(project), instead: null },
    { path: scenario, text: scenarioFile(), instead: null },
    {
      path: workflow,
      text: workflowFile(ci, project, {
        checks: [
          ['Consumer test', runTest],
          ['Scenario', runScenario],
        ],
      }),
      instead: null,
    },
  ];
  const install = project.missing.map((name) => `${name}@${wantedVersionOf(name)}`).join(' ');
  return {
    files,
    next: [
      ...(install === '' ? [] : [`npm install --save-dev ${install}`]),
      runTest,
      runScenario,
      'npx dialproof run',
      'npx dialproof doctor',
    ],
    notes: [
      ...(isIncluded ? [`Add to ${GITLAB}:\n  include:\n    - local: ${GITLAB_INCLUDED}`] : []),
      ...(ignoresRuns(dir)
        ? []
        : ['The folders out/ and site/ get reports: add them to .gitignore.']),
    ],
  };
}

/** The example of the manual. */
function scenarioFile(): string {
  return readFileSync(join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts'), 'utf8');
}

function hasOwnPipeline(dir: string): boolean {
  const file = join(dir, GITLAB);
  return existsSync(file) && !readFileSync(file, 'utf8').startsWith(PIPELINE_START);
}

function ignoresRuns(dir: string): boolean {
  const file = join(dir, '.gitignore');
  return existsSync(file) && /^\/?out\/?$/m.test(readFileSync(file, 'utf8'));
}
