import { describe, expect, it } from 'vitest';
import { describeEnd, reportText } from './failure-report.ts';

const end = { code: null, signal: null, reason: null, spawnError: null, readyForMs: 0 };

describe('describeEnd', () => {
  it('has the server’s own words when there are any', () => {
    const reason = { event: 'failed', message: 'Port 8000 is in use.', faults: [] } as const;
    expect(describeEnd({ ...end, code: 1, reason })).toBe('Port 8000 is in use.');
  });

  it('else says how the process ended', () => {
    expect(describeEnd({ ...end, code: 7 })).toContain('exit code 7');
    expect(describeEnd({ ...end, signal: 'SIGKILL' })).toContain('SIGKILL');
    expect(describeEnd({ ...end, spawnError: 'spawn node ENOENT' })).toContain('spawn node ENOENT');
  });
});

describe('reportText', () => {
  const about = { version: '1.2.3', electron: '45.4.1', system: 'linux x64', time: new Date('2026-11-21T07:00:00Z') };

  it('says what, where and what was said last', () => {
    const report = {
      summary: 'It failed.',
      faults: ['--port: must be a number'],
      lines: ['one', 'two'],
      dataDir: '/data',
    };

    expect(reportText(report, about)).toBe(
      [
        'Orion Studio 1.2.3 · Electron 45.4.1 · linux x64 · 2026-11-21T07:00:00.000Z',
        'Data folder: /data',
        '',
        'It failed.',
        '  --port: must be a number',
        '',
        'Last lines of the server:',
        '  one',
        '  two',
        '',
      ].join('\n'),
    );
  });

  it('says so when nothing is known', () => {
    const text = reportText({ summary: 'It failed.', faults: [], lines: [] }, about);

    expect(text).toContain('Data folder: not known');
    expect(text).toContain('  (none)');
  });
});
