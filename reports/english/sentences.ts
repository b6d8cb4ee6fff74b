/** Turns statements into English. The compiler requires a sentence for each kind. */

/** A value with a kind. */
interface Kinded {
  readonly kind: string;
}

/** Kind -> how it is said. */
export type Sentences<Statement extends Kinded> = {
  readonly [Kind in Statement['kind']]: (statement: Extract<Statement, { kind: Kind }>) => string;
};

/** The one function that says every kind of a union. */
export function saying<Statement extends Kinded>(
  sentences: Sentences<Statement>,
): (statement: Statement) => string {
  const all = sentences as unknown as Readonly<Record<string, (statement: Statement) => string>>;
  return (statement) => {
    const say = all[statement.kind];
    if (!say) throw new Error(`nothing says ${JSON.stringify(statement.kind)}`);
    return say(statement);
  };
}

/** The sentence of a run.json of version 1, as it was written. */
export const oldText = { text: ({ text }: { readonly text: string }) => text };

/** The first few names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join('; ') + more;
}

/** A measured value, to a thousandth. */
export function measured(value: number | null): string {
  return value === null ? 'no sample' : String(Number(value.toFixed(3)));
}
