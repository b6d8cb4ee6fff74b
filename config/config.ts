/** The configuration of a project: what `dialproof.config.ts` exports, and `dialproof.config.json` contains. */

import type { DialMode } from '../campaigns/records.ts';
import type { Shift } from '../campaigns/shifts.ts';
import type { BuiltInPlanName } from '../emulator/faults/built-in-plans.ts';
import type { WrittenPlan } from '../emulator/faults/plan.ts';
import type { SeedInstance, SeedKey } from '../emulator/seed.ts';
import type { CampaignChoices } from '../operation/campaigns/choices.ts';
import type { Choices } from '../operation/connect/choices.ts';

/** Every member may be left out. A flag of a command counts before it. */
export interface Config {
  /** Address of the JSON Schema, for editors. */
  readonly $schema?: string;
  /** Region of the emulator. */
  readonly region?: string;
  /** Account of the emulator: twelve digits. */
  readonly account?: string;
  /** Access keys of the emulator, in addition to the built-in ones. They are made up, and no secrets. */
  readonly keys?: readonly SeedKey[];
  /** Instances of the emulator, with their queues, numbers and campaign ids. */
  readonly instances?: readonly SeedInstance[];
  /** Agents in every queue: how many, or shifts by the time of day (UTC). */
  readonly agents?: number | readonly Shift[];
  /** What the emulator does where AWS leaves a question open. */
  readonly choices?: Partial<Choices & CampaignChoices>;
  /** A built-in fault plan, the path of one, or the plan itself. */
  readonly faults?: BuiltInPlanName | (string & {}) | WrittenPlan;
  readonly emulator?: EmulatorConfig;
  readonly contacts?: ContactsConfig;
  readonly campaign?: CampaignConfig;
  /** Whether `dialproof run` takes in the contracts. */
  readonly contracts?: boolean;
  readonly load?: LoadConfig;
  /**
   * Scenarios, by name or path, each with values of its profile. `dialproof run` runs those that have a name; each counts
   * for `dialproof load run` of that scenario.
   */
  readonly scenarios?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly outputs?: OutputsConfig;
  readonly publishing?: PublishingConfig;
  /** Folder in which each run gets its own folder. */
  readonly out?: string;
}

/** Of `dialproof emulator`. */
export interface EmulatorConfig {
  readonly port?: number;
  readonly controlPort?: number;
  /** `aws`: 10 requests a second, burst 15; `stress`: no quota. */
  readonly profile?: 'aws' | 'stress';
  /** Requests a second, instead of the profile's. */
  readonly rate?: number;
  /** Burst, instead of the profile's. */
  readonly burst?: number;
  /** How many times as fast as the system clock its clock runs. */
  readonly speed?: number;
  /** Folder that keeps contacts and tokens. */
  readonly dataDir?: string;
  /** `redis://…` of a store that several emulators share. */
  readonly store?: string;
  /** Seconds for which contacts and tokens are kept. */
  readonly retention?: number;
  /** Origins of web pages that may call it. */
  readonly cors?: readonly string[];
  /** File or URL that gets a line for every call that campaigns make. */
  readonly dials?: string;
  /** Files and URLs that get every contact event. */
  readonly events?: readonly string[];
  /** File that gets a line for every request. */
  readonly accessLog?: string;
  /** File that gets the calls that hand over dial requests. */
  readonly feederJournal?: string;
}

/** Of the contacts that `run`, `load run` and `generate` make. */
export interface ContactsConfig {
  readonly seed?: number;
  readonly batches?: number;
  readonly contactsPerBatch?: number;
  readonly locales?: readonly string[];
  /** Shares of failure codes: `none`, `every=0.1` or `CODE=0.05,…`. */
  readonly mix?: string;
}

/** Of `campaign run` and `campaign plan`. */
export interface CampaignConfig {
  readonly mode?: DialMode;
  readonly contacts?: number;
  readonly bandwidth?: number;
  readonly capacity?: number;
  readonly feeder?: 'fill' | 'blast';
  /** Seconds until a dial request expires. */
  readonly expiresIn?: number;
  readonly resends?: number;
  readonly pendingLimit?: number;
  /** How many times as fast as the system clock `campaign run` goes. */
  readonly speed?: number;
  /** Hours of the day (UTC) in which the feeder sends, such as `09:00-20:00`. */
  readonly hours?: string;
}

/** Of `run` and `load run`. */
export interface LoadConfig {
  readonly engine?: 'dialproof' | 'k6';
  /** Path of k6, for the engine `k6`. */
  readonly k6?: string;
  readonly workers?: number;
}

/** Where metrics go during a load. */
export interface OutputsConfig {
  readonly json?: string;
  readonly otlp?: string;
  readonly prometheus?: string;
}

/** Of `dialproof publish`. Secrets, and URLs that contain one, are in the environment. */
export interface PublishingConfig {
  /** Targets, such as `github` or `folder=site`. */
  readonly to?: readonly string[];
  /** `always`, `failure`, `change`, or `TARGET=WHEN`. */
  readonly on?: readonly string[];
  /** Runs that a site keeps. */
  readonly keep?: number;
  /** Where the report can be read; `{run}` stands for the folder of the run. */
  readonly reportUrl?: string;
  /** run.json of the run to compare with. */
  readonly baseline?: string;
}

/** Returns the configuration as it is. It gives editors its type. */
export function defineConfig(config: Config): Config {
  return config;
}
