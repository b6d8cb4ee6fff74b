/** The message as JSON to a URL of the team's own. */

import { createHmac } from 'node:crypto';
import { webhookBody } from '../render/webhook.ts';
import { needOk, urlFrom } from '../send/http.ts';
import type { Target } from './target.ts';

export const webhook: Target = {
  name: 'webhook',
  place: null,
  does: 'posts the message as JSON',
  reads: ['DIALPROOF_WEBHOOK_URL', 'DIALPROOF_WEBHOOK_TOKEN', 'DIALPROOF_WEBHOOK_SECRET'],
  final: true,
  preview: ({ message }) => ({ kind: 'json', text: webhookBody(message) }),
  send: async ({ message, env, senderTo }) => {
    const url = urlFrom(env, 'DIALPROOF_WEBHOOK_URL', 'the webhook');
    const { DIALPROOF_WEBHOOK_TOKEN: token, DIALPROOF_WEBHOOK_SECRET: secret } = env;
    const body = webhookBody(message);
    const answer = await senderTo('the webhook')({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        // The same for every try, so that a receiver can tell a repetition.
        'idempotency-key': message.runId,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(secret
          ? {
              'x-dialproof-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
            }
          : {}),
      },
      body,
      repeatable: false,
    });
    needOk('the webhook', answer);
    return { kind: 'sent', said: 'posted' };
  },
};
