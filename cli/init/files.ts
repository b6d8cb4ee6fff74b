/** The files that `dialproof init` writes, and the commands that come next. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_NAMES } from '../../config/find.ts';
import { PROVIDER } from '../../contracts/agreement/interaction.ts';
import { pactFileIn } from '../../contracts/pact/pact-file.ts';
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

/** Publishes pacts. Only projects with a Broker need it. */
const BROKER_CLIENT = '@pact-foundation/pact-cli';
const FOLDER = 'dialproof';
const GITHUB = '.github/workflows/dialproof.yml';
const GITLAB = '.gitlab-ci.yml';
/** Beside a pipeline of the project's own, which is never replaced. */
const GITLAB_INCLUDED = `${FOLDER}/gitlab-ci.yml`;

export function planFor(dir: string, project: Project, wishes: Wishes): Plan {
  const ci = wishes.ci ?? project.ci;
  const kind = wishes.config ?? (project.typesModules ? 'ts' : 'json');
  const config = `dialproof.config.${kind}`;
  const scenario = `${FOLDER}/evening.${kind === 'ts' || project.hasTypeScript ? 'ts' : 'js'}`;
  const test = `${FOLDER}/${testName(project)}`;
  const parties = { consumer: project.consumer, provider: PROVIDER };
  const pact = pactFileIn('pacts', parties).replaceAll('\\', '/');
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
        pact,
      }),
      instead: null,
    },
  ];
  const needsTypes = project.runner === 'jest' && project.hasTypeScript;
  const types = needsTypes && project.lacks('@types/jest') ? ['@types/jest'] : [];
  const install = [...project.missing, ...types]
    .map((name) => `${name}@${wantedVersionOf(name)}`)
    .join(' ');
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
      `The test writes ${pact}. The workflow publishes it if the CI has PACT_BROKER_BASE_URL (on GitHub a variable) and PACT_BROKER_TOKEN (a secret), and the project has ${BROKER_CLIENT}:\n  npm install --save-dev ${BROKER_CLIENT}@${wantedVersionOf(BROKER_CLIENT)}`,
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
