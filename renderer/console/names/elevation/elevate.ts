import type { DesktopBridge } from '../../../../electron/bridge.ts';

/**
 * Runs registered work with administrator rights after the system asked, and says what is still wrong, or null when
 * it is done. Null in a plain browser, where a person runs the command.
 */
export function elevator(): ((id: string) => Promise<string | null>) | null {
  const { orionDesktop } = globalThis as { readonly orionDesktop?: Partial<DesktopBridge> };
  const elevate = orionDesktop?.elevate;
  if (!elevate) return null;
  return async (id) => {
    const { outcome, message } = await elevate(id);
    if (outcome !== 'done') return message;
    // The windows keep what they looked up before.
    await orionDesktop.clearNames?.();
    return null;
  };
}
