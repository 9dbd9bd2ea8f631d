import { z } from 'zod';
import { backendOverview, switchInput, switchPlan, switchStatus } from '../backends.ts';
import { operation } from './operation.ts';

/** The operations on backends and moving between them. */
export const backendOperations = {
  backends: operation({
    method: 'get',
    path: '/api/backends',
    summary: 'Gives the five backends, the one in force and the moves between them',
    status: 200,
    response: backendOverview,
  }),
  planSwitch: operation({
    method: 'post',
    path: '/api/backends/plan',
    summary: 'Says what a move to another backend would do, and moves nothing',
    body: switchInput,
    status: 200,
    response: switchPlan,
    problems: [409, 422, 503],
  }),
  startSwitch: operation({
    method: 'post',
    path: '/api/backends/switch',
    summary: 'Begins a move to another backend; events tell how it goes',
    body: switchInput,
    status: 201,
    response: switchStatus,
    problems: [409, 422, 503],
  }),
  cancelSwitch: operation({
    method: 'delete',
    path: '/api/backends/switch',
    summary: 'Cancels the move that runs; the old backend stays in force',
    status: 200,
    response: switchStatus,
    problems: [404, 409],
  }),
  dropKeptBackend: operation({
    method: 'delete',
    path: '/api/backends/{engine}/{isolation}',
    summary: 'Removes for good what an earlier backend still holds',
    status: 204,
    response: z.undefined(),
    problems: [404, 409],
  }),
} as const;
