import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLsof, parseNetstat } from './port-tables.ts';

describe('parseLsof', () => {
  it('reads processes with command and user', () => {
    expect(parseLsof('p812\ncnode\nLann\nf23\np900\ncnginx\nLroot\n')).toEqual([
      { pid: 812, command: 'node', user: 'ann' },
      { pid: 900, command: 'nginx', user: 'root' },
    ]);
  });

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseLsof(text))));
  });
});

describe('parseNetstat', () => {
  const OUTPUT = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:8000         0.0.0.0:0              ABHÖREN          4711
  TCP    [::1]:8000             [::]:0                 ABHÖREN          4711
  TCP    127.0.0.1:8000         127.0.0.1:50112        HERGESTELLT      4711
  TCP    0.0.0.0:80             0.0.0.0:0              ABHÖREN          4
  TCP    127.0.0.1:18000        0.0.0.0:0              ABHÖREN          99
`;

  it('finds who listens in any language of Windows, and only on that very port', () => {
    expect(parseNetstat(OUTPUT, 8000)).toEqual([4711]);
    expect(parseNetstat(OUTPUT, 80)).toEqual([4]);
    expect(parseNetstat(OUTPUT, 50112)).toEqual([]);
  });

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string(), fc.nat(), (text, port) => Array.isArray(parseNetstat(text, port))));
  });
});
