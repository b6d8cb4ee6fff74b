/** A card to a channel or chat of Microsoft Teams, by a Workflow. */

import { teamsMessage } from '../render/teams.ts';
import { needOk, urlFrom } from '../send/http.ts';
import type { Target } from './target.ts';

const ADVICE: Readonly<Record<number, string>> = {
  401: 'copy the URL of the Workflow again, with its query, to TEAMS_WEBHOOK_URL',
  404: 'the Workflow is not there any more, or is switched off',
};

export const teams: Target = {
  name: 'teams',
  place: null,
  does: 'posts an Adaptive Card to a Workflow of Microsoft Teams',
  reads: ['TEAMS_WEBHOOK_URL'],
  final: true,
  preview: ({ message }) => ({ kind: 'teams', body: teamsMessage(message) }),
  send: async ({ message, env, senderTo }) => {
    const url = urlFrom(env, 'TEAMS_WEBHOOK_URL', 'Teams');
    const answer = await senderTo('Teams')({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(teamsMessage(message)),
      repeatable: false,
    });
    needOk('Teams', answer, ADVICE[answer.status]);
    // A Workflow answers 202 before it posts the card: it tells nobody here if that fails.
    return {
      kind: 'sent',
      said: answer.status === 202 ? 'accepted by the Workflow' : 'posted',
    };
  },
};
