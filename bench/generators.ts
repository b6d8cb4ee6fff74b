/** Contacts per second with pools that faker filled, compared with a faker call for every value. */

import { base, de, en, en_AU, en_GB, en_US, es_MX, Faker, fr, fr_CA, sv } from '@faker-js/faker';
import { contactSource } from '../generators/contact.ts';
import { fictionNumber } from '../generators/fiction-numbers.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { Draw } from '../system/draw.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const CONTACTS = 20_000;

/** The same contact in the usual way; not even seeded per contact, which would cost 44 us more. */
function plainFaker(): (index: number) => unknown {
  const fakers = [en_US, es_MX, fr_CA, en_GB, en_AU, de, fr, sv].map(
    (locale) => new Faker({ locale: [locale, en, base], seed: 1 }),
  );
  const queues = ORDINARY_INSTANCE.queues.map(({ id }) => id);
  return (index) => {
    const faker = fakers[index % fakers.length] as Faker;
    return {
      SystemEndpoint: {
        Type: 'TELEPHONE_NUMBER',
        Address: faker.helpers.arrayElement(ORDINARY_INSTANCE.numbers),
      },
      CustomerEndpoint: {
        Type: 'TELEPHONE_NUMBER',
        Address: fictionNumber('US', new Draw(1, index)),
      },
      RequestIdentifier: faker.string.uuid(),
      QueueId: faker.helpers.arrayElement(queues),
      Attributes: {
        firstName: faker.person.firstName(),
        lastName: faker.person.lastName(),
        language: 'en-US',
        timeZone: faker.helpers.arrayElement(['America/New_York', 'America/Chicago']),
        city: faker.location.city(),
        accountId: `ACC-${faker.string.numeric(8)}`,
        accountType: faker.helpers.arrayElement(['private', 'household', 'business']),
        product: faker.commerce.productName(),
        amountDue: faker.finance.amount(),
        currency: 'USD',
        dueDate: faker.date.soon({ days: 365, refDate: '2026-01-01' }).toISOString().slice(0, 10),
        callWindow: faker.helpers.arrayElement(['09:00-12:00', '12:00-15:00']),
        segment: faker.helpers.arrayElement(['new', 'returning', 'vip']),
        note: faker.company.catchPhrase(),
      },
      Campaign: { CampaignId: faker.string.uuid() },
    };
  };
}

function perSecond(make: (index: number) => unknown): number {
  const start = process.cpuUsage();
  for (let i = 0; i < CONTACTS; i += 1) make(i);
  const { user, system } = process.cpuUsage(start);
  return CONTACTS / ((user + system) / 1e6);
}

export async function benchGenerators(): Promise<BenchResult> {
  const source = contactSource(1);
  const ours = (index: number) => source.contact(index, '00000000-0000000000-00');
  const plain = plainFaker();
  const rows = { ours: [] as number[], plain: [] as number[] };
  perSecond(ours);
  perSecond(plain);
  for (let round = 0; round < ROUNDS; round += 1) {
    rows.plain.push(perSecond(plain));
    rows.ours.push(perSecond(ours));
  }
  return {
    name: 'contact generator',
    unit: 'contacts per CPU second',
    rows: [
      { label: 'dialproof contact(seed, index)', median: median(rows.ours), all: rows.ours },
      { label: 'plain faker', median: median(rows.plain), all: rows.plain },
    ],
    ratios: [
      {
        label: 'dialproof / plain faker',
        value: median(rows.ours) / median(rows.plain),
        aim: '>= 5',
      },
    ],
  };
}
