/** The workflow that `dialproof init` writes for a CI. */

import type { Ci, Project } from './project.ts';

/** The first line of the pipeline for GitLab. */
export const PIPELINE_START = 'dialproof:';

export interface Steps {
  /** Commands that check, in their order. */
  readonly checks: readonly (readonly [name: string, command: string])[];
  /** File of the pact that the checks write. */
  readonly pact: string;
}

export function workflowFile(ci: Ci, project: Project, steps: Steps): string {
  return ci === 'github' ? githubFile(project, steps) : gitlabFile(project, steps);
}

function githubFile({ install, hasNpmLock }: Project, { checks, pact }: Steps): string {
  const cache = hasNpmLock ? '\n          cache: npm' : '';
  const steps = checks
    .map(([name, command]) => `      - name: ${name}\n        run: ${command}`)
    .join('\n');
  return `name: dialproof

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  dialproof:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 24${cache}
      - run: ${install}
${steps}
      - name: Publish the pact
        if: \${{ vars.PACT_BROKER_BASE_URL != '' }}
        env:
          PACT_BROKER_BASE_URL: \${{ vars.PACT_BROKER_BASE_URL }}
          PACT_BROKER_TOKEN: \${{ secrets.PACT_BROKER_TOKEN }}
        run: ${publishing(pact)}
      - name: Summary
        if: \${{ !cancelled() }}
        run: npx dialproof publish --to github-summary
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: dialproof
          path: |
            out/latest/
            !out/latest/corpus
`;
}

function gitlabFile({ install }: Project, { checks, pact }: Steps): string {
  return `${PIPELINE_START}
  image: node:24
  stage: test
  script:
    - ${install}
${checks.map(([, command]) => `    - ${command}`).join('\n')}
    - if [ -n "$PACT_BROKER_BASE_URL" ]; then ${publishing(pact)}; fi
  artifacts:
    when: always
    paths:
      - out/latest/
    exclude:
      - out/latest/corpus/**/*
    reports:
      junit: out/latest/junit.xml
`;
}

function publishing(pact: string): string {
  return `npx dialproof contracts broker publish --pact ${pact}`;
}
