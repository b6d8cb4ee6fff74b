/**
 * Compares a published model with ours. A difference is described as a change from our model to theirs.
 *
 * The three levels follow smithy-diff. Its ERROR is breaking, its DANGER and WARNING are a warning, and its
 * NOTE is a notice. The levels of some changes are our own, because smithy-diff has no rule for them:
 * - A tighter bound on a request is breaking. Any other change of a bound is a warning.
 * - A new value in an enum of the answer is a warning, because consumers may switch on the values.
 * - An enum on a member of the request that had none is breaking. Any other enum that comes or goes is a warning.
 */

import type { DriftRow } from '../../run/run.ts';
import type { BoundNamed, DriftChange, Way } from '../../run/statements/contracts.ts';
import type { Bound, Member, Members, Model, Values } from './model.ts';

export type Difference = Pick<DriftRow, 'level' | 'change'>;

type Level = Difference['level'];

const LEVELS: readonly Level[] = ['breaking', 'warning', 'notice'];

/** Traits of which a client may depend on the presence. */
const PROMISES = ['idempotencyToken', 'idempotent', 'readonly'];

/** @returns the differences, breaking ones first. Only what both models specify is compared. */
export function compare(ours: Model, theirs: Model): Difference[] {
  const rows = [
    ...bindings(ours, theirs),
    ...names(ours, theirs),
    ...traits(ours.traits, theirs, (trait, has) => ({
      kind: 'operation trait',
      trait,
      theirs: has,
    })),
    ...members('request', ours.input, theirs.input, theirs),
    ...members('response', ours.output, theirs.output, theirs),
    ...errors(ours, theirs),
  ];
  return distinct(rows.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)));
}

/** An enum that several members have is told once, at its gravest level. */
function distinct(rows: readonly Difference[]): Difference[] {
  const told = new Set<string>();
  return rows.filter(({ change }) => {
    const key = JSON.stringify(change);
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
}

function bindings(ours: Model, theirs: Model): Difference[] {
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

/** The other names show that the model is of another service or version. */
function names(ours: Model, theirs: Model): Difference[] {
  return (['signingName', 'protocol', 'endpointPrefix', 'apiVersion'] as const).flatMap((what) => {
    const mine = ours.service[what];
    const other = theirs.service[what];
    if (mine === undefined || other === undefined || other === mine) return [];
    const breaks = what === 'signingName' || what === 'protocol';
    return [
      row(breaks ? 'breaking' : 'warning', { kind: 'service', what, theirs: other, ours: mine }),
    ];
  });
}

function traits(
  ours: readonly string[],
  theirs: Pick<Model, 'traits' | 'knows'>,
  change: (trait: string, has: boolean) => DriftChange,
): Difference[] {
  return theirs.knows.traits.flatMap((trait) => {
    const has = theirs.traits.includes(trait);
    if (has === ours.includes(trait)) return [];
    const breaks = !has && PROMISES.includes(trait);
    const warns = has && trait === 'deprecated';
    return [row(breaks ? 'breaking' : warns ? 'warning' : 'notice', change(trait, has))];
  });
}

function members(way: Way, ours: Members, theirs: Members, { knows }: Pick<Model, 'knows'>) {
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
    return other ? memberChanges(way, path, mine, other, knows) : [];
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
  knows: Model['knows'],
): Difference[] {
  const where = { way, member: path };
  if (ours.type !== theirs.type) {
    const change = { kind: 'member type' as const, ...where, theirs: theirs.type, ours: ours.type };
    return [row('breaking', change)];
  }
  const found: Difference[] = [];
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
  if (ours.place.in !== theirs.place.in || ours.place.name !== theirs.place.name) {
    const places = { theirs: theirs.place, ours: ours.place };
    // The items of a list are where the list is.
    if (!/[\]}]$/.test(path))
      found.push(row('breaking', { kind: 'member place', ...where, ...places }));
  } else if (ours.format !== null && theirs.format !== null && ours.format !== theirs.format) {
    const formats = { theirs: theirs.format, ours: ours.format };
    found.push(row('breaking', { kind: 'member format', ...where, ...formats }));
  }
  if (knows.bounds && !isSameBound(ours.bound, theirs.bound)) {
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
  if (knows.bounds && theirs.pattern !== ours.pattern) {
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
  return [
    ...found,
    ...traits(ours.traits, { traits: theirs.traits, knows }, (trait, has) => ({
      kind: 'member trait',
      ...where,
      trait,
      theirs: has,
    })),
    ...values(where, ours.values, theirs.values),
  ];
}

function values(
  where: { readonly way: Way; readonly member: string },
  ours: Values | null,
  theirs: Values | null,
): Difference[] {
  const isRequest = where.way === 'request';
  if (!ours || !theirs) {
    const one = ours ?? theirs;
    if (!one) return [];
    const isNew = ours === null;
    const change = { ...where, enum: one.enum };
    return [
      isNew
        ? row(isRequest ? 'breaking' : 'warning', { kind: 'enum new', ...change })
        : row('warning', { kind: 'enum gone', ...change }),
    ];
  }
  return [
    ...ours.values
      .filter((value) => !theirs.values.includes(value))
      .map((value) => row('breaking', { kind: 'value gone', enum: ours.enum, value })),
    ...theirs.values
      .filter((value) => !ours.values.includes(value))
      .map((value) =>
        row(isRequest ? 'notice' : 'warning', { kind: 'value new', enum: ours.enum, value }),
      ),
  ];
}

function errors(ours: Model, theirs: Model): Difference[] {
  const found = [...ours.errors].flatMap(([name, mine]) => {
    const other = theirs.errors.get(name);
    if (other === undefined) return [row('warning', { kind: 'error gone', error: name })];
    const inside = (of: Members): Members =>
      new Map([...of].map(([path, member]) => [`${name}.${path}`, member]));
    return [
      ...(other.status === mine.status
        ? []
        : [
            row('breaking', {
              kind: 'error status',
              error: name,
              theirs: other.status,
              ours: mine.status,
            }),
          ]),
      ...members('error', inside(mine.members), inside(other.members), theirs),
    ];
  });
  if (!theirs.knows.errorsOfOperation) return found;
  return [
    ...found,
    ...[...theirs.errors]
      .filter(([name]) => !ours.errors.has(name))
      .map(([name, { status }]) => row('warning', { kind: 'error new', error: name, status })),
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

function row(level: Level, change: DriftChange): Difference {
  return { level, change };
}
