import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { type EventName, eventPayloads } from '../contract/events.ts';
import { COMMON_PROBLEMS, parametersOf, problems } from './openapi-parts.ts';

/** What has an answer that is no JSON, or describes the others. */
export function handWrittenPaths(): ZodOpenApiPathsObject {
  return {
    '/api/events': {
      get: {
        operationId: 'events',
        summary: 'Streams what happens, as server-sent events',
        description: `Each event has an id \`{bootId}.{number}\`, a name and a line of JSON. ${EVENT_LIST}`,
        tags: ['events'],
        requestParams: {
          header: z.object({
            'Last-Event-ID': z.string().optional().meta({
              description: 'The id of the last event that was seen: what came after it is sent first, or `reset`.',
            }),
          }),
        },
        responses: {
          200: {
            description: 'A stream that lasts until either side ends it, or the session does',
            content: { 'text/event-stream': { schema: { type: 'string', 'x-events': eventReferences() } } },
          },
          ...problems([...COMMON_PROBLEMS, 503]),
        },
      },
    },
    '/api/openapi.json': {
      get: {
        operationId: 'openapi',
        summary: 'Gives this document',
        tags: ['server'],
        responses: {
          200: {
            description: 'An OpenAPI 3.1 document',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          ...problems(COMMON_PROBLEMS),
        },
      },
    },
    '/api/certificates/authority.crt': {
      get: {
        operationId: 'authorityCertificate',
        summary: 'Gives the certificate of the local authority, for programs that are told whom to trust',
        tags: ['certificates'],
        responses: {
          200: {
            description: 'A certificate in PEM form',
            content: { 'application/x-x509-ca-cert': { schema: { type: 'string' } } },
          },
          ...problems([...COMMON_PROBLEMS, 404, 409]),
        },
      },
    },
    '/api/stores/{code}/logo': { get: picture('/api/stores/{code}/logo', 'storeLogo', "Gives a store's logo") },
    '/api/catalogues/{name}/picture': {
      get: picture('/api/catalogues/{name}/picture', 'cataloguePicture', 'Gives a picture of a catalogue'),
    },
  };
}

function picture(address: string, operationId: string, summary: string): ZodOpenApiOperationObject {
  const path = parametersOf(address);
  return {
    operationId,
    summary,
    tags: [address.split('/')[2] ?? ''],
    requestParams: path ? { path } : {},
    responses: {
      200: { description: 'A picture', content: { 'image/*': { schema: { type: 'string' } } } },
      ...problems([...COMMON_PROBLEMS, 404]),
    },
  };
}

const EVENT_LIST =
  '`hello` comes first; `reset` means that everything shown so far may be stale; `requests` are finished requests, oldest first; `store` and `provisioning` tell what happens to stores.';

const EVENT_NAMES = Object.keys(eventPayloads) as EventName[];

/** The name of an event's data among the schemas: its own, or one such as `RequestsEvent`. */
function eventSchemaName(name: EventName): string {
  return eventPayloads[name].meta()?.id ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Event`;
}

/** The data of each event by its name: OpenAPI has no place of its own for them. */
function eventReferences(): Readonly<Record<string, { readonly $ref: string }>> {
  return Object.fromEntries(
    EVENT_NAMES.map((name) => [name, { $ref: `#/components/schemas/${eventSchemaName(name)}` }]),
  );
}

/** The data of all events, by the names that the document refers to. */
export function eventSchemas(): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(EVENT_NAMES.map((name) => [eventSchemaName(name), eventPayloads[name]]));
}
