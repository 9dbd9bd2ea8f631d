import type { AppContext, AppMiddleware } from '../context.ts';
import { wantsHtml } from '../context.ts';
import { AppError, NotFoundError } from '../errors.ts';
import type { Logger } from './log.ts';
import { runActive } from './trace.ts';

/** Shows an error as a page, in the look of whoever it happened to. */
export type RenderErrorPage = (ctx: AppContext, error: AppError) => void | Promise<void>;

export interface ErrorBoundaryOptions {
  readonly log: Logger;
  readonly renderPage: RenderErrorPage;
  /** Whether faults of the program are shown with their message. */
  readonly isDevelopment: boolean;
}

/**
 * The only place where an error becomes an answer: `application/problem+json` for programs, a page for people.
 * An error that is not an {@link AppError} shows only the request's id, and so does one that is for developers alone
 * outside of development. Source: RFC 9457.
 */
export function errorBoundary(options: ErrorBoundaryOptions): AppMiddleware {
  return async function errorBoundaryMiddleware(ctx, next) {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new NotFoundError('There is nothing at this address.');
    } catch (error) {
      const answer = () => answerError(ctx, options, error);
      // `observe` stands inside: its part of the request is over, what is logged now belongs to it all the same.
      await (ctx.state.recording ? runActive(ctx.state.recording, answer) : answer());
    }
  };
}

async function answerError(
  ctx: AppContext,
  { log, renderPage, isDevelopment }: ErrorBoundaryOptions,
  thrown: unknown,
): Promise<void> {
  const error = thrown instanceof AppError ? thrown : unexpected(ctx, log, thrown);
  if (thrown instanceof AppError && error.status >= 500) {
    log.error(
      { requestId: ctx.state.requestId, store: ctx.state.store?.code, err: error.cause ?? error },
      error.message,
    );
  }
  if (ctx.state.trace) ctx.state.trace.error = recordedError(error, thrown);
  const shown = error.isForDevelopers && !isDevelopment ? internalError(error) : error;
  ctx.status = shown.status;
  ctx.set(shown.headers);
  ctx.set('Cache-Control', 'no-store');
  ctx.remove('ETag');
  if (isForPeople(ctx)) {
    try {
      await renderPage(ctx, shown);
      return;
    } catch (failure) {
      log.error({ requestId: ctx.state.requestId, err: failure }, 'the error page could not be rendered');
    }
  }
  ctx.body = problemDocument(ctx, shown);
  ctx.type = 'application/problem+json';
}

/** For the inspector: of a fault of the program, what was thrown rather than what its answer says. */
function recordedError(error: AppError, thrown: unknown): AppContext['state']['trace']['error'] {
  const fault = thrown instanceof AppError ? (error.cause instanceof Error ? error.cause : error) : thrown;
  const isFault = error.status >= 500;
  const { name, message } = isFault && fault instanceof Error ? fault : error;
  const stack = isFault && fault instanceof Error ? (fault.stack ?? null) : null;
  return { name, code: error.code, message, stack, source: null };
}

function unexpected(ctx: AppContext, log: Logger, thrown: unknown): AppError {
  log.error(
    { requestId: ctx.state.requestId, store: ctx.state.store?.code, err: thrown },
    `unexpected error: ${(thrown as Error)?.message}`,
  );
  return internalError(thrown);
}

function internalError(cause: unknown): AppError {
  return new AppError('Something went wrong here. The log has the details under the request id.', {
    status: 500,
    code: 'internal_error',
    cause,
  });
}

/** A dashboard is pages all the way: its clients get JSON only when they ask for it. */
function isForPeople(ctx: AppContext): boolean {
  const area = ctx.state.resolution?.area;
  if (area === 'store') return ctx.accepts('html', 'json') === 'html';
  return area !== 'api' && wantsHtml(ctx);
}

/** The problem document of an error, with every fault of the input. */
function problemDocument(ctx: Pick<AppContext, 'state' | 'originalUrl'>, error: AppError): object {
  return {
    type: `urn:orion:problem:${error.code}`,
    title: STATUS_TITLES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    instance: ctx.originalUrl.split('?')[0],
    requestId: ctx.state.requestId,
    ...(error.faults.length > 0 ? { errors: error.faults } : {}),
    ...error.extra,
  };
}

/** How an error is headed, for people and programs. */
export const STATUS_TITLES: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Sign-in required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'The request is too large',
  415: 'Unsupported content',
  421: 'This server does not answer for that address',
  422: 'The input has faults',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Not available right now',
  507: 'The storage is full',
};
