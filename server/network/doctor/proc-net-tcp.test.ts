import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProcNetTcp } from './proc-net-tcp.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41267 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F40 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 41300 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 19482 1 0000000000000000 100 0 0 10 0
`;
const TABLE_6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41268 1 0000000000000000 100 0 0 10 0
`;

describe('parseProcNetTcp', () => {
  it('finds what listens, over IPv4 and IPv6, and leaves connections out', () => {
    expect(parseProcNetTcp(TABLE)).toEqual([
      { port: 8000, inode: '41267', uid: 1000 },
      { port: 22, inode: '19482', uid: 0 },
    ]);
    expect(parseProcNetTcp(TABLE_6)).toEqual([{ port: 8000, inode: '41268', uid: 1000 }]);
  });

  it('takes any text without failing, and gives back every row it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseProcNetTcp(text))));
    const row = fc.record({ port: fc.integer({ min: 0, max: 65_535 }), inode: fc.nat(), uid: fc.nat() });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const text = rows.map(
          ({ port, inode, uid }, index) =>
            `${index}: 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 0:0 00:0 0 ${uid} 0 ${inode} 1`,
        );
        expect(parseProcNetTcp(text.join('\n'))).toEqual(rows.map((one) => ({ ...one, inode: String(one.inode) })));
      }),
    );
  });
});
