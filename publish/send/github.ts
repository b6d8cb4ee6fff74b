/** How GitHub is called from a workflow. */

import { type Environment, githubEvent } from '../../system/ci.ts';
import { UserError } from '../../system/errors.ts';

export interface Github {
  /** Without a slash at its end. */
  readonly api: string;
  /** owner/name. */
  readonly repository: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Number of the pull request; null in other builds. */
  readonly pull: number | null;
}

/** @throws UserError where it is no workflow, or no token is given. */
export function githubOf(env: Environment, purpose: string): Github {
  const { GITHUB_REPOSITORY: repository } = env;
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!repository || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UserError(
      `${purpose} needs GITHUB_REPOSITORY (OWNER/NAME): run it in a GitHub workflow, or set it`,
    );
  }
  if (!token) {
    throw new UserError(
      `${purpose} needs GITHUB_TOKEN: give the step "env: GITHUB_TOKEN: \${{ github.token }}"`,
    );
  }
  const pull = githubEvent(env)?.pull_request;
  return {
    api: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    repository,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    pull: pull?.number ?? numberOfRef(env.GITHUB_REF),
  };
}

function numberOfRef(ref: string | undefined): number | null {
  const [, number] = /^refs\/pull\/(\d+)\//.exec(ref ?? '') ?? [];
  return number === undefined ? null : Number(number);
}
