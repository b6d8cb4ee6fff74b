/** What an emulator with a campaign answers and writes, for the samples on the pages. */

import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectClient } from '@aws-sdk/client-connect';
import { startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { sent } from '../door/calls.ts';
import { tempDir } from '../support/temp-dir.ts';
import type { Block } from './blocks.ts';
import { textOf } from './blocks.ts';
import { holds, type Row } from './rows.ts';
import { otherMembers } from './shown.ts';

export interface Observed {
  readonly campaigns: unknown;
  /** Documents of NDJSON, by the path of the control door. */
  readonly lines: Readonly<Record<'/dial-requests' | '/ledger' | '/contacts', readonly unknown[]>>;
  readonly dials: readonly unknown[];
}

const [QUEUE] = ORDINARY_INSTANCE.queues;
const MANNED = {
  version: 1,
  id: 'manned',
  name: 'Manned',
  instanceId: ORDINARY_INSTANCE.id,
  state: 'Running',
  members: {
    dialerConfig: { progressiveDialerConfig: { bandwidthAllocation: 1 } },
    outboundCallConfig: { connectContactFlowId: 'flow', connectQueueId: QUEUE?.id },
  },
};

const folder = tempDir();
let observed: Promise<Observed> | undefined;

/** A campaign with a busy customer, and a batch of two contacts. */
async function observe(): Promise<Observed> {
  const dials = join(mkdtempSync(join(folder, 'dials-')), 'dials.ndjson');
  const emulator = await startEmulator({ dials });
  const ask = async (method: string, path: string, body?: string) => {
    const url = new URL(path, emulator.controlUrl);
    const response = await fetch(url, { method, ...(body !== undefined && { body }) });
    const text = await response.text();
    expect([path, response.ok ? null : text]).toEqual([path, null]);
    return text;
  };
  try {
    const page = textOf(
      'docs/control.md',
      'curl $CONTROL/campaigns -d \'{"campaigns": [{"version": 1, "id": "renewals", "name": "Renewals",',
    );
    const [, body = ''] = /-d '(.*)'$/s.exec(page) ?? [];
    await ask('POST', '/campaigns', body);
    await ask('POST', '/campaigns', JSON.stringify({ campaigns: [MANNED] }));
    const request = { campaignId: 'renewals', clientToken: 'order-1', dialRequestId: 'd-1' };
    const busy = { ...request, phoneNumber: '+13125550105', attributes: { order: '1' } };
    await ask('POST', '/dial-requests', JSON.stringify(busy));
    const toAgents = { ...busy, campaignId: MANNED.id, dialRequestId: 'd-2' };
    await ask('POST', '/dial-requests', JSON.stringify(toAgents));
    await ask('PUT', '/clock', '{"ahead": 60}');
    const { accessKeyId, secretAccessKey } = emulator.credentials.principal;
    const client = new ConnectClient({
      endpoint: emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    await sent(client, ORDINARY_INSTANCE.id, 't', 2);
    client.destroy();
    const documents = async (path: string) => documentsIn(await ask('GET', path));
    return {
      campaigns: JSON.parse(await ask('GET', '/campaigns')),
      lines: {
        '/dial-requests': await documents('/dial-requests'),
        '/ledger': await documents('/ledger'),
        '/contacts': await documents('/contacts'),
      },
      dials: documentsIn(readFileSync(dials, 'utf8')),
    };
  } finally {
    await emulator.close();
  }
}

/** JSON documents one after the other; each may take several lines, and `…` may stand in them. */
export function documentsIn(text: string): unknown[] {
  const documents: unknown[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    open += line;
    const read = parsed(
      open.replaceAll(', …}', '}').replaceAll('[…]', '[]').replaceAll('{…}', '{}'),
    );
    if (read === undefined) continue;
    documents.push(read);
    open = '';
  }
  if (open.trim() !== '') throw new Error(`this is no JSON: ${open}`);
  return documents;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A sample of JSON that has the members of what is really answered, and no others.
 *
 * @param real documents of which one has to have the members of each document of the sample.
 * @param open paths whose members are data.
 */
export const sampleOf = (
  what: string,
  real: (seen: Observed) => readonly unknown[],
  open: readonly string[] = [],
): Row =>
  holds(`has the members of ${what}`, async ({ text }: Block) => {
    observed ??= observe();
    const found = real(await observed);
    for (const document of documentsIn(text)) {
      const others = found.map((one) => otherMembers(document, one, open));
      const nearest = others.toSorted((a, b) => a.length - b.length)[0];
      expect(nearest).toEqual([]);
    }
  });
