/** The tree of groups and checks, in the form of k6's summary. */

import { createHash } from 'node:crypto';

export interface CheckSummary {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly passes: number;
  readonly fails: number;
}

export interface GroupSummary {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly groups: readonly GroupSummary[];
  readonly checks: readonly CheckSummary[];
}

interface Check {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  passes: number;
  fails: number;
}

export class Group {
  readonly name: string;
  /** `''` at the root, `::outer::inner` below. */
  readonly path: string;
  readonly #groups = new Map<string, Group>();
  readonly #checks = new Map<string, Check>();

  constructor(name: string, path: string) {
    this.name = name;
    this.path = path;
  }

  /**
   * The group `name` in this group. It is created on first use.
   *
   * @throws Error where the name contains `::`.
   */
  child(name: string): Group {
    if (name.includes('::')) throw new Error(`group and check names may not contain '::': ${name}`);
    const known = this.#groups.get(name);
    if (known) return known;
    const made = new Group(name, `${this.path}::${name}`);
    this.#groups.set(name, made);
    return made;
  }

  count(checkName: string, passed: boolean): void {
    const check = this.#check(checkName);
    if (passed) check.passes += 1;
    else check.fails += 1;
  }

  /** Adds the checks and groups of another instance's group. */
  take({ checks, groups }: GroupSummary): void {
    for (const { name, passes, fails } of checks) {
      const check = this.#check(name);
      check.passes += passes;
      check.fails += fails;
    }
    for (const group of groups) this.child(group.name).take(group);
  }

  #check(checkName: string): Check {
    let check = this.#checks.get(checkName);
    if (!check) {
      if (checkName.includes('::')) {
        throw new Error(`group and check names may not contain '::': ${checkName}`);
      }
      const path = `${this.path}::${checkName}`;
      check = { name: checkName, path, id: idOf(path), passes: 0, fails: 0 };
      this.#checks.set(checkName, check);
    }
    return check;
  }

  summary(): GroupSummary {
    return {
      name: this.name,
      path: this.path,
      id: idOf(this.path),
      groups: [...this.#groups.values()].map((group) => group.summary()),
      checks: [...this.#checks.values()].map((check) => ({ ...check })),
    };
  }
}

function idOf(path: string): string {
  return createHash('md5').update(path).digest('hex');
}
