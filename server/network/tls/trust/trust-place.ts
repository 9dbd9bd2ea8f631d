import type { TrustStore } from '../../../contract/certificates.ts';
import type { ElevatedCommand } from '../../elevation.ts';

/** What places of trust need to know of the authority. */
export interface TrustedAuthority {
  /** `Orion Studio local authority (1f2e3d)`. */
  readonly name: string;
  readonly pem: string;
  readonly file: string;
  /** SHA-256 in lower-case hexadecimal, without colons. */
  readonly sha256: string;
}

/** How a place stands to an authority. */
export type TrustLook = Pick<TrustStore, 'state' | 'message' | 'command'>;

/** A place whose trust can be given and taken: the system's, a browser's, Node's. At most one authority of ours is in it. */
export interface TrustPlace {
  readonly id: string;
  readonly label: string;
  readonly clients: string;
  /** Looks what is really there. @param authority null before there is one */
  look(authority: TrustedAuthority | null): Promise<TrustLook>;
  /** How trust is given and taken; null where that is done by hand alone. */
  readonly change: TrustChange | null;
}

/** Either this program does it itself, or it needs administrator rights. Both throw with a sentence. */
export type TrustChange =
  | {
      readonly needsRights: false;
      install(authority: TrustedAuthority): Promise<void>;
      /** Removes every authority of this program. */
      remove(): Promise<void>;
    }
  | {
      readonly needsRights: true;
      install(authority: TrustedAuthority): ElevatedCommand;
      remove(): ElevatedCommand;
    };

export const TRUSTED: TrustLook = { state: 'trusted', message: 'The local authority is trusted.', command: null };
export const UNTRUSTED: TrustLook = {
  state: 'untrusted',
  message: 'The local authority is not trusted: browsers warn before each page.',
  command: null,
};
export const OTHER: TrustLook = {
  state: 'other_authority',
  message:
    'Another authority of Orion Studio is trusted: a former one, or that of another data folder. Trusting replaces it.',
  command: null,
};

/** A place where nothing can be done as it is. */
export function unavailable(message: string, command: string | null = null): TrustLook {
  return { state: 'unavailable', message, command };
}
