/**
 * Answers the pages' questions.
 *
 * Every message comes from a page that may have been taken over. So each channel says who may ask, the sender has to be
 * the main frame of our own window at exactly that place, and what it sends is checked before it is used.
 */
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type Announcements, AUDIENCES, type Audience, type Questions } from './bridge.ts';

/** Answers by channel. The argument is unchecked, because a page sent it. */
export type Answers = {
  readonly [Channel in keyof Questions]: (
    argument: unknown,
  ) => ReturnType<Questions[Channel]> | Promise<ReturnType<Questions[Channel]>>;
};

export interface Senders {
  readonly window: () => BrowserWindow | null;
  /** What the main frame at an address may ask as; null when it is neither the console nor one of the shell's pages. */
  readonly audienceOf: (url: string) => Exclude<Audience, 'both'> | null;
}

/** Registers every answer, once for the life of the app. */
export function answerPages(answers: Answers, senders: Senders): void {
  for (const channel of Object.keys(answers) as (keyof Questions)[]) {
    ipcMain.handle(channel, (event, argument: unknown) => {
      if (!mayAsk(event, AUDIENCES[channel], senders)) throw new Error(`"${channel}" is not answered here.`);
      return answers[channel](argument);
    });
  }
}

/** Tells the window's page something unasked; nothing happens while there is no window. */
export function announce<Channel extends keyof Announcements>(
  window: BrowserWindow | null,
  channel: Channel,
  content: Announcements[Channel],
): void {
  window?.webContents.send(channel, content);
}

function mayAsk({ senderFrame }: IpcMainInvokeEvent, audience: Audience, { window, audienceOf }: Senders): boolean {
  if (!senderFrame || senderFrame !== window()?.webContents.mainFrame) return false;
  const sender = audienceOf(senderFrame.url);
  return sender !== null && (audience === 'both' || audience === sender);
}
