import type { ParentMessage, ServerMessage } from './contract/parent-channel.ts';
import type { Elevations } from './network/elevation.ts';

/** Tells the program that started this server; does nothing when there is none that listens. */
export function tellParent(message: ServerMessage): void {
  // Without a callback, a parent that has just ended would be an uncaught error.
  process.send?.(message, () => undefined);
}

/**
 * Calls back once when the parent has ended or has let go of the channel; returns what takes that back.
 *
 * Only a program that was started with an IPC channel has such a parent: a server in the background has none to lose.
 */
export function onParentGone(callback: () => void): () => void {
  process.once('disconnect', callback);
  // The listener alone would keep a process alive that has nothing left to do.
  process.channel?.unref();
  return () => process.off('disconnect', callback);
}

/** Answers the parent's questions. */
export function answerParent({
  createSignIn,
  elevations,
}: {
  readonly createSignIn: () => string;
  readonly elevations: Elevations;
}): void {
  process.on('message', (message) => {
    const question = message as ParentMessage;
    if (question.ask === 'sign-in-link') tellParent({ event: 'sign-in-link', url: createSignIn() });
    if (question.ask === 'elevation')
      tellParent({ event: 'elevation', id: question.id, command: elevations.find(question.id) });
  });
  process.channel?.unref();
}
