/** What of HTTP Archives is written and read here. Source: Jan Odvarko, "HAR 1.2 Spec", softwareishard.com. */
import type { RequestTrace } from '../../contract/requests.ts';

export interface HarPair {
  readonly name: string;
  readonly value: string;
}

export interface HarCookie extends HarPair {
  readonly path?: string;
  readonly domain?: string;
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
}

interface HarMessage {
  readonly httpVersion: string;
  readonly cookies: readonly HarCookie[];
  readonly headers: readonly HarPair[];
  readonly headersSize: -1;
  readonly bodySize: number;
}

/** An entry as it is written. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** The sum of the timings. */
  readonly time: number;
  readonly request: HarMessage & {
    readonly method: string;
    readonly url: string;
    readonly queryString: readonly HarPair[];
    readonly postData?: { readonly mimeType: string; readonly text: string; readonly _encoding?: 'base64' };
  };
  readonly response: HarMessage & {
    readonly status: number;
    readonly statusText: string;
    readonly content: {
      readonly size: number;
      readonly mimeType: string;
      readonly text?: string;
      readonly encoding?: 'base64';
      readonly comment?: string;
    };
    readonly redirectURL: string;
  };
  readonly cache: object;
  readonly timings: Readonly<Record<'blocked' | 'dns' | 'connect' | 'ssl' | 'send' | 'wait' | 'receive', number>>;
  readonly serverIPAddress: string;
  readonly comment?: string;
  readonly _orion: OrionMember;
}

/** What is known of a body beside its text, which stands in the entry itself. */
export interface BodyFacts {
  readonly contentType: string | null;
  readonly bytes: number;
  readonly keptBytes: number;
  readonly note: string | null;
  readonly form: 'text' | 'base64' | 'none';
}

/** Everything of a trace that the format has no place for. Where it came from and its place in the list are the reader's. */
export type OrionMember = Omit<
  RequestTrace,
  'sequence' | 'origin' | 'requestHeaders' | 'responseHeaders' | 'requestBody' | 'responseBody'
> & {
  readonly version: 1;
  readonly requestBody: BodyFacts | null;
  readonly responseBody: BodyFacts | null;
};
