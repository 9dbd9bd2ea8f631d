/** The DNS server itself: packets that nobody should send, and connections that end badly. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import dnsPacket, { type Answer } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RCODES, type RunningDnsServer, startDnsServer } from './rehearsal-server.ts';

async function start(): Promise<RunningDnsServer> {
  const answers: Answer[] = [{ type: 'A', name: 'shop.test', ttl: 60, data: '192.0.2.1' }];
  const server = await startDnsServer({
    reply: async () => ({ rcode: 'NOERROR', answers, delayMs: 0 }),
    onAnswered: () => undefined,
  });
  onTestFinished(() => server.close());
  return server;
}

const question = (id: number) =>
  dnsPacket.encode({
    type: 'query',
    id,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ type: 'A', name: 'shop.test' }],
  });

/** Sends packets over UDP, then a question; returns what came back until its answer. */
async function sendUdp(server: RunningDnsServer, packets: readonly Uint8Array[]): Promise<Buffer[]> {
  const socket = createSocket('udp4');
  const received: Buffer[] = [];
  const answered = new Promise<void>((resolve) => {
    socket.on('message', (message) => {
      received.push(message);
      if (message.readUInt16BE(0) === 7777) resolve();
    });
  });
  for (const packet of [...packets, question(7777)]) socket.send(packet, server.port, server.address);
  await answered;
  socket.close();
  return received;
}

describe('the server', () => {
  it('survives any packet and goes on answering', async () => {
    const server = await start();
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const cut = fc
      .nat({ max: question(1).length - 1 })
      .map((length) => new Uint8Array(question(1).subarray(0, length + 1)));
    const packets = fc
      .sample(fc.oneof(bytes, cut), 300)
      .filter((packet) => !(packet[0] === 0x1e && packet[1] === 0x61));

    // A few at a time: a socket's buffer holds no more, and what does not fit is lost.
    let received: Buffer[] = [];
    for (let at = 0; at < packets.length; at += 20) received = await sendUdp(server, packets.slice(at, at + 20));

    expect(dnsPacket.decode(received.at(-1) ?? Buffer.alloc(0)).answers).toMatchObject([{ data: '192.0.2.1' }]);
  });

  it('answers neither answers nor what is shorter than a header, and says what it cannot read', async () => {
    const server = await start();
    const anAnswer = dnsPacket.encode({ type: 'response', id: 1, questions: [{ type: 'A', name: 'shop.test' }] });
    const anUpdate = question(2);
    anUpdate.writeUInt8(0x28, 2);
    const twoQuestions = dnsPacket.encode({
      type: 'query',
      id: 3,
      questions: [
        { type: 'A', name: 'a.test' },
        { type: 'A', name: 'b.test' },
      ],
    });

    const received = await sendUdp(server, [anAnswer, Buffer.from('short'), anUpdate, twoQuestions]);

    const codes = received.map((packet) => [packet.readUInt16BE(0), packet.readUInt8(3) & 0x0f]);
    expect(codes.sort()).toEqual([
      [2, RCODES.NOTIMP],
      [3, RCODES.FORMERR],
      [7777, RCODES.NOERROR],
    ]);
  });

  it('reads questions over TCP in whatever pieces they come, and many on one connection', async () => {
    const server = await start();
    const socket = connect(server.port, server.address);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    const both = Buffer.concat(
      [1, 2].map((id) => Buffer.concat([Buffer.from([0, question(id).length]), question(id)])),
    );
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    const size =
      (2 +
        dnsPacket.encode({
          type: 'response',
          questions: [{ type: 'A', name: 'shop.test' }],
          answers: [{ type: 'A', name: 'shop.test', data: '192.0.2.1' }],
        }).length) *
      2;
    for (const byte of both) socket.write(Buffer.from([byte]));
    while (Buffer.concat(received).length < size) await once(socket, 'data');

    const [first] = [dnsPacket.streamDecode(Buffer.concat(received))];
    expect(first).toMatchObject({ id: 1, answers: [{ data: '192.0.2.1' }] });
  });

  it('ends while connections are open and answers are under way', async () => {
    const server = await startDnsServer({
      reply: async () => ({ rcode: 'NOERROR', answers: [], delayMs: 60_000 }),
      onAnswered: () => undefined,
    });
    const socket = connect(server.port, server.address);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.write(Buffer.concat([Buffer.from([0, question(1).length]), question(1)]));

    await server.close();

    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
