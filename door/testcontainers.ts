/** `dialproof/testcontainers`: the emulator as a container of testcontainers. */

import {
  AbstractStartedContainer,
  GenericContainer,
  type StartedTestContainer,
} from 'testcontainers';
import { checkStaff, type Shift } from '../campaigns/shifts.ts';
import type { BugName } from '../emulator/bugs/bugs.ts';
import { credentialsAmong } from '../emulator/emulator.ts';
import type { BuiltInPlanName } from '../emulator/faults/built-in-plans.ts';
import type { WrittenPlan } from '../emulator/faults/plan.ts';
import { ordinaryKeys } from '../emulator/identity/keys.ts';
import { readSeed, type Seed } from '../emulator/seed.ts';
import type { CampaignChoices } from '../operation/campaigns/choices.ts';
import type { Choices } from '../operation/connect/choices.ts';
import { ordinaryFacts } from '../operation/connect/facts.ts';
import { UserError } from '../system/errors.ts';
import { type ClientConfig, type Credentials, credentialsOf } from './account.ts';
import { planOf } from './faults.ts';

export type { ClientConfig, Credentials } from './account.ts';

/** Ports in the container. */
const API_PORT = 4010;
const CONTROL_PORT = 4011;

const SEED_FILE = '/etc/dialproof/seed.json';
const FAULTS_FILE = '/etc/dialproof/faults.json';

/**
 * A container with the emulator. It has started when its health check, or where the image has none, its ports say so.
 *
 * Options that have no method here are environment variables: `.withEnvironment({ DIALPROOF_SPEED: '60' })`.
 */
export class DialproofContainer extends GenericContainer {
  #account: string;
  #region: string;
  #seed: Seed | null = null;

  /** @param image with dialproof, such as one built from its Dockerfile. */
  constructor(image: string) {
    super(image);
    const { account, region } = ordinaryFacts();
    this.#account = account;
    this.#region = region;
    this.withExposedPorts(API_PORT, CONTROL_PORT);
  }

  /**
   * @param account twelve digits.
   * @throws UserError for another text.
   */
  withAccount(account: string): this {
    if (!/^\d{12}$/.test(account)) {
      throw new UserError(`"${account}" is no account: give twelve digits`);
    }
    this.#account = account;
    return this.#with('ACCOUNT', account);
  }

  /** Default us-east-1. */
  withRegion(region: string): this {
    this.#region = region;
    return this.#with('REGION', region);
  }

  /** `aws` (default) has the published quota, 10 requests a second with a burst of 15; `stress` has no quota. */
  withProfile(profile: 'aws' | 'stress'): this {
    return this.#with('PROFILE', profile);
  }

  /** Instances, queues, numbers, campaign ids and keys in addition to the default ones. A wrong seed is refused at the start. */
  withSeed(seed: Seed): this {
    this.#seed = seed;
    return this;
  }

  /**
   * Behaviour that AWS does not publish. A second call adds to the first.
   *
   * @throws UserError for a value with a space in it, which no variable can pass on.
   */
  withChoice(choices: Partial<Choices & CampaignChoices>): this {
    for (const [name, value] of Object.entries(choices)) this.#add('CHOICE', `${name}=${value}`);
    return this;
  }

  /** A defect to put into the endpoint, so that a test can prove that it notices it. A second call adds to the first. */
  withBug(bug: BugName): this {
    return this.#add('BUG', bug);
  }

  /**
   * Faults from the start: the name of a plan, or a plan.
   *
   * @throws UserError for an unknown name, and for an invalid plan.
   */
  withFaults(plan: BuiltInPlanName | WrittenPlan): this {
    const read = planOf(plan);
    if (typeof plan === 'string') return this.#with('FAULTS', plan);
    return this.#file('FAULTS', FAULTS_FILE, read);
  }

  /**
   * The agents in every queue, who take the calls of campaigns: a number, or shifts by UTC. Default 10.
   *
   * @throws UserError for a number or a shift that cannot be.
   */
  withAgents(agents: number | readonly Shift[]): this {
    if (typeof agents === 'number') {
      checkStaff({ count: agents });
      return this.#with('AGENTS', String(agents));
    }
    checkStaff({ shifts: agents });
    for (const { from, to, agents: n } of agents) this.#add('SHIFT', `${from}-${to}=${n}`);
    return this;
  }

  /** @throws UserError for a seed that is not one. Nothing is then started. */
  override async start(): Promise<StartedDialproofContainer> {
    const facts = ordinaryFacts({ account: this.#account, region: this.#region });
    if (this.#seed !== null) {
      readSeed(this.#seed, facts);
      this.#file('SEED', SEED_FILE, this.#seed);
    }
    return new StartedDialproofContainer(await super.start(), {
      account: this.#account,
      region: this.#region,
      instanceId: facts.instances[0]?.id ?? '',
    });
  }

  #with(name: string, value: string): this {
    return this.withEnvironment({ [`DIALPROOF_${name}`]: value });
  }

  #add(name: string, value: string): this {
    if (/\s/.test(value)) throw new UserError(`"${value}" has a space: an option cannot`);
    const before = this.environment[`DIALPROOF_${name}`];
    return this.#with(name, before === undefined ? value : `${before} ${value}`);
  }

  #file(name: string, target: string, content: object): this {
    this.contentsToCopy = this.contentsToCopy.filter((file) => file.target !== target);
    return this.withCopyContentToContainer([{ content: JSON.stringify(content), target }]).#with(
      name,
      target,
    );
  }
}

interface Settings {
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
}

/** A container whose emulator can answer calls. */
export class StartedDialproofContainer extends AbstractStartedContainer {
  readonly #settings: Settings;

  constructor(started: StartedTestContainer, settings: Settings) {
    super(started);
    this.#settings = settings;
  }

  /** The URL of the endpoint, as this machine reaches it. */
  getEndpoint(): string {
    return this.#urlOf(API_PORT);
  }

  /** The URL of the control door, as this machine reaches it. Docs: docs/control.md. */
  getControlUrl(): string {
    return this.#urlOf(CONTROL_PORT);
  }

  /** Twelve digits. */
  getAccount(): string {
    return this.#settings.account;
  }

  getRegion(): string {
    return this.#settings.region;
  }

  /** Id of the first instance. */
  getInstanceId(): string {
    return this.#settings.instanceId;
  }

  /** The service principal of outbound campaigns, who may call BatchPutContact. */
  getCredentials(): Credentials {
    return credentialsOf(credentialsAmong(ordinaryKeys(this.#settings.account)).principal);
  }

  /** Options for the constructor of an AWS SDK client. */
  getClientConfig(): ClientConfig {
    return {
      endpoint: this.getEndpoint(),
      region: this.getRegion(),
      credentials: this.getCredentials(),
    };
  }

  /** Drops contacts, tokens and faults, fills the rate buckets and sets the clock right. */
  async reset(): Promise<void> {
    const response = await fetch(`${this.getControlUrl()}/reset`, { method: 'POST' });
    if (!response.ok) {
      throw new UserError(
        `the control door at ${this.getControlUrl()} answered ${response.status}: ${await response.text()}`,
      );
    }
  }

  #urlOf(port: number): string {
    return `http://${this.getHost()}:${this.getMappedPort(port)}`;
  }
}
