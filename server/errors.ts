import type { Fault } from './contract/problem.ts';

export type { Fault };

interface AppErrorOptions {
  readonly status: number;
  readonly code: string;
  /** Every fault of the input, when it was the input's. */
  readonly faults?: readonly Fault[];
  /** Further members of the problem document, for programs. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** A fault of the program: only in development does whoever made the request see the message. */
  readonly isForDevelopers?: boolean;
}

/**
 * An error whose message may be shown to whoever made the request: it says what was wrong and what to do.
 * Anything else that is thrown becomes a 500 that shows only the request id.
 */
export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly isForDevelopers: boolean;

  constructor(message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.status = options.status;
    this.code = options.code;
    this.faults = options.faults ?? [];
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
    this.isForDevelopers = options.isForDevelopers ?? false;
  }
}

/** 400: the request itself is malformed. */
export class BadRequestError extends AppError {
  constructor(code: string, message: string, faults: readonly Fault[] = []) {
    super(message, { status: 400, code, faults });
  }
}

/** 401: nobody is signed in, or the credential is not valid any more. */
export class UnauthorizedError extends AppError {
  constructor(message: string, code = 'sign_in_required') {
    super(message, { status: 401, code });
  }
}

/** 403: signed in, but not allowed. */
export class ForbiddenError extends AppError {
  constructor(message: string, code = 'permission_denied') {
    super(message, { status: 403, code });
  }
}

/** 404: nothing here, or nothing this caller may know of. */
export class NotFoundError extends AppError {
  constructor(message: string, code = 'not_found', extra: Readonly<Record<string, unknown>> = {}) {
    super(message, { status: 404, code, extra });
  }
}

/** 405: the address is there, the method is not. `allow` names those that are. Source: RFC 9110 §15.5.6. */
export class MethodNotAllowedError extends AppError {
  constructor(method: string, allow: string) {
    super(`${method} is not possible here; ${allow} is.`, {
      status: 405,
      code: 'method_not_allowed',
      headers: allow === '' ? {} : { Allow: allow },
    });
  }
}

/** 409: the state of the platform does not allow it, such as a name that is taken. */
export class ConflictError extends AppError {
  constructor(
    code: string,
    message: string,
    faults: readonly Fault[] = [],
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, { status: 409, code, faults, extra });
  }
}

/** 421: this server does not answer for the Host that was asked. Source: RFC 9110 §15.5.20. */
export class MisdirectedError extends AppError {
  constructor(code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message, { status: 421, code, extra });
  }
}

/** 422: well-formed, but values are not acceptable; `faults` lists all of them. */
export class ValidationError extends AppError {
  constructor(message: string, faults: readonly Fault[]) {
    super(message, { status: 422, code: 'validation_failed', faults });
  }
}

/** 429 with `Retry-After` in seconds. Source: RFC 6585 §4. */
export class TooManyRequestsError extends AppError {
  constructor(message: string, retryAfterSeconds: number) {
    super(message, {
      status: 429,
      code: 'rate_limited',
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
    });
  }
}

/** 503: something this needs is not there right now; with `Retry-After` in seconds where it is known. */
export class UnavailableError extends AppError {
  constructor(code: string, message: string, cause?: unknown, retryAfterSeconds?: number) {
    const headers =
      retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
    super(message, { status: 503, code, cause, headers });
  }
}

/** 507: the store's room is used up. Source: RFC 4918 §11.5; for quotas, RFC 4331 §6. */
export class InsufficientStorageError extends AppError {
  constructor(message: string) {
    super(message, { status: 507, code: 'storage_full' });
  }
}

/**
 * The server or a command cannot start as asked. `exitCode` 2 means the caller's input is at fault
 * (flags, configuration), 1 anything else.
 */
export class StartupError extends Error {
  readonly exitCode: 1 | 2;
  readonly faults: readonly Fault[];

  constructor(message: string, exitCode: 1 | 2 = 1, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'StartupError';
    this.exitCode = exitCode;
    this.faults = faults;
  }
}
