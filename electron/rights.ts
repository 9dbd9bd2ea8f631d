import type { ElevationResult } from './bridge.ts';
import type { Command } from './elevated-command.ts';
import { type Elevator, runElevated } from './elevation.ts';

export interface RightsParts {
  /** What the server has registered under an id; null when it knows none. */
  readonly commandOf: (id: string) => Promise<Command | null>;
  readonly elevator: () => Elevator;
}

/** Asks the system for administrator rights on behalf of the console's page, one dialog at a time. */
export class Rights {
  readonly #parts: RightsParts;
  #isAsking = false;

  constructor(parts: RightsParts) {
    this.#parts = parts;
  }

  /**
   * Runs what stands behind an id. The page names an id and nothing else: the server alone says what it means.
   * @param id from a page, so anything
   * @throws {TypeError} when it is no id
   */
  async run(id: unknown): Promise<ElevationResult> {
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) throw new TypeError('An elevation is named by its id.');
    if (this.#isAsking) return { outcome: 'failed', message: 'The system is asking already. Answer its dialog first.' };
    this.#isAsking = true;
    try {
      const command = await this.#parts.commandOf(id);
      if (!command) return { outcome: 'failed', message: 'The server does not know this any more. Begin again.' };
      return await runElevated(command, this.#parts.elevator());
    } finally {
      this.#isAsking = false;
    }
  }
}
