/** Collects findings: one for each kind and campaign, with the number of cases and the first of them. */

import type { FeederCall } from '../operation/campaigns/feeder-call.ts';
import type { FeederFinding, FeederFindingKind } from '../run/statements/feeder.ts';
import type { Sending } from './sendings.ts';

type Found<Kind extends FeederFindingKind> = Extract<FeederFinding, { kind: Kind }>;
/** The members that a kind has of its own, and how sure it is. */
export type Case<Kind extends FeederFindingKind> = Omit<Found<Kind>, 'kind' | 'count' | 'first'>;

export interface Findings {
  readonly all: readonly FeederFinding[];
  /**
   * Counts a case.
   *
   * @param one what is said of it; of several cases, `worse` chooses.
   */
  add<Kind extends FeederFindingKind>(
    kind: Kind,
    where: Sending | { readonly call: FeederCall },
    one: Case<Kind>,
    worse?: (one: Case<Kind>, than: Case<Kind>) => boolean,
    by?: number,
  ): void;
}

export function createFindings(): Findings {
  const found = new Map<string, FeederFinding>();
  return {
    get all() {
      return [...found.values()];
    },
    add(kind, where, one, worse = () => false, by = 1) {
      const { call } = where;
      const key = `${kind} ${call.campaignId}`;
      const before = found.get(key) as unknown as
        | (typeof one & { readonly count: number; readonly first: object })
        | undefined;
      const first = before?.first ?? {
        campaignId: call.campaignId,
        call: call.number,
        at: call.arrivedAt,
        clientToken: 'item' in where ? where.item.clientToken : null,
      };
      const said = before && !worse(one, before) ? before : one;
      const whole = { ...said, kind, count: (before?.count ?? 0) + by, first };
      found.set(key, whole as unknown as FeederFinding);
    },
  };
}
