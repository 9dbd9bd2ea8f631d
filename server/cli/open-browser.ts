import open from 'open';

/** Opens a URL where there is someone to look at it; elsewhere printing it is all that can be done. */
export async function openInBrowser(url: string): Promise<void> {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (process.env['CI'] || !process.stdout.isTTY || !hasDisplay) return;
  await open(url).catch(() => undefined);
}
