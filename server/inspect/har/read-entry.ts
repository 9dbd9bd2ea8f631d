import { z } from 'zod';

const pairs = z.array(z.looseObject({ name: z.string(), value: z.string().catch('') })).catch([]);
const cookies = z
  .array(
    z.looseObject({
      name: z.string(),
      value: z.string().catch(''),
      path: z.string().nullish().catch(null),
      httpOnly: z.boolean().nullish().catch(null),
      secure: z.boolean().nullish().catch(null),
    }),
  )
  .catch([]);
const milliseconds = z.number().catch(-1);

/** Only what cannot be guessed must be there: programs leave out much of what the format asks for. */
const entryShape = z.looseObject({
  startedDateTime: z
    .string({ error: 'is missing' })
    .transform((text) => Date.parse(text))
    .refine((at) => !Number.isNaN(at), 'is not a date'),
  time: milliseconds,
  request: z.looseObject(
    {
      method: z
        .string({ error: 'is missing' })
        .regex(/^[A-Za-z-]{1,40}$/, 'is not a method')
        .toUpperCase(),
      url: z.string({ error: 'is missing' }).max(100_000, 'is longer than 100 000 characters'),
      httpVersion: z.string().catch(''),
      headers: pairs,
      cookies,
      postData: z
        .looseObject({
          mimeType: z.string().catch(''),
          text: z.string().nullish().catch(null),
          encoding: z.string().nullish().catch(null),
          _encoding: z.string().nullish().catch(null),
          params: pairs,
        })
        .nullish()
        .catch(null),
    },
    { error: 'is missing' },
  ),
  response: z
    .looseObject({
      status: z.int().min(0).max(999).catch(0),
      headers: pairs,
      cookies,
      content: z
        .looseObject({
          size: z.number().catch(-1),
          mimeType: z.string().catch(''),
          text: z.string().nullish().catch(null),
          encoding: z.string().nullish().catch(null),
        })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  timings: z
    .looseObject({
      blocked: milliseconds,
      dns: milliseconds,
      connect: milliseconds,
      ssl: milliseconds,
      send: milliseconds,
      wait: milliseconds,
      receive: milliseconds,
    })
    .nullish()
    .catch(null),
  _orion: z.unknown().optional(),
});

/** An entry of any program's archive. */
export type ReadEntry = z.output<typeof entryShape>;

/** Reads the members of an entry that are used here; the reason says everything that is wrong. */
export function readEntry(entry: unknown): { readonly entry: ReadEntry } | { readonly reason: string } {
  const result = entryShape.safeParse(entry);
  if (result.success) return { entry: result.data };
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  return { reason: `${faults.join('; ')}.` };
}
