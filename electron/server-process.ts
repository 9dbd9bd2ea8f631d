import { type ChildProcess, spawn } from 'node:child_process';
import type { ParentMessage, ServerMessage } from '../server/contract/parent-channel.ts';
import type { ServerLocation } from './server-location.ts';

/** How long a server may take to end cleanly before it is killed: its own limit for open requests is a second. */
const PATIENCE_MS = 5000;
const ANSWER_PATIENCE_MS = 5000;

/** A server that answers. */
export interface ReadyServer {
  readonly port: number;
  /** The console's address, with `/` at the end. */
  readonly console: string;
}

/** What the server has registered to be run as administrator. */
export type ElevatedCommand = NonNullable<Extract<ServerMessage, { event: 'elevation' }>['command']>;

/** How a server ended. */
export interface ServerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** What the server itself said of why it cannot start; null when it said nothing. */
  readonly reason: Extract<ServerMessage, { event: 'failed' }> | null;
  /** Why the program could not even be run. */
  readonly spawnError: string | null;
  /** How long it was ready; 0 when it never was. */
  readonly readyForMs: number;
}

export interface ServerProcessOptions {
  readonly location: ServerLocation;
  readonly args: readonly string[];
  /** What becomes of the addresses that the server prints for people. */
  readonly stdout: 'inherit' | 'ignore';
  /** Gets pieces of standard error, cut anywhere. */
  readonly onOutput: (piece: string) => void;
  readonly onDataDir: (path: string) => void;
}

/**
 * One server process, from its start to its end.
 *
 * Its life hangs on the IPC channel: when the channel closes, because it is to stop or because this process is gone
 * however that came about, the server ends. That works the same on every system; Windows has no signals.
 */
export class ServerProcess {
  /** Null when it ended before it was ready. */
  readonly ready: Promise<ReadyServer | null>;
  readonly ended: Promise<ServerEnd>;
  readonly #child: ChildProcess;
  #waitingForLink: ((url: string | null) => void)[] = [];
  readonly #waitingForElevation = new Map<string, (command: ElevatedCommand | null) => void>();

  constructor({ location, args, stdout, onOutput, onDataDir }: ServerProcessOptions) {
    const child = spawn(location.nodeBinary, ['--disable-warning=ExperimentalWarning', location.entry, ...args], {
      stdio: ['ignore', stdout, 'pipe', 'ipc'],
      windowsHide: true,
      // A group of its own: Ctrl-C in the terminal reaches the shell alone, which then stops the server in order.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', onOutput);
    let readySince: number | null = null;
    let reason: ServerEnd['reason'] = null;
    const { promise: ready, resolve: setReady } = Promise.withResolvers<ReadyServer | null>();
    child.on('message', (content) => {
      const message = content as ServerMessage;
      if (message.event === 'starting') onDataDir(message.dataDir);
      else if (message.event === 'failed') reason = message;
      else if (message.event === 'sign-in-link') this.#waitingForLink.shift()?.(message.url);
      else if (message.event === 'elevation') this.#waitingForElevation.get(message.id)?.(message.command);
      else if (message.event === 'ready') {
        readySince = Date.now();
        setReady({ port: message.port, console: message.console });
      }
    });
    this.ready = ready;
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null, spawnError: string | null) => {
        setReady(null);
        for (const answer of this.#waitingForLink.splice(0)) answer(null);
        for (const answer of this.#waitingForElevation.values()) answer(null);
        const readyForMs = readySince === null ? 0 : Date.now() - readySince;
        resolve({ code, signal, reason, spawnError, readyForMs });
      };
      // `exit` may come before the last words on standard error. The event `close` waits for them, but never comes
      // after a `disconnect` of this side.
      child.once('exit', (code, signal) => {
        const { stderr } = child;
        if (stderr === null || stderr.closed) end(code, signal, null);
        else stderr.once('close', () => end(code, signal, null));
      });
      child.once('error', (error) => {
        if (child.pid === undefined) end(null, null, error.message);
      });
    });
  }

  /** A new one-time link to the console; null when the server does not answer. */
  signInLink(): Promise<string | null> {
    if (!this.#child.connected) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER_PATIENCE_MS);
      this.#waitingForLink.push((url) => {
        clearTimeout(timer);
        resolve(url);
      });
      const question: ParentMessage = { ask: 'sign-in-link' };
      // A channel that has just closed: the end of the process answers.
      this.#child.send(question, () => undefined);
    });
  }

  /** What stands behind the id of an elevation; null when the server does not know it any more, or does not answer. */
  async elevation(id: string): Promise<ElevatedCommand | null> {
    if (!this.#child.connected) return null;
    const { promise, resolve } = Promise.withResolvers<ElevatedCommand | null>();
    const timer = setTimeout(() => resolve(null), ANSWER_PATIENCE_MS);
    this.#waitingForElevation.set(id, resolve);
    const question: ParentMessage = { ask: 'elevation', id };
    this.#child.send(question, () => undefined);
    const command = await promise;
    clearTimeout(timer);
    this.#waitingForElevation.delete(id);
    return command;
  }

  /** Ends the process, cleanly when it can, and resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
