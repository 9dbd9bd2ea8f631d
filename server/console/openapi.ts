/** The description of the console's API for programs, made from the table that the server and the console share. */
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { type Operation, operations } from '../contract/operations.ts';
import { eventSchemas, handWrittenPaths } from './openapi-by-hand.ts';
import { COMMON_PROBLEMS, parametersOf, problems } from './openapi-parts.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;

/**
 * The API as an OpenAPI 3.1 document.
 * @param cookieName of the console's session; it holds the server's port
 */
export function openApiDocument(version: string, cookieName: string): OpenApiDocument {
  return createDocument(describeApi(version, cookieName), {
    override: ({ jsonSchema }) => withoutSafeBounds(jsonSchema),
  });
}

function describeApi(version: string, cookieName: string): ZodOpenApiObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Orion Studio console',
      version,
      description:
        'Stores, recorded requests and routing of one platform. It answers on the admin host alone, to the signed-in administrator and to the command line.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The admin host that this document came from' }],
    security: [{ session: [] }, { commandLine: [] }],
    paths: { ...operationPaths(), ...handWrittenPaths() },
    components: {
      schemas: eventSchemas(),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName,
          description: 'What opening a sign-in link gives a browser. Only the console’s own pages may use it.',
        },
        commandLine: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret in `server.json` of the data folder, readable by its owner only.',
        },
      },
    },
  };
}

/** Leaves out the bounds of whole numbers that every JSON parser has anyway. */
function withoutSafeBounds(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function operationPaths(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = describeOperation(name, operation);
    paths[operation.path] = path;
  }
  return paths;
}

function describeOperation(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const path = parametersOf(operation.path);
  const bodyProblems = operation.body ? [400, 413, 415] : [];
  return {
    operationId,
    summary: operation.summary,
    tags: [operation.path.split('/')[2] ?? ''],
    requestParams: { ...(path ? { path } : {}), ...(operation.query ? { query: operation.query } : {}) },
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: operation.body } } } }
      : {}),
    responses: {
      [operation.status]: {
        description: operation.summary,
        content: { 'application/json': { schema: operation.response } },
      },
      ...problems([...COMMON_PROBLEMS, ...bodyProblems, ...(operation.problems ?? [])]),
    },
  };
}
