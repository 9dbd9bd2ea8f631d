import { resolution, whyInput } from '../requests.ts';
import { listRoutesInput, routeCheckFile, routeCheckReport, routeTable } from '../routing.ts';
import { checklist, overview, serverInfo, signInLink } from '../server.ts';
import { operation } from './operation.ts';

/** The operations on the platform itself: server, overview, routing, sign-in. */
export const platformOperations = {
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
  why: operation({
    method: 'post',
    path: '/api/why',
    summary: 'Explains which store a URL would reach, and sends nothing',
    body: whyInput,
    status: 200,
    response: resolution,
    problems: [422],
  }),
  routes: operation({
    method: 'get',
    path: '/api/routes',
    summary: 'Lists every host and path pattern, collisions marked',
    query: listRoutesInput,
    status: 200,
    response: routeTable,
    problems: [422],
  }),
  checkRoutes: operation({
    method: 'post',
    path: '/api/routes/check',
    summary: 'Checks where URLs lead, and sends nothing',
    body: routeCheckFile,
    status: 200,
    response: routeCheckReport,
    problems: [422],
  }),
  routeChecks: operation({
    method: 'get',
    path: '/api/route-checks',
    summary: 'Gives the saved list of URLs with where they must lead',
    status: 200,
    response: routeCheckFile,
  }),
  saveRouteChecks: operation({
    method: 'put',
    path: '/api/route-checks',
    summary: 'Keeps the list of URLs with where they must lead',
    body: routeCheckFile,
    status: 200,
    response: routeCheckFile,
    problems: [422],
  }),
  consoleSignInLink: operation({
    method: 'post',
    path: '/api/sign-in-links',
    summary: 'Makes a one-time sign-in link to the console',
    status: 201,
    response: signInLink,
  }),
} as const;
