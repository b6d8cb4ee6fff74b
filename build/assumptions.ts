/** docs/assumptions.md: what is chosen, assumed and inferred about AWS, written from the tables in operation/. Pure. */

import { type ChoiceRow, FRONT_DOOR_CHOICES } from '../operation/aws/definition/choices.ts';
import type { FailureTable } from '../operation/aws/definition/item-failures.ts';
import type { Provenance } from '../operation/aws/provenance.ts';
import { CAMPAIGN_CHOICES } from '../operation/campaigns/choices.ts';
import { DIAL_FAILURES } from '../operation/campaigns/failures.ts';
import { LIFE_CYCLE_PROVENANCE } from '../operation/campaigns/life-cycle.ts';
import { LIMITS } from '../operation/campaigns/limits.ts';
import { CAMPAIGN_RULES } from '../operation/campaigns/rules.ts';
import { FAILURES } from '../operation/connect/batch-put-contact/failures.ts';
import { CHOICES } from '../operation/connect/choices.ts';
import { CONTACT_MEMBERS } from '../operation/connect/contact/contact.ts';
import { CONTACT_RULES } from '../operation/connect/contact/rules.ts';
import { DETAIL_MEMBERS, EVENT_TYPES } from '../operation/connect/contact-event/event.ts';
import { OPERATIONS } from '../operation/operations.ts';

export interface OpenQuestion {
  readonly name: string;
  readonly row: ChoiceRow<unknown>;
  /** The table that it is in, relative to the root. */
  readonly file: string;
}

/** One claim about AWS. */
export interface Claim {
  readonly what: string;
  readonly provenance: Provenance;
}

export interface Claims {
  readonly title: string;
  /** The tables that they are in, as Markdown. */
  readonly from: string;
  readonly claims: readonly Claim[];
}

const FRONT_DOOR = 'operation/aws/definition/choices.ts';
/** Rows that the tables of services take from that of every service. */
const SHARED: readonly unknown[] = Object.values(FRONT_DOOR_CHOICES);

export function questions(): readonly OpenQuestion[] {
  return [
    ...questionsIn(CHOICES, 'operation/connect/choices.ts'),
    ...questionsIn(CAMPAIGN_CHOICES, 'operation/campaigns/choices.ts'),
  ];
}

export function claims(): readonly Claims[] {
  return [
    {
      title: 'What causes a failure code',
      from: `${link('operation/connect/batch-put-contact/failures.ts')} and ${link('operation/campaigns/failures.ts')}`,
      claims: [
        ...failuresIn('BatchPutContact', FAILURES),
        ...failuresIn('Dial requests', DIAL_FAILURES),
      ],
    },
    {
      title: 'Errors of a whole call',
      from: `the files \`refusals.ts\`, and ${link('operation/aws/definition/front-door.ts')}`,
      claims: distinct(OPERATIONS.flatMap(refusalsOf)),
    },
    {
      title: 'Who may call',
      from: 'the definitions of the operations',
      claims: distinct(
        OPERATIONS.map(({ service, callers, callersProvenance }) => ({
          what: `${service.signingName}: ${callers}`,
          provenance: callersProvenance,
        })),
      ),
    },
    {
      title: 'Rules about one contact or one campaign',
      from: `${link('operation/connect/contact/rules.ts')} and ${link('operation/campaigns/rules.ts')}`,
      claims: [...rulesIn('contact', CONTACT_RULES), ...rulesIn('campaign', CAMPAIGN_RULES)],
    },
    {
      title: 'The life of a campaign, and limits',
      from: `${link('operation/campaigns/life-cycle.ts')} and ${link('operation/campaigns/limits.ts')}`,
      claims: [
        ...Object.entries(LIFE_CYCLE_PROVENANCE).map(([name, provenance]) => ({
          what: `\`${name}\``,
          provenance,
        })),
        ...Object.entries(LIMITS).map(([name, { provenance }]) => ({
          what: `limit \`${name}\``,
          provenance,
        })),
      ],
    },
    {
      title: 'Members of a described contact',
      from: link('operation/connect/contact/contact.ts'),
      claims: Object.entries(CONTACT_MEMBERS).map(([name, { provenance }]) => ({
        what: `\`${name}\``,
        provenance,
      })),
    },
    {
      title: 'Contact events',
      from: link('operation/connect/contact-event/event.ts'),
      claims: Object.entries({ ...DETAIL_MEMBERS, ...EVENT_TYPES }).map(([name, row]) => ({
        what: `\`${name}\`: ${row.meaning}`,
        provenance: row.provenance,
      })),
    },
  ];
}

/** @returns the page. Claims that are documented are counted, and not listed. */
export function assumptionsMarkdown(
  open: readonly OpenQuestion[],
  groups: readonly Claims[],
): string {
  return [
    OPENING,
    '## Questions with a choice\n',
    'The default is what the endpoint does if you choose nothing.\n',
    table(['Choice', 'What it decides', 'Values', 'Default', 'Mark', 'Reason', 'Table']),
    ...open.map(({ name, row, file }) =>
      line([
        `\`${name}\``,
        row.meaning,
        row.values,
        `\`${row.default}\``,
        row.provenance.mark,
        row.provenance.source,
        link(file),
      ]),
    ),
    ...groups.flatMap(({ title, from, claims: all }) => {
      const shown = all.filter(({ provenance }) => provenance.mark !== 'documented');
      return [
        `\n## ${title}\n`,
        `From ${from}. ${shown.length} of ${all.length} claims are not documented:\n`,
        table(['Claim', 'Mark', 'Reason']),
        ...shown.map(({ what, provenance }) => line([what, provenance.mark, provenance.source])),
      ];
    }),
    '',
  ].join('\n');
}

const OPENING = `# What is assumed about AWS

A test compares this page with the tables in \`operation/\`. \`UPDATE_GOLDEN=1 npx jest test/package/assumptions\` writes it.

AWS lets only its own service principal call BatchPutContact. Nobody else can record what it answers. dialproof therefore
marks every rule:

- \`documented\`: a published AWS source states it.
- \`inferred\`: it follows from published sources, but none states it.
- \`assumed\`: no source publishes it, so the endpoint had to choose.

The page has the questions that you can answer yourself with \`--choice name=value\`, and then each claim that is inferred
or assumed. If your code passes only with one value of a choice, it depends on something that AWS does not promise.
The bounds and shapes of requests are not here: they are from published models, and \`dialproof contracts drift\` compares
them. How calls, detection and agents of a campaign take their course is a simulation, which
[campaigns.md](campaigns.md#from-a-dial-request-to-a-call) describes.
`;

function questionsIn(
  rows: Readonly<Record<string, ChoiceRow<unknown>>>,
  file: string,
): OpenQuestion[] {
  return Object.entries(rows).map(([name, row]) => ({
    name,
    row,
    file: SHARED.includes(row) ? FRONT_DOOR : file,
  }));
}

function failuresIn(of: string, rows: FailureTable): Claim[] {
  return Object.entries(rows).map(([code, { provenance }]) => ({
    what: `${of}: what causes \`${code}\``,
    provenance,
  }));
}

function refusalsOf({ refusals }: (typeof OPERATIONS)[number]): Claim[] {
  return Object.entries(refusals).flatMap(([name, { status, provenance, trigger }]) => [
    { what: `\`${name}\` with status ${status}`, provenance },
    ...(trigger ? [{ what: `what causes \`${name}\``, provenance: trigger }] : []),
  ]);
}

interface Rule {
  readonly error: string;
  readonly provenance: Provenance;
  readonly errorProvenance: Provenance;
}

function rulesIn(of: string, rows: Readonly<Record<string, Rule>>): Claim[] {
  return Object.entries(rows).flatMap(([name, { error, provenance, errorProvenance }]) => [
    { what: `${of}, \`${name}\`: the condition`, provenance },
    { what: `${of}, \`${name}\`: that it is \`${error}\``, provenance: errorProvenance },
  ]);
}

/** Operations share rows: each claim once. */
function distinct(all: readonly Claim[]): Claim[] {
  const seen = new Map(all.map((claim) => [JSON.stringify(claim), claim]));
  return [...seen.values()];
}

function link(file: string): string {
  return `[${file.replace('operation/', '')}](../${file})`;
}

function table(headings: readonly string[]): string {
  return `${line(headings)}\n${line(headings.map(() => '---'))}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
