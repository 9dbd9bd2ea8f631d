import { type Fault, type Problem, problem } from '../../../server/contract/problem.ts';

/** A refusal of the server, or no answer at all (`server_unreachable`). Its message may be shown as it is. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(document: Problem) {
    super(document.detail);
    this.name = 'ProblemError';
    this.problem = document;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  get faults(): readonly Fault[] {
    return this.problem.errors ?? [];
  }

  /** True when the server could not be reached, so that asking again later may help. */
  get isUnreachable(): boolean {
    return this.code === 'server_unreachable';
  }
}

/** The problem of an answer that is not a success, also when a proxy or a crash made it something else. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const parsed = problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ProblemError(parsed.data);
  return new ProblemError(
    local(response.status, 'unreadable_answer', `The server answered ${response.status} without saying why.`),
  );
}

/** What becomes of a request that got no answer. */
export function unreachable(cause: unknown): ProblemError {
  const error = new ProblemError(
    local(0, 'server_unreachable', 'The server does not answer. It may be starting again; nothing you typed is lost.'),
  );
  error.cause = cause;
  return error;
}

/** Any thrown thing as a sentence for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function local(status: number, code: string, detail: string): Problem {
  return { type: `urn:orion:problem:${code}`, title: 'No answer', status, code, detail, instance: '', requestId: '' };
}
