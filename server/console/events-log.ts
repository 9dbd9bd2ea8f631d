import type { ServerEvent } from '../contract/events.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';

/** Events that a client who comes back can still get. */
const MAX_KEPT = 1000;
/** Characters; who missed more reads everything again, which is quicker. */
const MAX_MISSED = 1024 * 1024;

/** Requests of two sequences and between. They are kept by the recorder, so the log only names them. */
interface RequestRange {
  readonly name: 'requests';
  readonly first: number;
  readonly last: number;
}
type Kept = Exclude<ServerEvent, { readonly name: 'requests' }> | RequestRange;

/** An event with its number. */
export interface LoggedEvent {
  readonly number: number;
  readonly event: Kept;
}

/** The latest events under their ids, `{bootId}.{number}`, for clients that lost their connection. */
export class EventLog {
  readonly #bootId: string;
  readonly #recorder: RequestRecorder;
  /** Oldest first, numbers without gaps. */
  #kept: LoggedEvent[] = [];
  #number = 0;

  constructor(bootId: string, recorder: RequestRecorder) {
    this.#bootId = bootId;
    this.#recorder = recorder;
  }

  /** The id of the latest event, also when it is not kept. */
  get lastId(): string {
    return this.#idOf(this.#number);
  }

  add(event: Kept): LoggedEvent {
    this.#number += 1;
    const logged = { number: this.#number, event };
    this.#kept.push(logged);
    // In blocks, because taking the first element away moves all others.
    if (this.#kept.length > 2 * MAX_KEPT) this.#kept = this.#kept.slice(-MAX_KEPT);
    return logged;
  }

  /** Forgets all events; their numbers are not used again. */
  clear(): void {
    this.#kept = [];
  }

  /** As server-sent events what came after an id; null when that is not known completely, or too much. */
  after(id: string): string[] | null {
    const seen = /^([\w-]{1,64})\.(\d{1,15})$/.exec(id);
    if (!seen || seen[1] !== this.#bootId) return null;
    const number = Number(seen[2]);
    const oldest = this.#kept[0]?.number ?? this.#number + 1;
    if (number < oldest - 1 || number > this.#number) return null;
    const frames: string[] = [];
    let length = 0;
    for (const logged of this.#kept.slice(number - oldest + 1)) {
      const frame = this.frame(logged);
      length += frame?.length ?? 0;
      if (frame === null || length > MAX_MISSED) return null;
      frames.push(frame);
    }
    return frames;
  }

  /** An event as it goes over the wire; null when its requests are not kept any more. */
  frame({ number, event }: LoggedEvent): string | null {
    if (event.name !== 'requests') return frameOf(this.#idOf(number), event.name, event.data);
    const requests = this.#recorder.between(event.first, event.last);
    return requests && frameOf(this.#idOf(number), 'requests', requests);
  }

  #idOf(number: number): string {
    return `${this.#bootId}.${number}`;
  }
}

/** One server-sent event. JSON has no line breaks, so its data is one line. */
export function frameOf(id: string, name: ServerEvent['name'], data: ServerEvent['data']): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
