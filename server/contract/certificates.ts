/** HTTPS on this machine: the local authority, certificates, who trusts them. */
import { z } from 'zod';
import { elevation } from './elevation.ts';

export const authority = z
  .object({
    subject: z.string(),
    /** SHA-256, hexadecimal pairs with colons. */
    fingerprint: z.string(),
    /** Milliseconds since 1970. */
    notBefore: z.number(),
    notAfter: z.number(),
    certificateFile: z.string(),
    /** Readable by its owner alone. */
    keyFile: z.string(),
  })
  .meta({ id: 'Authority' });
export type Authority = Readonly<z.infer<typeof authority>>;

/** A place whose trust can be given and taken: the system's, a browser's, Node's. */
export const trustStore = z
  .object({
    /** `system`, `nss:chromium`, `firefox:<profile>`, `node`. */
    id: z.string(),
    label: z.string(),
    /** Who reads it, as `Chrome, Chromium, Edge`. */
    clients: z.string(),
    state: z.enum(['trusted', 'untrusted', 'other_authority', 'unavailable']),
    needsRights: z.boolean(),
    /** Why it is as it is, in a sentence. */
    message: z.string(),
    /** What to do by hand; null when the button does it. */
    command: z.string().nullable(),
  })
  .meta({ id: 'TrustStore' });
export type TrustStore = Readonly<z.infer<typeof trustStore>>;

export const hostCertificate = z
  .object({
    /** The names it is for. */
    names: z.array(z.string()),
    source: z.enum(['local', 'imported']),
    issuer: z.string(),
    fingerprint: z.string(),
    notBefore: z.number(),
    notAfter: z.number(),
    store: z.string().nullable(),
    /** What is wrong with it, in a sentence; null when nothing. */
    fault: z.string().nullable(),
  })
  .meta({ id: 'HostCertificate' });
export type HostCertificate = Readonly<z.infer<typeof hostCertificate>>;

export const httpsSettings = z.object({
  isOn: z.boolean(),
  /** Wanted; the next free one is taken when it was not named by who started the server. */
  port: z.int().min(1).max(65_535),
  /** Whether http on stores and the platform leads to https. Never the console's own host. */
  redirect: z.boolean(),
  /** Seconds for `Strict-Transport-Security`; 0 sends none. */
  hstsSeconds: z.int().min(0).max(63_072_000),
});
export type HttpsSettings = Readonly<z.infer<typeof httpsSettings>>;

/** What of HTTPS a flag, the environment or the configuration file can decide. */
export const DECIDABLE_HTTPS = ['isOn', 'port'] as const;
export type DecidableHttps = (typeof DECIDABLE_HTTPS)[number];

export const certificatesState = z
  .object({
    https: httpsSettings.extend({
      /** Where it listens; null while off. */
      listeningPort: z.int().nullable(),
      url: z.string().nullable(),
      /** Why it is not on although it is wanted; null when all is well. */
      fault: z.string().nullable(),
      /** What is as who started the server said, and not as it is kept. */
      decided: z.array(z.enum(DECIDABLE_HTTPS)),
    }),
    /** Null before the first use. */
    authority: authority.nullable(),
    trust: z.array(trustStore),
    certificates: z.array(hostCertificate),
  })
  .meta({ id: 'CertificatesState' });
export type CertificatesState = Readonly<z.infer<typeof certificatesState>>;

export const changeHttpsInput = httpsSettings.partial().strict();
export type ChangeHttpsInput = Readonly<z.infer<typeof changeHttpsInput>>;
/** Without `stores`: every one that is available. */
export const changeTrustInput = z.strictObject({ stores: z.array(z.string()).optional() });
/** Ids with commas between them; without: everywhere where an authority of this program is trusted. */
export const takeTrustInput = z.strictObject({ stores: z.string().max(2000).optional() });
export const changedTrust = z
  .object({
    results: z.array(z.object({ id: z.string(), isDone: z.boolean(), message: z.string() })),
    /** What is left to do with administrator rights; null when nothing. */
    elevation: elevation.nullable(),
    state: certificatesState,
  })
  .meta({ id: 'ChangedTrust' });
export type ChangedTrust = Readonly<z.infer<typeof changedTrust>>;
/** PEM texts; the certificate may be followed by its chain. */
export const importCertificateInput = z.strictObject({
  certificate: z.string().max(200_000),
  key: z.string().max(50_000),
});
