/** What an answer must have at a place: a literal value, or a form with an example. */

/** A value of a form. The example is what the mock answers. */
export class Formed {
  /** Of an ARN, account and Region are the provider's own. `ARN of this campaign` has the id of the example. */
  readonly form: 'contact id' | 'text' | 'id' | 'campaign ARN' | 'ARN of this campaign';
  readonly example: string;

  constructor(form: Formed['form'], example: string) {
    this.form = form;
    this.example = example;
  }
}

/**
 * A list of exactly these items, in any order: no order is published. Several items may have no lists in them, because
 * Pact applies the rule of the outer list to those.
 */
export class Unordered {
  readonly items: readonly Expected[];

  constructor(items: readonly Expected[]) {
    this.items = items;
  }
}

/** Any other list, and any other value, is literal. */
export type Expected =
  | string
  | number
  | boolean
  | Formed
  | Unordered
  | readonly Expected[]
  | { readonly [member: string]: Expected };

export const EXAMPLE_MESSAGE = 'Some text for people.';

/** Some text that is not empty. AWS publishes no texts. */
export const SOME_TEXT = new Formed('text', EXAMPLE_MESSAGE);

export function someContactId(example: string): Formed {
  return new Formed('contact id', example);
}

export function someId(example: string): Formed {
  return new Formed('id', example);
}

/** The value that the mock answers. */
export function exampleOf(expected: Expected): unknown {
  if (expected instanceof Formed) return expected.example;
  if (expected instanceof Unordered) return expected.items.map(exampleOf);
  if (Array.isArray(expected)) return expected.map(exampleOf);
  if (typeof expected !== 'object') return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([name, member]) => [name, exampleOf(member)]),
  );
}
