/**
 * The console's API, one entry an operation. The server's routes, `/api/openapi.json` and the renderer's client
 * all come from this table.
 */
import { z } from 'zod';
import {
  backendOverview,
  changeLimitsInput,
  storeData,
  storeLimitsAnswer,
  switchInput,
  switchPlan,
  switchStatus,
  tablePage,
  tablePageInput,
} from './backends.ts';
import { migratedStore, migrationList, provisioningJobList } from './provisioning.ts';
import { listRequestsInput, requestList, requestTrace, resolution, whyInput } from './requests.ts';
import { checklist, loadedFixtures, loadFixturesInput, overview, serverInfo, signInLink } from './server.ts';
import {
  catalogueList,
  checkedLogo,
  checkedStore,
  checkStoreInput,
  createdStore,
  createStoreInput,
  deletedAnswer,
  deletedStoreList,
  listedStore,
  logoUpload,
  storeDetail,
  storeList,
  updateStoreInput,
} from './stores.ts';

export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{name}` for parameters. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  readonly response: z.ZodType;
  /** Statuses of problems beside 401, 403 and 500, which every operation has. */
  readonly problems?: readonly number[];
}

const operation = <const Shape extends Operation>(shape: Shape): Shape => shape;

export const operations = {
  server: operation({
    method: 'get',
    path: '/api/server',
    summary: 'Says what this server is',
    status: 200,
    response: serverInfo,
  }),
  overview: operation({
    method: 'get',
    path: '/api/overview',
    summary: 'Gives server, health, counts, traffic and checklist',
    status: 200,
    response: overview,
  }),
  saveChecklist: operation({
    method: 'put',
    path: '/api/checklist',
    summary: 'Keeps what of the checklist is done',
    body: checklist,
    status: 200,
    response: checklist,
    problems: [422],
  }),
  listStores: operation({
    method: 'get',
    path: '/api/stores',
    summary: 'Lists the stores',
    status: 200,
    response: storeList,
  }),
  getStore: operation({
    method: 'get',
    path: '/api/stores/{code}',
    summary: 'Gives a store with its figures',
    status: 200,
    response: storeDetail,
    problems: [404],
  }),
  checkStore: operation({
    method: 'post',
    path: '/api/stores/check',
    summary: 'Says whether a store could be made, and makes nothing',
    body: checkStoreInput,
    status: 200,
    response: checkedStore,
    problems: [422],
  }),
  createStore: operation({
    method: 'post',
    path: '/api/stores',
    summary: 'Makes a store; it answers at once',
    body: createStoreInput,
    status: 201,
    response: createdStore,
    problems: [404, 409, 413, 422],
  }),
  listProvisioningJobs: operation({
    method: 'get',
    path: '/api/provisioning',
    summary: 'Lists stores that are being made, then those whose making ended lately',
    status: 200,
    response: provisioningJobList,
  }),
  storeMigrations: operation({
    method: 'get',
    path: '/api/stores/{code}/migrations',
    summary: "Lists the migrations of a store's tables, and runs none",
    status: 200,
    response: migrationList,
    problems: [404, 503],
  }),
  migrateStore: operation({
    method: 'post',
    path: '/api/stores/{code}/migrations',
    summary: "Brings a store's tables up to date",
    status: 200,
    response: migratedStore,
    problems: [404, 503],
  }),
  updateStore: operation({
    method: 'patch',
    path: '/api/stores/{code}',
    summary: 'Changes a store',
    body: updateStoreInput,
    status: 200,
    response: listedStore,
    problems: [404, 409, 413, 422],
  }),
  deleteStore: operation({
    method: 'delete',
    path: '/api/stores/{code}',
    summary: 'Deletes a store; it can be brought back unless `permanently`',
    query: z.strictObject({ permanently: z.enum(['true', 'false']).optional() }),
    status: 200,
    response: deletedAnswer,
    problems: [404, 422],
  }),
  listDeletedStores: operation({
    method: 'get',
    path: '/api/deleted-stores',
    summary: 'Lists deleted stores that can be brought back',
    status: 200,
    response: deletedStoreList,
  }),
  restoreStore: operation({
    method: 'post',
    path: '/api/deleted-stores/{code}/restore',
    summary: 'Brings a deleted store back',
    status: 200,
    response: listedStore,
    problems: [404, 409],
  }),
  storeSignInLink: operation({
    method: 'post',
    path: '/api/stores/{code}/sign-in-links',
    summary: "Makes a one-time link to a store's dashboard",
    status: 201,
    response: signInLink,
    problems: [404],
  }),
  checkLogo: operation({
    method: 'post',
    path: '/api/logos/check',
    summary: 'Says what a logo would become, and keeps nothing',
    body: logoUpload,
    status: 200,
    response: checkedLogo,
    problems: [413, 422],
  }),
  listCatalogues: operation({
    method: 'get',
    path: '/api/catalogues',
    summary: 'Lists what a new store can start with',
    status: 200,
    response: catalogueList,
  }),
  loadFixtures: operation({
    method: 'post',
    path: '/api/fixtures',
    summary: 'Loads demo stores that are not there',
    body: loadFixturesInput,
    status: 200,
    response: loadedFixtures,
    problems: [404, 422],
  }),
  listRequests: operation({
    method: 'get',
    path: '/api/requests',
    summary: 'Lists recorded requests, newest first',
    query: listRequestsInput,
    status: 200,
    response: requestList,
    problems: [422],
  }),
  getRequest: operation({
    method: 'get',
    path: '/api/requests/{id}',
    summary: 'Gives a request with ladder, spans and SQL',
    status: 200,
    response: requestTrace,
    problems: [404],
  }),
  clearRequests: operation({
    method: 'delete',
    path: '/api/requests',
    summary: 'Forgets every recorded request',
    status: 200,
    response: z.object({ removed: z.int() }),
  }),
  why: operation({
    method: 'post',
    path: '/api/why',
    summary: 'Explains which store a URL would reach, and sends nothing',
    body: whyInput,
    status: 200,
    response: resolution,
    problems: [422],
  }),
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
  storeData: operation({
    method: 'get',
    path: '/api/stores/{code}/data',
    summary: "Says where a store's data lies and what is in it",
    status: 200,
    response: storeData,
    problems: [404, 503],
  }),
  storeTable: operation({
    method: 'get',
    path: '/api/stores/{code}/data/{table}',
    summary: 'Gives some rows of one of its tables',
    query: tablePageInput,
    status: 200,
    response: tablePage,
    problems: [404, 422, 503],
  }),
  storeLimits: operation({
    method: 'get',
    path: '/api/stores/{code}/limits',
    summary: 'Gives what a store may use, and what it uses',
    status: 200,
    response: storeLimitsAnswer,
    problems: [404],
  }),
  changeStoreLimits: operation({
    method: 'patch',
    path: '/api/stores/{code}/limits',
    summary: 'Changes what a store may use',
    body: changeLimitsInput,
    status: 200,
    response: storeLimitsAnswer,
    problems: [404, 422],
  }),
  consoleSignInLink: operation({
    method: 'post',
    path: '/api/sign-in-links',
    summary: 'Makes a one-time sign-in link to the console',
    status: 201,
    response: signInLink,
  }),
} as const;

export type OperationName = keyof typeof operations;
type Of<Name extends OperationName> = (typeof operations)[Name];

/** Names in braces of a path, as `code` in `/api/stores/{code}`. */
type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never;

/** What a caller gives. */
export type OperationInput<Name extends OperationName> = ([Parameters<Of<Name>['path']>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<Parameters<Of<Name>['path']>, string>> }) &
  (Of<Name> extends { readonly query: infer Query extends z.ZodType }
    ? { readonly query?: z.input<Query> }
    : { readonly query?: never }) &
  (Of<Name> extends { readonly body: infer Body extends z.ZodType }
    ? { readonly body: z.input<Body> }
    : { readonly body?: never });

/** What a caller gets. */
export type OperationOutput<Name extends OperationName> = z.output<Of<Name>['response']>;
