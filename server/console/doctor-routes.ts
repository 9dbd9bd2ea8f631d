import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { operations } from '../contract/operations.ts';
import type { Doctor } from '../network/doctor/doctor.ts';
import { readInput } from './input.ts';

export interface DoctorRouteParts {
  readonly doctor: Doctor;
}

/** Adds the routes of the doctor to the console's API. */
export function doctorRoutes(router: Router<AppState>, { doctor }: DoctorRouteParts): void {
  router.get('/doctor', async (ctx) => {
    ctx.body = await doctor.report();
  });
  router.post('/doctor/fix', async (ctx) => {
    const { finding } = readInput(operations.fixFinding.body, ctx.request.body);
    ctx.body = await doctor.fix(finding);
  });
}
