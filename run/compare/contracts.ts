/** How the contracts of a run differ from those of an earlier one. */

import type { Change, Effect } from '../statements/changes.ts';
import type { ContractLine, RunLine } from './line.ts';

export function changesOfContracts(before: RunLine, after: RunLine): readonly Change[] {
  return after.contracts.flatMap((now) => {
    const then = before.contracts.find(({ name }) => name === now.name);
    return then
      ? [
          ...changesOfInteractions(then, now),
          ...changesOfCoverage(then, now),
          ...changesOfMutation(then, now),
          ...changesOfDrift(then, now),
        ]
      : [];
  });
}

function changesOfInteractions(then: ContractLine, now: ContractLine): readonly Change[] {
  if (then.digest === now.digest) return [];
  const contract = now.name;
  const [old, current] = [then.names?.interactions, now.names?.interactions];
  const came = current && old ? current.filter((name) => !old.includes(name)) : [];
  const went = current && old ? old.filter((name) => !current.includes(name)) : [];
  const changes: Change[] = [];
  if (went.length > 0) {
    changes.push({ kind: 'interactions gone', effect: 'regression', contract, interactions: went });
  }
  if (came.length > 0) {
    changes.push({ kind: 'interactions new', effect: 'change', contract, interactions: came });
  }
  if (changes.length > 0) return changes;
  return [
    {
      kind: 'interactions other',
      effect: now.interactions < then.interactions ? 'regression' : 'change',
      contract,
      before: then.interactions,
      after: now.interactions,
    },
  ];
}

function changesOfCoverage(then: ContractLine, now: ContractLine): readonly Change[] {
  const contract = now.name;
  const changes: Change[] = [];
  if (then.pinned !== now.pinned) {
    changes.push({
      kind: 'cells pinned',
      effect: effectOf(then.pinned, now.pinned),
      contract,
      before: then.pinned,
      after: now.pinned,
      of: now.cells,
    });
  }
  if (then.uncovered !== now.uncovered) {
    const old = then.names?.uncovered;
    changes.push({
      kind: 'cells uncovered',
      effect: effectOf(now.uncovered, then.uncovered),
      contract,
      before: then.uncovered,
      after: now.uncovered,
      cells: old ? (now.names?.uncovered ?? []).filter((cell) => !old.includes(cell)) : [],
    });
  }
  return changes;
}

function changesOfMutation(then: ContractLine, now: ContractLine): readonly Change[] {
  const [before, after] = [scoreOf(then), scoreOf(now)];
  if (before === after) return [];
  const effect: Effect =
    before === null ? 'change' : after === null ? 'regression' : effectOf(before, after);
  return [{ kind: 'mutation score', effect, contract: now.name, before, after }];
}

function changesOfDrift({ drift: before }: ContractLine, now: ContractLine): readonly Change[] {
  const { drift: after, name: contract } = now;
  if (before === after) return [];
  // Which differences are a failure is the business of the check of drift.
  return [{ kind: 'drift', effect: 'change', contract, before, after }];
}

function scoreOf({ mutation }: ContractLine): number | null {
  return mutation === null || mutation.mutants === 0 ? null : mutation.killed / mutation.mutants;
}

/** More is better. */
function effectOf(before: number, after: number): Effect {
  return after < before ? 'regression' : 'improvement';
}
