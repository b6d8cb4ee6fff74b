/** The provider states that this provider can be brought to (docs/provider-states.md of dialproof). */

export interface Day {
  readonly instances: readonly {
    readonly id: string;
    readonly queues: readonly { readonly id: string; readonly enabled: boolean }[];
    readonly numbers: readonly string[];
    readonly campaigns: readonly string[];
  }[];
  readonly customerEndpointTypes: readonly string[];
  /** Bytes. */
  readonly largestBody: number;
  /** The error of every good call. */
  readonly failing: { readonly error: string; readonly status: number } | null;
  /** The name of the error of every call over the quota. */
  readonly throttled: string | null;
  /** Customer address -> failure code. */
  readonly failingContacts: Map<string, string>;
  readonly tokens: Map<string, { instanceId: string; contacts: unknown; results: unknown }>;
}

/** What the provider has when it starts: the instance of the page on provider states. */
const INSTANCE: Day['instances'][number] = {
  id: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
  queues: [{ id: '1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01', enabled: true }],
  numbers: ['+12065550100'],
  campaigns: ['5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f'],
};

export function ordinaryDay(params: Partial<Day> = {}): Day {
  return {
    instances: [INSTANCE],
    customerEndpointTypes: ['TELEPHONE_NUMBER'],
    ...params,
    largestBody: 4 * 2 ** 20,
    failing: null,
    throttled: null,
    failingContacts: new Map(),
    tokens: new Map(),
  };
}

/** Null: this provider cannot be brought to the state. */
export function setState(day: Day, { action, state, params = {} }: Change): Day | null {
  if (action === 'teardown') return day;
  switch (state) {
    case 'an ordinary day':
      return ordinaryDay(params as Partial<Day>);
    case 'the caller is':
      return day;
    case 'the call fails':
      return { ...day, failing: params as Day['failing'] };
    case 'calls are throttled':
      return { ...day, throttled: (params.error as string | null) ?? 'TooManyRequestsException' };
    case 'the largest body is':
      return { ...day, largestBody: Number(params.bytes) };
    case 'a contact fails':
      day.failingContacts.set(String(params.customerAddress), String(params.failureReasonCode));
      return day;
    case 'the ClientToken was used before': {
      const { clientToken, instanceId, contacts, contactIds } = params as unknown as Used;
      const results = contacts.map(({ RequestIdentifier }, i) => ({
        RequestIdentifier,
        ContactId: contactIds[i],
      }));
      day.tokens.set(clientToken, { instanceId, contacts, results });
      return day;
    }
    case 'empty lists are':
      return params.inAnswers === 'present' ? day : null;
    default:
      return null;
  }
}

interface Change {
  readonly action: 'setup' | 'teardown';
  readonly state: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface Used {
  readonly clientToken: string;
  readonly instanceId: string;
  readonly contacts: readonly { readonly RequestIdentifier?: string }[];
  readonly contactIds: readonly string[];
}
