/** The list of checks as the screen changes it, and as a file. */
import type { Resolution } from '../../../../server/contract/requests.ts';
import { type RouteCheck, type RouteCheckFile, routeCheckFile } from '../../../../server/contract/routing.ts';
import { partsOf, type WhatIf } from '../what-if.ts';

export const FILE_NAME = 'orion-routes.json';

/** A check that holds as long as the answer to a question stays what it is. */
export function checkOf(asked: WhatIf, resolution: Resolution): RouteCheck {
  const { scheme, host, path } = partsOf(asked);
  const header = asked.storeHeader.trim();
  return {
    url: `${scheme}://${host}${path}`,
    ...(asked.method === 'GET' ? {} : { method: asked.method }),
    ...(header === '' ? {} : { storeHeader: header }),
    ...expectationOf(resolution),
  };
}

/** What a check has to expect so that it holds now. */
export function expectationOf(resolution: Resolution): Pick<RouteCheck, 'store' | 'area' | 'outcome' | 'status'> {
  if (resolution.outcome === 'store') return { store: resolution.store?.code ?? null, area: resolution.area };
  if (resolution.refusal) return { store: null, status: resolution.refusal.status };
  return { store: null, outcome: resolution.outcome };
}

/** URLs as pasted: one a line, empty lines and remarks left out. */
export function pastedUrls(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The file's text, as `orion routes check` reads it. */
export function fileText(checks: readonly RouteCheck[]): string {
  return `${JSON.stringify({ version: 1, checks: [...checks] } satisfies RouteCheckFile, null, 2)}\n`;
}

/** Reads such a file; a text says what is wrong with it. */
export function readFileText(text: string): RouteCheck[] | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'This file is not JSON.';
  }
  const parsed = routeCheckFile.safeParse(content);
  if (parsed.success) return parsed.data.checks;
  const [issue] = parsed.error.issues;
  return `This file is not a list of checks${issue ? `: ${issue.path.join('.') || 'it'} ${issue.message}` : ''}.`;
}
