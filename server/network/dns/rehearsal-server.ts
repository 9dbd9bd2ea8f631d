/**
 * A small DNS server on loopback that plays the public DNS in rehearsals. A stand-in: nobody but this machine can ask it, and
 * what it answers proves nothing. Packets are real, over UDP and TCP. Threat: anything on this machine may send it anything, so
 * what cannot be read is answered with an error or not at all, and connections are bounded. Source: RFC 1035 §4, RFC 7766.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import dnsPacket, { type Answer, type DecodedPacket, type Packet } from 'dns-packet';

export interface DnsQuestion {
  /** Lower case. */
  readonly name: string;
  readonly type: string;
}

export const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4 } as const;

/** What comes back; null: nothing, ever. */
export interface DnsReply {
  readonly rcode: keyof typeof RCODES;
  readonly answers: readonly Answer[];
  readonly delayMs: number;
  /** Sent before under another number, as an attacker would who cannot see the question: resolvers must not take it. */
  readonly forged?: readonly Answer[];
}

export interface AnsweredQuestion {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly transport: 'udp' | 'tcp';
  readonly name: string;
  readonly type: string;
  /** In words, as `203.0.113.10` or `SERVFAIL`. */
  readonly answer: string;
  readonly ms: number;
}

export interface DnsServerParts {
  readonly reply: (question: DnsQuestion) => Promise<DnsReply | null>;
  readonly onAnswered: (answered: AnsweredQuestion) => void;
}

const HOST = '127.0.0.1';
const PLAIN_UDP_BYTES = 512;
const MAX_TCP_CONNECTIONS = 50;
const IDLE_MS = 10_000;
const PORT_TRIES = 20;

/** A running server. */
export interface RunningDnsServer {
  readonly address: string;
  /** Of both UDP and TCP. */
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a DNS server on a free port of loopback. */
export async function startDnsServer(parts: DnsServerParts): Promise<RunningDnsServer> {
  const timers = new Set<NodeJS.Timeout>();
  const sockets = new Set<Socket>();
  const answer = (transport: 'udp' | 'tcp', message: Buffer, send: (packet: Buffer) => void) =>
    void answerPacket(parts, { transport, message, send, timers }).catch(() => undefined);
  const { udp, tcp } = await listen();
  udp.on('message', (message, from) =>
    // An error here is a sender that has gone.
    answer('udp', message, (packet) => udp.send(packet, from.port, from.address, () => undefined)),
  );
  udp.on('error', () => undefined);
  tcp.maxConnections = MAX_TCP_CONNECTIONS;
  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveTcp(socket, (message) => answer('tcp', message, (packet) => sendTcp(socket, packet)));
  });
  return {
    address: HOST,
    port: udp.address().port,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

/** The same free port for both. */
async function listen(): Promise<{ udp: UdpSocket; tcp: Server }> {
  for (let attempt = 0; ; attempt += 1) {
    const udp = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      udp.once('error', reject);
      udp.bind(0, HOST, () => resolve());
    });
    const tcp = createServer();
    try {
      await new Promise<void>((resolve, reject) => {
        tcp.once('error', reject);
        tcp.listen(udp.address().port, HOST, () => resolve());
      });
      return { udp, tcp };
    } catch (error) {
      udp.close();
      if (attempt >= PORT_TRIES) throw error;
    }
  }
}

interface Received {
  readonly transport: 'udp' | 'tcp';
  readonly message: Buffer;
  readonly send: (packet: Buffer) => void;
  /** Answers that wait for their delay. */
  readonly timers: Set<NodeJS.Timeout>;
}

async function answerPacket(parts: DnsServerParts, { transport, message, send, timers }: Received): Promise<void> {
  const asked = readQuestion(message);
  if (!asked) return;
  if (typeof asked === 'string') return send(errorPacket(message, asked));
  const { packet, question } = asked;
  const startedAt = Date.now();
  const reply = await parts.reply(question);
  const tell = (answer: string) =>
    parts.onAnswered({ at: startedAt, transport, ...question, answer, ms: Date.now() - startedAt });
  if (!reply) return tell('no answer');
  const deliver = () => {
    if (reply.forged) send(forgedPacket(packet, reply.forged));
    const whole = encode(packet, reply, false);
    const isCut = transport === 'udp' && whole.length > udpLimit(packet);
    send(isCut ? encode(packet, reply, true) : whole);
    tell(isCut ? 'truncated: ask over TCP' : inWords(reply));
  };
  if (reply.delayMs === 0) return deliver();
  const timer = setTimeout(() => {
    timers.delete(timer);
    deliver();
  }, reply.delayMs);
  timers.add(timer);
}

/** The question of a packet; the error it is to be answered with; null for what is no question at all. */
function readQuestion(message: Buffer): { packet: DecodedPacket; question: DnsQuestion } | 'FORMERR' | 'NOTIMP' | null {
  // Too short for a header, or an answer: two servers must not begin to talk.
  if (message.length < 12 || (message.readUInt8(2) & 0x80) !== 0) return null;
  if ((message.readUInt8(2) & 0x78) !== 0) return 'NOTIMP';
  try {
    const packet = dnsPacket.decode(message);
    const [first] = packet.questions ?? [];
    if (!first || packet.questions?.length !== 1) return 'FORMERR';
    return { packet, question: { name: first.name.toLowerCase().replace(/\.$/, ''), type: first.type } };
  } catch {
    return 'FORMERR';
  }
}

function errorPacket(message: Buffer, rcode: 'FORMERR' | 'NOTIMP'): Buffer {
  return dnsPacket.encode({ type: 'response', id: message.readUInt16BE(0), flags: RCODES[rcode] });
}

function encode(asked: DecodedPacket, reply: DnsReply, isTruncated: boolean): Buffer {
  const { RECURSION_DESIRED, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } = dnsPacket;
  const packet: Packet = {
    type: 'response',
    id: asked.id ?? 0,
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | (isTruncated ? TRUNCATED_RESPONSE : 0) | RCODES[reply.rcode],
    questions: asked.questions ?? [],
    answers: isTruncated ? [] : [...reply.answers],
  };
  return dnsPacket.encode(packet);
}

function forgedPacket(asked: DecodedPacket, answers: readonly Answer[]): Buffer {
  return dnsPacket.encode({
    type: 'response',
    id: ((asked.id ?? 0) + 1) & 0xffff,
    flags: dnsPacket.RECURSION_AVAILABLE,
    questions: asked.questions ?? [],
    answers: [...answers],
  });
}

/** How long an answer over UDP may be: what the question says, or what everybody can take. Source: RFC 6891 §6.2.5. */
function udpLimit(packet: DecodedPacket): number {
  const option = packet.additionals?.find(({ type }) => type === 'OPT') as { udpPayloadSize?: number } | undefined;
  return Math.max(PLAIN_UDP_BYTES, Math.min(option?.udpPayloadSize ?? 0, 1232));
}

/** Reads messages, each behind its length in two bytes. */
function serveTcp(socket: Socket, onMessage: (message: Buffer) => void): void {
  let received: Buffer = Buffer.alloc(0);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2) {
      const end = 2 + received.readUInt16BE(0);
      if (received.length < end) return;
      onMessage(received.subarray(2, end));
      received = received.subarray(end);
    }
  });
}

function sendTcp(socket: Socket, packet: Buffer): void {
  if (socket.destroyed) return;
  const length = Buffer.alloc(2);
  length.writeUInt16BE(packet.length);
  socket.write(Buffer.concat([length, packet]));
}

const MAX_WORDS = 120;

function inWords({ rcode, answers, forged }: DnsReply): string {
  const values = answers.map((answer) => ('data' in answer ? dataText(answer.data) : answer.type)).join(', ');
  const text = rcode === 'NOERROR' ? values || 'no records' : rcode;
  const shortened = text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
  return forged ? `a forged packet, then ${shortened}` : shortened;
}

function dataText(data: unknown): string {
  return Array.isArray(data) ? data.map(String).join('') : String(data);
}
