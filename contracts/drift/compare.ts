/**
 * Compares a published model with ours. A difference is described as a change from our model to theirs.
 *
 * The three levels follow smithy-diff. Its ERROR is breaking, its DANGER and WARNING are a warning, and its
 * NOTE is a notice. The levels of two changes are our own, because smithy-diff has no rule for them:
 * - A tighter bound on a request is breaking. Any other change of a bound is a warning.
 * - A new value in an enum of the answer is a warning, because consumers may switch on the values.
 */

import type { DriftRow } from '../../run/run.ts';
import type { BoundNamed, DriftChange, Way } from '../../run/statements/contracts.ts';
import type { Bound, Member, Members, Model } from './model.ts';

type Level = DriftRow['level'];

/** @returns the differences, breaking ones first. Only what both models specify is compared. */
export function compare(ours: Model, theirs: Model): DriftRow[] {
  const rows = [
    ...bindings(ours, theirs),
    ...names(ours, theirs),
    ...members('request', ours.input, theirs.input, theirs.knows.bounds),
    ...members('response', ours.output, theirs.output, theirs.knows.bounds),
    ...enums(ours, theirs),
    ...errors(ours, theirs),
  ];
  const order: readonly Level[] = ['breaking', 'warning', 'notice'];
  return rows.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function bindings(ours: Model, theirs: Model): DriftRow[] {
  return (['method', 'uri', 'status'] as const).flatMap((what) =>
    ours[what] === theirs[what]
      ? []
      : [
          row('breaking', {
            kind: 'binding',
            what,
            theirs: String(theirs[what]),
            ours: String(ours[what]),
          }),
        ],
  );
}

/** Another signing name breaks clients. The other names show that the model is of another service or version. */
function names(ours: Model, theirs: Model): DriftRow[] {
  return (['signingName', 'endpointPrefix', 'apiVersion'] as const).flatMap((what) => {
    const mine = ours.service[what];
    const other = theirs.service[what];
    if (mine === undefined || other === undefined || other === mine) return [];
    const level = what === 'signingName' ? 'breaking' : 'warning';
    return [row(level, { kind: 'service', what, theirs: other, ours: mine })];
  });
}

function members(way: Way, ours: Members, theirs: Members, bounds: boolean): DriftRow[] {
  const gone = [...ours.keys()]
    .filter((path) => !theirs.has(path) && !hasMissingParent(path, ours, theirs))
    .map((path) => row('breaking', { kind: 'member gone', way, member: path }));
  const added = [...theirs]
    .filter(([path]) => !ours.has(path) && !hasMissingParent(path, theirs, ours))
    .map(([path, member]) => {
      const required = member.required && way === 'request';
      const change = { kind: 'member new' as const, way, member: path, required };
      return row(required ? 'breaking' : 'notice', change);
    });
  const changed = [...ours].flatMap(([path, mine]) => {
    const other = theirs.get(path);
    return other ? memberChanges(way, path, mine, other, bounds) : [];
  });
  return [...gone, ...added, ...changed];
}

/** Whether a parent of the member is itself gone or new. Only the parent is then reported. */
function hasMissingParent(path: string, there: Members, missingIn: Members): boolean {
  return [...there.keys()].some(
    (parent) =>
      /^[.[{]/.test(path.slice(parent.length)) && path.startsWith(parent) && !missingIn.has(parent),
  );
}

function memberChanges(
  way: Way,
  path: string,
  ours: Member,
  theirs: Member,
  bounds: boolean,
): DriftRow[] {
  const where = { way, member: path };
  if (ours.type !== theirs.type) {
    const change = { kind: 'member type' as const, ...where, theirs: theirs.type, ours: ours.type };
    return [row('breaking', change)];
  }
  const found: DriftRow[] = [];
  if (theirs.required !== ours.required) {
    const breaks = theirs.required === (way === 'request');
    found.push(
      row(breaks ? 'breaking' : 'notice', {
        kind: 'member required',
        ...where,
        required: theirs.required,
      }),
    );
  }
  if (bounds && !isSameBound(ours.bound, theirs.bound)) {
    const breaks = way === 'request' && isTighter(theirs.bound, ours.bound);
    found.push(
      row(breaks ? 'breaking' : 'warning', {
        kind: 'member bound',
        ...where,
        theirs: named(theirs.bound),
        ours: named(ours.bound),
      }),
    );
  }
  if (bounds && theirs.pattern !== ours.pattern) {
    const breaks = way === 'request' && theirs.pattern !== null;
    found.push(
      row(breaks ? 'breaking' : 'warning', {
        kind: 'member pattern',
        ...where,
        theirs: theirs.pattern,
        ours: ours.pattern,
      }),
    );
  }
  return found;
}

function enums(ours: Model, theirs: Model): DriftRow[] {
  const mine = valuesByEnum(ours);
  const other = valuesByEnum(theirs);
  return [...mine].flatMap(([name, { way, values }]) => {
    const found = other.get(name)?.values;
    if (!found) return [];
    return [
      ...values
        .filter((value) => !found.includes(value))
        .map((value) => row('breaking', { kind: 'value gone', enum: name, value })),
      ...found
        .filter((value) => !values.includes(value))
        .map((value) =>
          row(way === 'response' ? 'warning' : 'notice', { kind: 'value new', enum: name, value }),
        ),
    ];
  });
}

function valuesByEnum({ input, output }: Model) {
  const found = new Map<string, { way: Way; values: readonly string[] }>();
  for (const [way, side] of [
    ['request', input],
    ['response', output],
  ] as const) {
    for (const { values } of side.values()) {
      if (values) found.set(values.enum, { way, values: values.values });
    }
  }
  return found;
}

function errors(ours: Model, theirs: Model): DriftRow[] {
  const found = [...ours.errors].flatMap(([name, status]) => {
    const other = theirs.errors.get(name);
    if (other === undefined) return [row('warning', { kind: 'error gone', error: name })];
    return other === status
      ? []
      : [row('breaking', { kind: 'error status', error: name, theirs: other, ours: status })];
  });
  if (!theirs.knows.errorsOfOperation) return found;
  return [
    ...found,
    ...[...theirs.errors]
      .filter(([name]) => !ours.errors.has(name))
      .map(([name, status]) => row('warning', { kind: 'error new', error: name, status })),
  ];
}

function isSameBound(a: Bound, b: Bound): boolean {
  return a.min === b.min && a.max === b.max;
}

function isTighter(bound: Bound, than: Bound): boolean {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bound;
  return (
    min > (than.min ?? Number.NEGATIVE_INFINITY) || max < (than.max ?? Number.POSITIVE_INFINITY)
  );
}

function named({ min, max }: Bound): BoundNamed {
  return { min: min ?? null, max: max ?? null };
}

function row(level: Level, change: DriftChange): DriftRow {
  return { level, change };
}
