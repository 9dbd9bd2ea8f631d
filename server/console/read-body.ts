import { bodyParser } from '@koa/bodyparser';
import type { AppContext, AppMiddleware } from '../context.ts';
import { MAX_HAR_BYTES } from '../contract/inspect.ts';
import { AppError, BadRequestError } from '../errors.ts';

const MEGABYTE = 1024 * 1024;
/** A logo of 2 MiB is a third larger in Base64. */
const LOGO_ROUTES = /^\/api\/(stores(\/[^/]+)?|logos\/check)\/?$/;
/** A request to be sent may have a body of 2 million characters. */
const SEND_ROUTES = /^\/api\/requests\/([^/]+\/resend|send)\/?$/;
const HAR_ROUTE = /^\/api\/requests\.har\/?$/;

/**
 * Reads a JSON body: + ctx.request.body; 400 no JSON, 413 larger than 1 MB, 4 MB where a logo may be inside, 8 MB for a
 * request to be sent, 64 MB for a HAR file, 415 when it is declared to be anything else: it would be ignored, and a
 * change would seem to be done.
 */
export function readBody(): AppMiddleware {
  const small = parserOf(1, '');
  const large = parserOf(4, ' A logo may have at most 2 MiB: choose a smaller picture.');
  const sent = parserOf(8, ' A request to be sent may have a body of 2 million characters.');
  const archive = parserOf(MAX_HAR_BYTES / MEGABYTE, ' Export fewer requests at once, or leave bodies out.');
  return async function readBodyMiddleware(ctx, next) {
    if (ctx.request.length !== 0 && ctx.is('json', '+json') === false) refuseType(ctx);
    if (HAR_ROUTE.test(ctx.path)) return archive(ctx, next);
    if (SEND_ROUTES.test(ctx.path)) return sent(ctx, next);
    return mayHoldLogo(ctx) ? large(ctx, next) : small(ctx, next);
  };
}

function refuseType(ctx: AppContext): never {
  const declared = ctx.get('Content-Type') || 'nothing';
  throw new AppError(`The body must be JSON, declared as Content-Type: application/json; it says ${declared}.`, {
    status: 415,
    code: 'body_not_json',
  });
}

function mayHoldLogo(ctx: AppContext): boolean {
  return LOGO_ROUTES.test(ctx.path) && ctx.path !== '/api/stores/check';
}

/** @param advice what to do about a body that is too large; a sentence with a space before, or nothing */
function parserOf(megabytes: number, advice: string): AppMiddleware {
  return bodyParser({
    enableTypes: ['json'],
    jsonLimit: megabytes * MEGABYTE,
    onError: (error) => {
      if ((error as { status?: number }).status !== 413)
        throw new BadRequestError('body_invalid', `The body is not JSON: ${withoutQuote(error.message)}`);
      throw new AppError(`The body is larger than ${megabytes} MB.${advice}`, { status: 413, code: 'body_too_large' });
    },
  }) as unknown as AppMiddleware;
}

/** V8 quotes what it could not read, which may be a password. */
function withoutQuote(message: string): string {
  return message.replace(/,? ?(\.\.\.)?".*$/s, '');
}
