import type { EventName, EventPayload } from '../../server/contract/events.ts';

/** An event stream whose events a test sends. */
export class FakeEventSource extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  /** Every stream that was opened and not closed. */
  static readonly open = new Set<FakeEventSource>();

  readyState = FakeEventSource.OPEN;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    FakeEventSource.open.add(this);
    queueMicrotask(() => this.onopen?.());
  }

  /** Sends an event to everything that listens. */
  static send<Name extends EventName>(name: Name, data: EventPayload<Name>): void {
    for (const source of FakeEventSource.open)
      source.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
    FakeEventSource.open.delete(this);
  }
}
