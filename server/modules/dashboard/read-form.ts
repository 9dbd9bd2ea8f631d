import { bodyParser } from '@koa/bodyparser';
import type { AppMiddleware } from '../../context.ts';
import { AppError, BadRequestError } from '../../errors.ts';

const LIMIT_BYTES = 16 * 1024;

/** Reads a form: + ctx.request.body; 400 no form, 413 longer than 16 KB, 415 when it is declared to be anything else. */
export function readForm(): AppMiddleware {
  const parse = bodyParser({
    enableTypes: ['form'],
    formLimit: LIMIT_BYTES,
    onError: (error) => {
      if ((error as { status?: number }).status === 413)
        throw new AppError('The form is longer than 16 KB.', { status: 413, code: 'body_too_large' });
      throw new BadRequestError('body_invalid', `The body is not a form: ${error.message}`);
    },
  }) as unknown as AppMiddleware;
  return async function readFormMiddleware(ctx, next) {
    if (ctx.request.length !== 0 && ctx.is('urlencoded') === false)
      throw new AppError('This takes a form (application/x-www-form-urlencoded).', {
        status: 415,
        code: 'body_not_form',
      });
    return parse(ctx, next);
  };
}
