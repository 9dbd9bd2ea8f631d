import type { CheckedLogo, LogoUpload } from '../../../../server/contract/stores.ts';
import { call } from '../../api/client.ts';
import { messageOf, ProblemError } from '../../api/problem.ts';
import { asSentence } from '../faults.ts';

/** What a server takes at most. Source: server/contract/stores.ts, `logoUpload`. */
const MAX_BYTES = 2 * 1024 * 1024;

/** A logo from choosing it until it can be kept. A file stays chosen, whatever is said of it, until it is replaced. */
export type LogoState =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly fileName: string; readonly upload: LogoUpload | null }
  | { readonly kind: 'accepted'; readonly fileName: string; readonly upload: LogoUpload; readonly checked: CheckedLogo }
  /** `upload` is null when the file could not even be sent. */
  | {
      readonly kind: 'refused';
      readonly fileName: string;
      readonly upload: LogoUpload | null;
      readonly message: string;
    }
  /** The server does not answer: whether it can be kept is not known. */
  | { readonly kind: 'unchecked'; readonly fileName: string; readonly upload: LogoUpload; readonly message: string };

/** What is sent to the server; undefined when there is nothing that it could take. */
export function uploadOf(state: LogoState): LogoUpload | undefined {
  return state.kind === 'none' ? undefined : (state.upload ?? undefined);
}

/** Reads a chosen file; one that no server would take is refused here, without being sent. */
export async function readLogoFile(file: File): Promise<LogoState> {
  const fileName = file.name.slice(-255);
  const refuse = (message: string): LogoState => ({ kind: 'refused', fileName, upload: null, message });
  if (file.size > MAX_BYTES) {
    const size = (file.size / 1024 / 1024).toFixed(1);
    return refuse(`"${fileName}" has ${size} MiB; a logo may have at most 2 MiB. Make it smaller, or choose another.`);
  }
  if (file.size === 0) return refuse(`"${fileName}" is empty. Choose another file.`);
  const data = await readBase64(file).catch(() => null);
  if (data === null) return refuse(`"${fileName}" cannot be read. Choose it again, or choose another file.`);
  return { kind: 'checking', fileName, upload: { fileName, data } };
}

/** Asks the server what would become of a logo. */
export async function checkUpload(upload: LogoUpload): Promise<LogoState> {
  const { fileName } = upload;
  try {
    return { kind: 'accepted', fileName, upload, checked: await call('checkLogo', { body: upload }) };
  } catch (error) {
    if (error instanceof ProblemError && !error.isUnreachable && error.status < 500) {
      const message = asSentence(error.faults[0]?.message ?? error.message);
      return { kind: 'refused', fileName, upload, message };
    }
    return { kind: 'unchecked', fileName, upload, message: messageOf(error) };
  }
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // `data:image/png;base64,` stands before it.
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
