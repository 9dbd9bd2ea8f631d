import { curlCommand } from '../contract/curl.ts';
import type { COPY_FORMATS } from '../contract/inspect.ts';
import type { RequestTrace } from '../contract/requests.ts';
import { fetchCode } from './copy-fetch.ts';
import { bugReport, type ReportAbout } from './copy-report.ts';

/** A request as a command, as code or as a bug report. What was masked when it was recorded is left out and named. */
export function copyTrace(trace: RequestTrace, format: (typeof COPY_FORMATS)[number], about: ReportAbout): string {
  switch (format) {
    case 'curl':
      return curlText(trace);
    case 'fetch':
      return fetchCode(trace);
    case 'report':
      return bugReport(trace, about);
  }
}

function curlText(trace: RequestTrace): string {
  const { command, missing } = curlCommand(trace, trace.scheme);
  // A header's name may hold a line break when it came from a file: it must not end the comment.
  const names = missing.join(', ').replace(/[\r\n]/g, ' ');
  return missing.length === 0 ? `${command}\n` : `# Left out, not recorded: ${names}\n${command}\n`;
}
