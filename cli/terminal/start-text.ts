/** What the emulator says when it listens. */

import { CAMPAIGNS_REFUSED } from '../../emulator/call/campaigns-of.ts';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import { shownUrl } from '../../system/shown-url.ts';
import {
  addressVariables,
  exportLines,
  keyVariables,
  regionVariables,
  SERVICES,
  unsetLines,
} from './client-variables.ts';
import type { Terminal } from './terminal.ts';

export interface Started extends Pick<RunningEmulator, 'url' | 'controlUrl' | 'credentials'> {
  readonly profile: string;
  readonly store?: string;
  readonly dials?: string;
  readonly events?: readonly string[];
  readonly facts: Facts;
  /** PEM; null without a certificate made at the start. */
  readonly certificate: string | null;
}

/** All that a client needs, as lines for a shell where there are such. */
export function tellStart(terminal: Pick<Terminal, 'say'>, started: Started): void {
  const { url, controlUrl, credentials, certificate, facts } = started;
  const { principal, session, outsider } = credentials;
  const say = (what: string, value: string) => terminal.say(`${what.padEnd(18)} ${value}`);
  say('listening at', `${url}  (profile ${started.profile}, Ctrl-C stops)`);
  say('control door at', controlUrl);
  say('provider states', new URL('/provider-states', controlUrl).href);
  if (started.store !== undefined) say('campaigns', CAMPAIGNS_REFUSED);
  if (started.dials !== undefined) say('dials go to', shownUrl(started.dials));
  for (const target of started.events ?? []) say('events go to', shownUrl(target));
  terminal.say('');
  const services = started.store === undefined ? SERVICES : ['CONNECT'];
  const lines = exportLines({
    ...addressVariables(url, services),
    ...regionVariables(facts.region),
    ...keyVariables(principal),
  });
  for (const line of [...lines, ...unsetLines(principal)]) terminal.say(line);
  terminal.say('');
  say('account', facts.account);
  const [instance] = facts.instances;
  if (instance) {
    const { id, queues, numbers, campaigns } = instance;
    const queue = queues.find(({ enabled }) => enabled);
    say('instance', id);
    if (queue) say('queue', `${queue.id}  (${queue.name})`);
    say('numbers', numbers.join(', '));
    say('campaign', campaigns === null ? 'any CampaignId, such as spring' : campaigns.join(', '));
  }
  if (session && session !== principal) {
    say('with session token', `${session.accessKeyId} / ${session.secretAccessKey}`);
    say('', session.sessionToken ?? '');
  }
  say('refused caller', `${outsider.accessKeyId} / ${outsider.secretAccessKey}`);
  if (certificate === null) return;
  terminal.say('');
  terminal.say('# Save this certificate as dialproof.pem, and let the clients trust it:');
  terminal.say('# export AWS_CA_BUNDLE=dialproof.pem NODE_EXTRA_CA_CERTS=dialproof.pem');
  terminal.say(certificate.trimEnd());
}
