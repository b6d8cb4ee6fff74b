/**
 * Which failures a set of failures explains. Failures are taken by class: those of one class are explained by the same
 * failures. There are few classes, however many failures a run has.
 */

import { EXPLAINS, LOCAL } from './explains.ts';
import type { Sign } from './signs.ts';

/** Metrics of time and of the schedule. A wrong answer does not make them worse. */
const OF_TIME = /duration|waiting|blocked|connecting|receiving|sending|dropped|tls/;

const isThreshold = ({ sign }: Sign): boolean => sign === 'threshold';
const isLocal = ({ sign }: Sign): boolean => sign in LOCAL;
const isOfTime = (sign: Sign): boolean => isThreshold(sign) && OF_TIME.test(sign.cause.broken);

export function classOf(sign: Sign): string {
  return JSON.stringify([
    sign.sign,
    sign.scenario,
    isOfTime(sign),
    // Only what is local is explained by its number.
    isLocal(sign) ? sign.count : null,
  ]);
}

/** Class -> its failure that occurred most often, which explains most. */
export function classesOf(signs: readonly Sign[]): ReadonlyMap<string, Sign> {
  return mostOf(signs, classOf);
}

/** One failure for each kind and scenario, the one that occurred most often: the others explain no more. */
export function distinct(own: readonly Sign[]): readonly Sign[] {
  return [...mostOf(own, ({ sign, scenario }) => JSON.stringify([sign, scenario])).values()];
}

function mostOf(signs: readonly Sign[], keyOf: (sign: Sign) => string): Map<string, Sign> {
  const most = new Map<string, Sign>();
  for (const sign of signs) {
    const known = most.get(keyOf(sign));
    if (!known || known.count < sign.count) most.set(keyOf(sign), sign);
  }
  return most;
}

/** The classes that the failures `own` of one cause explain. */
export function explainedBy(
  own: readonly Sign[],
  classes: ReadonlyMap<string, Sign>,
): ReadonlySet<string> {
  const explained = new Map<string, Sign>();
  const explain = (isExplained: (sign: Sign) => boolean) => {
    for (const [key, sign] of classes) {
      if (!explained.has(key) && isExplained(sign)) explained.set(key, sign);
    }
  };
  const symptoms = () => [...own, ...explained.values()].filter((one) => !isThreshold(one));
  explain((sign) => !isThreshold(sign) && own.some((one) => isFrom(sign, one)));
  // What is explained in its own scenario only may follow from a symptom there.
  const there = symptoms().filter((one) => !isLocal(one));
  explain((sign) => isLocal(sign) && there.some((one) => isFrom(sign, one)));
  // A threshold counts what is wrong in its scenario.
  const wrong = new Set(symptoms().map(({ scenario }) => scenario));
  explain(
    (sign) =>
      isThreshold(sign) &&
      (own.some((one) => isEnd(one) && one.scenario === sign.scenario) ||
        (!isOfTime(sign) && wrong.has(sign.scenario))),
  );
  return new Set(explained.keys());
}

/** Whether all calls of a scenario were refused. */
const isEnd = ({ sign }: Sign): boolean => sign.startsWith('load: ');

function isFrom(sign: Sign, own: Sign): boolean {
  // Where all calls were refused, what else the scenario shows follows from it.
  if (isEnd(own) && !isEnd(sign)) return own.scenario === sign.scenario && sign.scenario !== null;
  if (!(EXPLAINS[own.sign] ?? []).includes(sign.sign)) return false;
  const except = LOCAL[sign.sign];
  return (
    except === undefined ||
    except.includes(own.sign) ||
    (own.scenario === sign.scenario && own.count >= sign.count)
  );
}
