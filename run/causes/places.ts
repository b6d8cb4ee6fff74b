/** Names of the places of a run where something can fail. Reports find the cause of a case by them. */

const joined = (...parts: readonly string[]): string => parts.join('\u0000');

export const interaction = (contract: string, description: string): string =>
  joined('interaction', contract, description);

export const contractCheck = (contract: string, check: string): string =>
  joined('contract check', contract, check);

export const campaignCheck = (check: string): string => joined('campaign check', check);

export const invariant = (scenario: string, name: string): string =>
  joined('invariant', scenario, name);

export const threshold = (scenario: string, metric: string, expression: string): string =>
  joined('threshold', scenario, metric, expression);

export const scenario = (name: string): string => joined('scenario', name);

export const selfCheck = (name: string): string => joined('self-check', name);

export const seededBug = (name: string): string => joined('seeded bug', name);

/** The parts of a place, for a text. */
export const partsOf = (place: string): readonly string[] => place.split('\u0000');
