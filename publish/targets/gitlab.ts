/** A note on the merge request of a GitLab pipeline. */

import { UserError } from '../../system/errors.ts';
import { markerOf, placeOf } from '../message/marker.ts';
import { putComment } from '../send/comments.ts';
import { commentOf } from './github-comment.ts';
import type { Target } from './target.ts';

export const gitlab: Target = {
  name: 'gitlab',
  place: null,
  does: 'writes a note on the merge request; a later pipeline updates its note',
  reads: ['GITLAB_TOKEN'],
  final: false,
  preview: (context) => ({ kind: 'markdown', text: commentOf(context) }),
  send: async (context) => {
    const { env } = context;
    const { CI_API_V4_URL: api, CI_MERGE_REQUEST_IID: iid, GITLAB_TOKEN: token } = env;
    const project = env.CI_MERGE_REQUEST_PROJECT_ID || env.CI_PROJECT_ID;
    if (!api || !project) {
      throw new UserError(
        'the note needs CI_API_V4_URL and CI_PROJECT_ID: run it in a GitLab pipeline',
      );
    }
    if (!iid) return { kind: 'skipped', said: 'this pipeline is not of a merge request' };
    if (!token) {
      throw new UserError(
        'the note needs GITLAB_TOKEN: add a project access token with the scope "api" as a masked CI/CD variable (CI_JOB_TOKEN may not write notes)',
      );
    }
    const url = `${api.replace(/\/+$/, '')}/projects/${encodeURIComponent(project)}/merge_requests/${iid}/notes`;
    const done = await putComment(
      {
        what: 'GitLab',
        send: context.senderTo('GitLab'),
        headers: { 'private-token': token },
        url,
        change: (id) => ({ method: 'PUT', url: `${url}/${id}` }),
        advice: (status) =>
          status === 401 || status === 403
            ? 'GITLAB_TOKEN needs the scope "api" and the role Reporter or higher'
            : '',
      },
      markerOf(placeOf(context)),
      commentOf(context),
    );
    return { kind: 'sent', said: `${done} on merge request ${iid}` };
  },
};
