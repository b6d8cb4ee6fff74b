/** Parses a threshold's expression, such as `p(95)<200`. */

export interface Expression {
  /** Such as `count`, `rate`, `p(95)`. */
  readonly aggregate: string;
  readonly operator: string;
  readonly limit: number;
}

const EXPRESSION =
  /^\s*([a-z]+(?:\([^)]*\))?)\s*(<=|>=|===|==|!=|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/;

/** Null for a text that is no expression. Which aggregates there are is the metric's matter. */
export function readExpression(text: string): Expression | null {
  const parts = EXPRESSION.exec(text);
  if (!parts) return null;
  const [, aggregate = '', operator = '', written = ''] = parts;
  const limit = Number(written);
  return Number.isFinite(limit) ? { aggregate, operator, limit } : null;
}

/**
 * Whether every value from 0 up keeps the promise. Scripts write such a threshold, often `max>=0`, to see a sub-metric
 * in the summary.
 */
export function isKeptByAll({ operator, limit }: Omit<Expression, 'aggregate'>): boolean {
  return (operator === '>=' && limit <= 0) || (operator === '>' && limit < 0);
}
