/** The last section: what was tested and with what, so that the run can be repeated. */

import { count, duration, share, utc, whole } from '../../run/figures.ts';
import { noBugs, type Run } from '../../run/run.ts';
import { isPlainRun } from '../content/coverage.ts';
import { originFacts } from '../content/origin.ts';
import { catcherSaid } from '../english/catcher.ts';
import { markup, type Value } from './markup.ts';
import { code, facts, folded, listed, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

export function environmentSection(run: Run): Section {
  const engines = [...new Set(run.load.map(({ engine }) => `${engine.name} ${engine.version}`))];
  return {
    id: 'environment',
    title: 'Environment',
    verdict: null,
    lede: 'What could change the result. How to reproduce the run is at the top of the page.',
    body: [
      seeded(run),
      folded('Run, target and versions', [
        facts([
          ['Run', code(run.id)],
          ['Started', utc(run.startedAt)],
          ['Took', duration(run.durationMs)],
          ['Seed', code(String(run.seed))],
          ...originFacts(run).map(([name, value]): Fact => [name, code(value)]),
          ...(isPlainRun(run) ? scriptTarget(run) : targetFacts(run)),
          ['Load engine', engines.length > 0 ? engines.join(', ') : 'none was run'],
          ...(isPlainRun(run) ? [] : [['Generated', generated(run)] as const]),
        ]),
        isPlainRun(run) ? null : choices(run),
        versions(run),
      ]),
    ],
  };
}

type Fact = readonly [string, Value];

function targetFacts({ target }: Run): readonly Fact[] {
  const { kind, url, profile, bugs } = target;
  return [
    ['Target', [kind, ', ', code(url)]],
    ['Quota profile', profile],
    ['Seeded bugs', bugs.length > 0 ? listed(bugs.map(code)) : noBugs(target)],
  ];
}

/** Such a script chooses its target itself. */
function scriptTarget({ target: { kind, url } }: Run): readonly Fact[] {
  return [
    ['Target', 'the addresses that the script calls'],
    ['Offered to it', [kind, ', ', code(url)]],
  ];
}

function generated({ contacts }: Run): Value {
  if (!contacts) return 'no contacts';
  const created = contacts.predicted.CREATED ?? 0;
  return `${count(contacts.contacts, 'contact')} in ${count(contacts.batches, 'batch', 'batches')} of up to ${whole(contacts.contactsPerBatch)}, locales ${contacts.locales.join(', ')}; ${share(created, contacts.contacts)} to be created`;
}

function seeded({ seededBugs }: Run): Value {
  if (seededBugs.length === 0) return null;
  return markup`<h3>Seeded bugs</h3>${table(
    'What the emulator was told to do wrong, and whether this run caught it.',
    [
      { head: 'Bug' },
      { head: 'What it does' },
      { head: 'Meant to be caught by' },
      { head: 'Here' },
    ],
    seededBugs.map(({ bug, meaning, catcher, caught }) => ({
      failed: caught === false,
      cells: [code(bug), meaning, catcherSaid(catcher), caughtWord(caught)],
    })),
  )}`;
}

function caughtWord(caught: boolean | null): Value {
  if (caught === null) return verdictWord('not exercised', 'that did not run');
  return caught ? verdictWord('pass', 'caught') : verdictWord('fail', 'not caught');
}

function choices({ target }: Run): Value {
  const changed = Object.entries(target.choices);
  if (changed.length === 0)
    return markup`<p>Every option of the target has its documented default.</p>`;
  return table(
    'Options of the target that differ from their documented default.',
    [{ head: 'Option' }, { head: 'Value' }],
    changed.map(([name, value]) => ({ cells: [code(name), value] })),
  );
}

function versions(run: Run): Value {
  return markup`<h3>Versions</h3>${table(
    'Of everything that could change a result.',
    [{ head: 'Part' }, { head: 'Version' }],
    Object.entries(run.versions).map(([name, version]) => ({ cells: [name, version] })),
  )}`;
}
