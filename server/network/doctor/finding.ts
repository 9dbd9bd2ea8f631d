import type { Finding } from '../../contract/doctor.ts';

export type Group = Finding['group'];
export type Fix = NonNullable<Finding['fix']>;

/** What is said of one thing beside its status. */
interface More {
  readonly details?: readonly string[];
  readonly fix?: Partial<Fix> & { readonly text: string };
}

/** Makes findings about one thing. `id` is unique in a report, as `port:http`. */
export function about(group: Group, id: string, name: string) {
  const say =
    (status: Finding['status']) =>
    (message: string, { details = [], fix }: More = {}): Finding => ({
      id,
      group,
      name,
      status,
      message,
      details: [...details],
      fix: fix ? { command: null, action: null, ...fix } : null,
    });
  return { ok: say('ok'), warning: say('warning'), failed: say('failed'), skipped: say('skipped') };
}

/** `3 stores`, `1 store`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Two findings about the same get a number: lists and buttons tell them apart by id. */
export function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const times = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, times);
    return times === 1 ? finding : { ...finding, id: `${finding.id}:${times}` };
  });
}
