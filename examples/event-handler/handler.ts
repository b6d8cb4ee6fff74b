/** Counts what becomes of contacts, from contact events that may be repeated, reordered or lost. */

/** The members that the handler reads. It ignores all others. */
interface ContactEvent {
  readonly id: string;
  readonly source: string;
  readonly detail: {
    readonly eventType: string;
    readonly contactId: string;
    readonly disconnectReason?: string;
  };
}

export class EventCounts {
  readonly #seen = new Set<string>();
  readonly #reasons = new Map<string, string>();
  readonly #contacts = new Set<string>();
  readonly byType: Record<string, number> = {};
  /** Events that came again. */
  repeated = 0;
  /** Lines that are no contact event. */
  refused = 0;

  /** Takes an event as EventBridge gives it, parsed. */
  take(event: unknown): void {
    if (!isContactEvent(event)) {
      this.refused += 1;
      return;
    }
    const { id, detail } = event;
    if (this.#seen.has(id)) {
      this.repeated += 1;
      return;
    }
    this.#seen.add(id);
    this.#contacts.add(detail.contactId);
    this.byType[detail.eventType] = (this.byType[detail.eventType] ?? 0) + 1;
    // DISCONNECTED may come before or after any other event of the contact, or be lost: COMPLETED has the reason too.
    if (detail.disconnectReason !== undefined) {
      this.#reasons.set(detail.contactId, detail.disconnectReason);
    }
  }

  /** Takes lines of NDJSON. */
  takeLines(text: string): void {
    for (const line of text.split('\n')) if (line !== '') this.take(parsed(line));
  }

  /** How many contacts ended for each reason. */
  get byReason(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const reason of this.#reasons.values()) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  }

  /** Contacts of which no end was told yet. */
  get open(): number {
    return this.#contacts.size - this.#reasons.size;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isContactEvent(event: unknown): event is ContactEvent {
  const { id, source, detail } = (event ?? {}) as Partial<ContactEvent>;
  return (
    source === 'aws.connect' &&
    typeof id === 'string' &&
    typeof detail?.eventType === 'string' &&
    typeof detail.contactId === 'string'
  );
}
