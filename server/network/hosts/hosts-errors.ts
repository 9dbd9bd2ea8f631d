import { AppError, ConflictError } from '../../errors.ts';

/** What is said instead of a hash where there is no file. */
export const NO_FILE = 'none';

/** 409: the file is not the one that the plan was made for. */
export class HostsChangedError extends ConflictError {
  constructor(path: string) {
    super(
      'hosts_changed',
      `${path} was changed by another program after the preview was made. Nothing was written; look at the new preview and apply that.`,
    );
  }
}

/** 409: the file cannot be written as things are; says why and what to do. */
export class HostsBlockedError extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { status: 409, code, cause });
  }
}

/** What the system said about the file, with what to do. */
export function explainFileError(error: unknown, path: string): HostsBlockedError {
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  const advice: Readonly<Record<string, string>> = {
    EACCES: `This user may not write ${path}. Administrator rights are needed.`,
    EPERM: `The system refused to change ${path}. It may be marked as unchangeable (Linux: lsattr, then chattr -i; macOS: chflags nouchg), or be guarded by a security program.`,
    EROFS: `${path} is on a file system that is read-only. Make the change where the system is configured.`,
    ENOSPC: `The disk of ${path} is full. Nothing was changed; free some space and try again.`,
    EDQUOT: `The disk quota for ${path} is used up. Nothing was changed; free some space and try again.`,
    EBUSY: `${path} is held by another program. Close it and try again.`,
    ENOENT: `The folder of ${path} is not there.`,
    EISDIR: `${path} is a folder, not a file.`,
  };
  return new HostsBlockedError('hosts_not_written', advice[code] ?? `${path} could not be written: ${message}`, error);
}
