/** Work that needs administrator rights: registered by the server, run by the desktop app or by a person. */
import { z } from 'zod';

/**
 * What has to run with administrator rights. The desktop app runs it by its id, after asking the system
 * (`window.orionDesktop.elevate(id)`); in a browser the person runs `command` in a terminal.
 */
export const elevation = z
  .object({
    /** Only the server knows which program stands behind it; valid for some minutes. */
    id: z.string(),
    /** What will happen, in a sentence. */
    purpose: z.string(),
    /** The exact command for a terminal, `sudo …`; on Windows for a terminal that was opened as administrator. */
    command: z.string(),
  })
  .meta({ id: 'Elevation' });
export type Elevation = Readonly<z.infer<typeof elevation>>;

/** How the run of an elevated command ended. */
export const elevationOutcome = z.enum(['done', 'cancelled', 'failed', 'unavailable']);
export type ElevationOutcome = z.infer<typeof elevationOutcome>;
