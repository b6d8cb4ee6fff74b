/** The forms of requests: what a value may be. A value of another form refuses the call. */

export class Refusal extends Error {
  readonly status: number;
  readonly members: object;

  constructor(status: number, name: string, message: string, members: object = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}

/** @throws Refusal for a value of another form. */
export type Form = (value: unknown, where: string) => void;
type Forms = Readonly<Record<string, Form>>;

function must(holds: boolean, text: string): void {
  if (!holds) throw new Refusal(400, 'ValidationException', text);
}

export function text(least: number, most: number, pattern = /^/): Form {
  return (value, where) => {
    must(typeof value === 'string', `${where} is a text`);
    const { length } = value as string;
    must(length >= least && length <= most, `${where} has ${least} to ${most} characters`);
    must(pattern.test(value as string), `${where} has the pattern ${pattern.source}`);
  };
}

export function number(least: number, most: number): Form {
  return (value, where) =>
    must(
      typeof value === 'number' && value >= least && value <= most,
      `${where} is ${least} to ${most}`,
    );
}

export function integer(least: number, most: number): Form {
  return (value, where) => {
    if (!Number.isInteger(value)) {
      throw new Refusal(400, 'SerializationException', `${where} is an integer`);
    }
    number(least, most)(value, where);
  };
}

export const flag: Form = (value, where) =>
  must(typeof value === 'boolean', `${where} is true or false`);

export const moment: Form = (value, where) =>
  must(typeof value === 'string' && !Number.isNaN(Date.parse(value)), `${where} is a time`);

export const anything: Form = () => {};

export function oneOf(...values: readonly string[]): Form {
  return (value, where) =>
    must(values.includes(value as string), `${where} is ${values.join(' or ')}`);
}

export function list(least: number, most: number, of: Form): Form {
  return (value, where) => {
    must(Array.isArray(value), `${where} is a list`);
    const items = value as unknown[];
    must(
      items.length >= least && items.length <= most,
      `${where} has ${least} to ${most} items, not ${items.length}`,
    );
    for (const [i, item] of items.entries()) of(item, `${where}[${i}]`);
  };
}

export function map(key: Form, of: Form): Form {
  return (value, where) => {
    for (const [name, member] of Object.entries(asObject(value, where))) {
      key(name, `a key of ${where}`);
      of(member, `${where}.${name}`);
    }
  };
}

/** Members that the form does not name are ignored. */
export function structure(required: Forms, optional: Forms = {}): Form {
  return (value, where) => {
    const members = asObject(value, where);
    for (const [name, form] of Object.entries({ ...required, ...optional })) {
      const member = members[name] ?? undefined;
      must(member !== undefined || !(name in required), `${where}.${name} is required`);
      if (member !== undefined) form(member, `${where}.${name}`);
    }
  };
}

/** Exactly one of the members. */
export function union(members: Forms): Form {
  return (value, where) => {
    must(Object.keys(asObject(value, where)).length === 1, `${where} has one member`);
    structure({}, members)(value, where);
  };
}

function asObject(value: unknown, where: string): Record<string, unknown> {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} is a map`);
  return value as Record<string, unknown>;
}
