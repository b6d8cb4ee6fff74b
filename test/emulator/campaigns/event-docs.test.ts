/** The tables and samples of docs/contact-events.md are made of the tables of the code, and of events that were given. */

import { join } from 'node:path';
import type { Provenance } from '../../../operation/aws/provenance.ts';
import {
  type ContactEvent,
  DETAIL_MEMBERS,
  EVENT_TYPES,
} from '../../../operation/connect/contact-event/event.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { asking, countedIds, manned } from '../../campaigns/fixtures.ts';
import { expectGoldenParts, markdownTable } from '../../support/golden.ts';
import { OUTSIDER, run, stoppedClock } from '../fixtures.ts';
import { openRoad } from './road.ts';

const PAGE = join(PACKAGE_ROOT, 'docs', 'contact-events.md');
const MINUTE = 60_000;
const [{ id: QUEUE }] = ORDINARY_INSTANCE.queues;

/** An event of each type: of a call with an agent, and of one without detection. */
async function samples(): Promise<ContactEvent[]> {
  const options = {
    clock: stoppedClock(),
    newContactId: countedIds(),
    newCampaignId: countedIds(),
    agents: { count: 1 },
  };
  const road = await openRoad(options);
  const { driver, service, accept } = road;
  try {
    await driver.run((engine) => engine.putCampaign(manned('progressive', {}, {}, QUEUE)));
    await accept(1, { phoneNumber: asking('01') });
    await driver.advance(MINUTE);
    await run(service, {
      method: 'POST',
      target: '/contact/attributes',
      body: JSON.stringify({
        InitialContactId: service.events.from(0)[0]?.detail.contactId,
        InstanceId: ORDINARY_INSTANCE.id,
        Attributes: { order: '1' },
      }),
      key: OUTSIDER,
    });
    await driver.advance(60 * MINUTE);
    const silent = manned('progressive', {}, { id: 'without-detection' }, QUEUE);
    const detection = '"enableAnswerMachineDetection":';
    const text = JSON.stringify(silent).replace(`${detection}true`, `${detection}false`);
    await driver.run((engine, now) => {
      engine.putCampaign(JSON.parse(text));
      engine.accept(
        'without-detection',
        [{ clientToken: '', phoneNumber: asking('02'), attributes: {}, expiresIn: 300_000 }],
        now,
      );
    });
    await driver.advance(60 * MINUTE);
    return service.events.from(0);
  } finally {
    await road.close();
  }
}

interface Row {
  readonly meaning: string;
  readonly provenance: Provenance;
}

function table(rows: Readonly<Record<string, Row>>, first: string): string {
  return markdownTable(
    [first, 'meaning', 'source'],
    Object.entries(rows).map(([name, { meaning, provenance }]) => [
      `\`${name}\``,
      meaning,
      `${provenance.mark}: ${provenance.source}`,
    ]),
  );
}

it('the page has the tables, and a sample of each event type as it was given', async () => {
  const events = await samples();
  const shown = Object.keys(EVENT_TYPES).map((type) => {
    const event = events.find(({ detail }) => detail.eventType === type);
    if (!event) throw new Error(`no event of the type ${type} was given`);
    return `### ${type}\n\n\`\`\`json\n${JSON.stringify(event, null, 2)}\n\`\`\``;
  });
  expectGoldenParts(PAGE, {
    types: table(EVENT_TYPES, 'type'),
    members: table(DETAIL_MEMBERS, 'member'),
    samples: shown.join('\n\n'),
  });
});

it('samples have every member, and no other', async () => {
  const members = new Set((await samples()).flatMap(({ detail }) => Object.keys(detail)));
  members.add('outboundStrategy').add('systemEndpoint');
  expect([...members].sort()).toEqual(Object.keys(DETAIL_MEMBERS).sort());
});
