/** A message to a channel of Slack, by an incoming webhook. */

import { slackMessage } from '../render/slack.ts';
import { needOk, urlFrom } from '../send/http.ts';
import type { Target } from './target.ts';

const ADVICE: Readonly<Record<number, string>> = {
  403: 'the webhook was revoked or may not post there; make a new one and set SLACK_WEBHOOK_URL',
  404: 'the webhook is not there any more; make a new one and set SLACK_WEBHOOK_URL',
  410: 'the channel is archived',
};

export const slack: Target = {
  name: 'slack',
  place: null,
  does: 'posts to a channel of Slack',
  reads: ['SLACK_WEBHOOK_URL'],
  final: true,
  preview: ({ message }) => ({ kind: 'slack', body: slackMessage(message) }),
  send: async ({ message, env, senderTo }) => {
    const url = urlFrom(env, 'SLACK_WEBHOOK_URL', 'Slack');
    const answer = await senderTo('Slack')({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(slackMessage(message)),
      repeatable: false,
    });
    needOk('Slack', answer, ADVICE[answer.status]);
    return { kind: 'sent', said: 'posted' };
  },
};
