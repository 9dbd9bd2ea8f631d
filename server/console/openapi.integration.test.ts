import { expect, it } from 'vitest';
import { eventPayloads } from '../contract/events.ts';
import { type Operation, operations } from '../contract/operations.ts';
import { startTestPlatform } from '../testing/test-platform.ts';
import { consoleApi } from './api.ts';
import { openApiDocument } from './openapi.ts';

/** What has an answer that is no JSON, or describes the others. */
const BESIDE_OPERATIONS = [
  'GET /api/catalogues/{name}/picture',
  'GET /api/certificates/authority.crt',
  'GET /api/events',
  'GET /api/openapi.json',
  'GET /api/stores/{code}/logo',
];

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components: Readonly<
    Record<'schemas' | 'securitySchemes', Readonly<Record<string, { readonly type?: string }>>>
  >;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}
interface DocumentOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content: Readonly<Record<string, { readonly schema: object }>> }
    >
  >;
}

async function document(): Promise<Document> {
  const platform = await startTestPlatform();
  const answer = await platform.askConsole({ path: '/api/openapi.json' });
  expect(answer.status).toBe(200);
  return answer.json<Document>();
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

it('describes every operation with its input, its answer and its refusals', async () => {
  const described = await document();

  for (const [name, { method, path, query, body, status, problems = [] }] of Object.entries<Operation>(operations)) {
    const operation = described.paths[path]?.[method];
    expect(operation?.operationId).toBe(name);
    expect(operation?.responses[status]?.content['application/json']?.schema, name).toBeDefined();
    for (const problem of [401, 403, 500, ...problems])
      expect(operation?.responses[problem]?.content, `${name} ${problem}`).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
    expect(Boolean(operation?.requestBody?.content['application/json']), name).toBe(body !== undefined);
    const names = (operation?.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name);
    expect(names, name).toEqual(Object.keys(query?.shape ?? {}));
  }
  expect(Object.keys(described.components.securitySchemes)).toEqual(['session', 'commandLine']);
  expect(described.security).toEqual([{ session: [] }, { commandLine: [] }]);
});

it('describes the stream of events by hand, with the data of each', async () => {
  const described = await document();
  const stream = described.paths['/api/events']?.['get'];

  expect(stream?.parameters?.map(({ name, in: where }) => `${where} ${name}`)).toEqual(['header Last-Event-ID']);
  expect(stream?.responses['200']?.content['text/event-stream']?.schema).toMatchObject({
    'x-events': Object.fromEntries(
      Object.keys(eventPayloads).map((name) => [name, { $ref: expect.stringContaining('#/components/schemas/') }]),
    ),
  });
});

it('is an OpenAPI 3.1 document: names are unique, parameters stand in their paths, and every reference leads somewhere', async () => {
  const described = await document();
  const all = operationsOf(described);

  expect(described.openapi).toMatch(/^3\.1\.\d+$/);
  expect(described.info).toMatchObject({ title: expect.any(String), version: expect.stringMatching(/^\d/) });
  expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
  for (const { path, method, operation } of all) {
    const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path');
    expect(
      inPath.map(({ name }) => name),
      `${method} ${path}`,
    ).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    expect(inPath.every(({ required }) => required === true)).toBe(true);
    expect(method === 'get' && operation.requestBody !== undefined).toBe(false);
    expect(operation.summary).toMatch(/^[A-Z]/);
    for (const [status, response] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[1-5]\d\d$/);
      expect(response.description).not.toBe('');
    }
  }
  const text = JSON.stringify(described);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(50);
  for (const reference of new Set(references)) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? '';
    expect(described.components.schemas[name], reference).toBeDefined();
  }
  expect(text).not.toMatch(/"\$defs"|"\$schema"|9007199254740991/);
});

it('leaves out no route, and has none that is not there', async () => {
  const { parts } = await startTestPlatform();
  const routes = consoleApi(parts)
    .stack.filter((layer) => layer.methods.length > 0)
    .flatMap((layer) =>
      layer.methods
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${String(layer.path).replace(/:(\w+)/g, '{$1}')}`),
    );

  const described = Object.values<Operation>(operations).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(routes.sort()).toEqual([...described, ...BESIDE_OPERATIONS].sort());
  const document = openApiDocument('1', 'cookie') as unknown as Document;
  const paths = operationsOf(document).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(paths.sort()).toEqual(routes);
});
