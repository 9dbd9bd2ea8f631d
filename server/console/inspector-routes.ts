import type { Router } from '@koa/router';
import type { z } from 'zod';
import type { AppState } from '../context.ts';
import { type inspectorState, type SavedFilter, savedFilters } from '../contract/inspect.ts';
import { operations } from '../contract/operations.ts';
import { type Fault, ValidationError } from '../errors.ts';
import type { Inspector } from '../observability/inspector.ts';
import type { PlatformSettings } from './checklist.ts';
import type { EventHub } from './events-hub.ts';
import { readInput } from './input.ts';

export interface InspectorRouteParts {
  readonly inspector: Inspector;
  readonly settings: PlatformSettings;
  readonly events: EventHub;
}

const FILTERS = 'console.request-filters';

/** Adds the routes of how requests are recorded, and of saved filters, to the console's API. */
export function inspectorRoutes(router: Router<AppState>, parts: InspectorRouteParts): void {
  const { inspector, settings, events } = parts;
  router.get('/inspector', (ctx) => {
    ctx.body = stateOf(inspector);
  });
  router.patch('/inspector', async (ctx) => {
    await inspector.change(readInput(operations.changeInspector.body, ctx.request.body));
    events.tellChanged('inspector');
    ctx.body = stateOf(inspector);
  });
  router.get('/request-filters', async (ctx) => {
    ctx.body = { filters: await readFilters(settings) };
  });
  router.put('/request-filters', async (ctx) => {
    const { filters } = readInput(operations.saveFilters.body, ctx.request.body);
    refuseDoubles(filters);
    await settings.writeSetting(FILTERS, filters);
    events.tellChanged('filters');
    ctx.body = { filters };
  });
}

function stateOf(inspector: Inspector): z.infer<typeof inspectorState> {
  return { ...inspector.current, otlpState: inspector.otlpState, storedBytes: inspector.storedBytes };
}

async function readFilters(settings: PlatformSettings): Promise<SavedFilter[]> {
  // What another version wrote may not be understood here: then there are none.
  const kept = savedFilters.safeParse({ filters: (await settings.readSetting(FILTERS)) ?? [] });
  return kept.success ? kept.data.filters : [];
}

/** @throws {ValidationError} naming each filter whose name is taken */
function refuseDoubles(filters: readonly SavedFilter[]): void {
  const faults = filters.flatMap(({ name }, index): Fault[] =>
    filters.findIndex((other) => other.name === name) < index
      ? [{ field: `filters[${index}].name`, message: 'is the name of another filter' }]
      : [],
  );
  if (faults.length > 0) throw new ValidationError('Two filters have one name. Choose another name.', faults);
}
