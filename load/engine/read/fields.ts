/** Reads an options object member by member, and refuses the members that were not read. */

import { durationMs } from './duration.ts';
import { notSupported, ScriptRefused } from './refusal.ts';

export class Fields {
  /** Names the object in messages, such as `scenario "smoke"`. */
  readonly where: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #unread: Set<string>;
  /** Each written name by its lower-case form. */
  readonly #written: ReadonlyMap<string, string>;

  /** @throws ScriptRefused where `value` is not an object. */
  constructor(where: string, value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ScriptRefused(`${where} must be an object`);
    }
    this.where = where;
    this.#values = value as Record<string, unknown>;
    const names = Object.keys(value);
    this.#unread = new Set(names.filter((name) => present(this.#values[name])));
    // As in k6, names may be in any case. If a name is there twice, the last one counts.
    this.#written = new Map(names.map((name) => [name.toLowerCase(), name]));
  }

  has(name: string): boolean {
    return present(this.#valueOf(name));
  }

  /** Undefined where the member is absent; null counts as absent, as in k6. */
  raw(name: string): unknown {
    for (const one of this.#unread) {
      if (one.toLowerCase() === name.toLowerCase()) this.#unread.delete(one);
    }
    const value = this.#valueOf(name);
    return present(value) ? value : undefined;
  }

  #valueOf(name: string): unknown {
    return this.#values[this.#written.get(name.toLowerCase()) ?? name];
  }

  /** Every member. All count as read. */
  all(): Readonly<Record<string, unknown>> {
    this.#unread.clear();
    return this.#values;
  }

  /** @throws ScriptRefused where the member is not a whole number of at least `min`, or is missing without a fallback. */
  whole(name: string, min: number, fallback?: number): number {
    const value = this.raw(name) ?? fallback;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min) return value;
    throw this.#wrong(name, value, `a whole number of at least ${min}`);
  }

  /**
   * @returns milliseconds.
   * @throws ScriptRefused where the member is not a duration, or is missing without a fallback.
   */
  duration(name: string, fallbackMs?: number): number {
    const value = this.raw(name) ?? fallbackMs;
    const ms = durationMs(value);
    if (ms === null) throw this.#wrong(name, value, "a duration such as '1m30s'");
    return ms;
  }

  /**
   * @returns milliseconds, above 0.
   * @throws ScriptRefused where the member is not a duration above 0.
   */
  positiveDuration(name: string, fallbackMs?: number): number {
    const ms = this.duration(name, fallbackMs);
    if (ms <= 0) throw this.#wrong(name, this.raw(name), 'a duration above 0');
    return ms;
  }

  /** @throws ScriptRefused where the member is not a string. */
  text(name: string, fallback: string): string {
    const value = this.raw(name) ?? fallback;
    if (typeof value === 'string') return value;
    throw this.#wrong(name, value, 'a string');
  }

  /** @throws ScriptRefused where the member is not a boolean. */
  flag(name: string): boolean {
    const value = this.raw(name) ?? false;
    if (typeof value === 'boolean') return value;
    throw this.#wrong(name, value, 'true or false');
  }

  /** @throws ScriptRefused where the member is not an array of strings. */
  texts(name: string, fallback: readonly string[]): readonly string[] {
    const value = this.raw(name) ?? fallback;
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    throw this.#wrong(name, value, 'an array of strings');
  }

  /**
   * @returns names to texts; every other type of value is converted to text.
   * @throws ScriptRefused where the member is not an object.
   */
  record(name: string): Record<string, string> {
    const value = this.raw(name) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw this.#wrong(name, value, 'an object of names to strings');
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  }

  /** @throws ScriptRefused where the member is not an array with at least one element, or an element is not an object. */
  list(name: string): readonly Fields[] {
    const value = this.raw(name);
    if (!Array.isArray(value) || value.length === 0)
      throw this.#wrong(name, value, 'a filled array');
    return value.map((one, i) => new Fields(`${name}[${i}] of ${this.where}`, one));
  }

  /** @throws ScriptRefused where a member has not been read. */
  finish(): void {
    const [name] = this.#unread;
    if (name !== undefined) throw new ScriptRefused(notSupported(`${name} of ${this.where}`));
  }

  #wrong(name: string, value: unknown, wanted: string): ScriptRefused {
    const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
    return new ScriptRefused(`${name} of ${this.where} ${found}: it must be ${wanted}`);
  }
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}
