import type { ChangedTrust, TrustStore } from '../../contract/certificates.ts';
import type { Elevation } from '../../contract/elevation.ts';
import { ValidationError } from '../../errors.ts';
import type { Elevations } from '../elevation.ts';
import { commonName, type LocalAuthority, type OpenAuthority } from './authority.ts';
import type { TrustChange, TrustedAuthority, TrustPlace } from './trust/trust-place.ts';
import { unavailable } from './trust/trust-place.ts';

/** What came of giving or taking trust, place by place. */
export type TrustResults = Pick<ChangedTrust, 'results' | 'elevation'>;

export interface AuthorityTrustParts {
  readonly authority: LocalAuthority;
  readonly elevations: Elevations;
  readonly places: () => readonly TrustPlace[];
}

/** Gives and takes the trust of this machine's programs in the local authority. */
export class AuthorityTrust {
  readonly #parts: AuthorityTrustParts;

  constructor(parts: AuthorityTrustParts) {
    this.#parts = parts;
  }

  /** How every place stands to the authority, looked up now. */
  async list(): Promise<TrustStore[]> {
    // One that cannot be used is nobody's authority.
    const authority = await this.#parts.authority.find().catch(() => null);
    return Promise.all(
      this.#parts.places().map((place) => present(place, authority && toTrusted(authority, this.#file))),
    );
  }

  /**
   * Gives trust in the places named, else in every one that can be changed. What needs rights is left as one command.
   * @throws {ValidationError} when a place is not known
   */
  async give(ids: readonly string[] | undefined): Promise<TrustResults> {
    const places = this.#named(ids);
    const authority = toTrusted(await this.#parts.authority.ensure(), this.#file);
    return this.#changeAll(places, (change) => change.install(authority));
  }

  /**
   * Takes trust away in the places named, else everywhere; of these, where an authority of this program has it.
   * @throws {ValidationError} when a place is not known
   */
  async take(ids?: readonly string[]): Promise<TrustResults> {
    const named = this.#named(ids);
    const trusted = (await this.list()).filter(({ state }) => state === 'trusted' || state === 'other_authority');
    const trusting = new Set(trusted.map(({ id }) => id));
    const places = named.filter(({ id, change }) => trusting.has(id) && change !== null);
    return this.#changeAll(places, (change) => change.remove());
  }

  /** Names the places that trust another authority of this program than the one there is. */
  async outdated(): Promise<TrustResults> {
    const others = (await this.list()).filter(({ state }) => state === 'other_authority');
    return { results: others.map(({ id, message }) => ({ id, isDone: false, message })), elevation: null };
  }

  get #file(): string {
    return this.#parts.authority.certificateFile;
  }

  #named(ids: readonly string[] | undefined): readonly TrustPlace[] {
    const places = this.#parts.places();
    if (ids === undefined) return places.filter(({ change }) => change !== null);
    const unknown = ids.find((id) => !places.some((place) => place.id === id));
    if (unknown !== undefined) {
      const known = places.map(({ id }) => id).join(', ');
      const message = `has no place "${unknown.slice(0, 60)}"; there are: ${known}`;
      throw new ValidationError('The trust was not changed.', [{ field: 'stores', message }]);
    }
    return places.filter(({ id }) => ids.includes(id));
  }

  async #changeAll(
    places: readonly TrustPlace[],
    apply: (change: TrustChange) => ReturnType<TrustChange['install']>,
  ): Promise<TrustResults> {
    const results: TrustResults['results'] = [];
    let elevation: Elevation | null = null;
    for (const place of places) {
      const { id, label, change } = place;
      if (!change) {
        const look = await present(place, null);
        results.push({
          id,
          isDone: false,
          message: look.state === 'unavailable' ? look.message : `${label} is changed by hand.`,
        });
        continue;
      }
      try {
        const needed = await apply(change);
        if (needed) elevation = this.#parts.elevations.register(needed);
        results.push({
          id,
          isDone: !needed,
          message: needed ? `${label} needs administrator rights.` : `${label} is done.`,
        });
      } catch (error) {
        results.push({ id, isDone: false, message: `${label}: ${(error as Error).message}` });
      }
    }
    return { results, elevation };
  }
}

async function present(place: TrustPlace, authority: TrustedAuthority | null): Promise<TrustStore> {
  const { id, label, clients, change } = place;
  // One browser's broken database must not hide the others.
  const look = await place.look(authority).catch((error: Error) => unavailable(error.message));
  return { id, label, clients, needsRights: change?.needsRights ?? false, ...look };
}

function toTrusted({ certificate, pem }: OpenAuthority, file: string): TrustedAuthority {
  return {
    name: commonName(certificate),
    pem,
    file,
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}
