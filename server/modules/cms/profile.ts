import { z } from 'zod';

/** How a store presents itself; kept as its setting `profile`. Paths are files of the store's storage. */
export const profileSchema = z.object({
  tagline: z.string().default(''),
  description: z.string().default(''),
  hero: z
    .object({
      heading: z.string(),
      text: z.string(),
      buttonLabel: z.string(),
      buttonUrl: z.string(),
      image: z
        .object({
          file: z.string(),
          alt: z.string(),
          width: z.number(),
          height: z.number(),
          widths: z.array(z.number()).readonly(),
        })
        .nullable(),
    })
    .nullable()
    .default(null),
});

export type StoreProfile = z.infer<typeof profileSchema>;

export const EMPTY_PROFILE: StoreProfile = Object.freeze(profileSchema.parse({}));
