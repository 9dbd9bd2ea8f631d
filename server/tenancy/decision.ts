import type { Refusal, Resolution } from './resolution.ts';

/** What a rule decided; the rest of the resolution is filled in from the request. */
export type Decision = Partial<
  Pick<Resolution, 'outcome' | 'area' | 'mode' | 'store' | 'refusal' | 'cleanPath' | 'basePath' | 'redirectTo' | 'hint'>
>;

/** No store answers; `wanted` is what was asked for, to find near matches. */
export function storeNotFound(wanted: string, message: string): Refusal {
  return { status: 404, code: 'store_not_found', message, wanted };
}

/** A request that gets no page. */
export function refused(refusal: Refusal): Decision {
  return { outcome: 'refused', refusal };
}

/** Only these methods are redirected. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
