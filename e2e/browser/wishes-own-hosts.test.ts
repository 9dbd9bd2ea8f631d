/**
 * Wishes 5 and 25 of those that wishes.test.ts lists, for /etc/hosts itself: each server has one of its own, which no other
 * program of this machine sees.
 */
import type { Page } from '@playwright/test';
import { type OwnHostsServer, startWithOwnHosts, whyNoOwnHosts } from './support/own-hosts-server.ts';
import { expect, test } from './support/test.ts';

const BEFORE = Buffer.from('127.0.0.1\tlocalhost # this machine\n10.0.0.9\tprinter');

const reason = whyNoOwnHosts();
test.skip(reason !== null, reason ?? '');
// Each starts a server, also on machines that do other work as well.
test.setTimeout(120_000);

const write = (page: Page) => page.getByRole('button', { name: /^Write \d+ names$/ });
const written = (page: Page) => page.getByRole('region', { name: 'The names are written' });

async function openHosts(page: Page, own: OwnHostsServer): Promise<void> {
  await page.goto(own.signIn);
  await page.waitForURL(own.console);
  await page.goto(`${own.console}names/hosts`);
}

test('wish 5: all names are one question for rights, with the exact command', async ({ page }) => {
  const own = await startWithOwnHosts(BEFORE, 'nobody');
  try {
    await openHosts(page, own);
    await expect(page.getByText('needs administrator rights', { exact: true })).toBeVisible();
    await expect(page.getByText('This user may not write /etc/hosts; a change asks')).toBeVisible();
    await write(page).click();
    const asked = page.getByRole('alert').filter({ hasText: 'Administrator rights are needed' });
    await expect(asked).toContainText('Brings the names of the stores in /etc/hosts up to date (3 names).');
    const command = asked.getByText(/^sudo /);
    await expect(command).toHaveCount(1);
    const check = asked.getByRole('button', { name: 'I ran it: check again' });
    await check.click();
    await expect(asked).toContainText('the command has not run yet');
    expect(own.read().equals(BEFORE)).toBe(true);

    own.runAsAdministrator(await command.innerText());
    await check.click();
    await expect(written(page)).toBeVisible();
    await expect(page.getByText('In step: 3 names in the hosts file')).toBeVisible();
    for (const name of ['orion.lu', 'orion.localhost'])
      expect(own.runAsAdministrator(`getent ahostsv4 ${name}`)).toMatch(/^127\.0\.0\.1\s/);

    // In a terminal it is one command as well; it tells of the cache and tries the names.
    const said = own.orion('hosts', 'clean', '--sudo');
    expect(said).toContain("systemd-resolved's cache was emptied.");
    expect(said).toMatch(/^orion\.lu +fails +works +fails +fails/m);
    expect(own.read().equals(BEFORE)).toBe(true);
  } finally {
    await own.stop();
  }
});

test('wish 25: after a change the cache of names is emptied, and each name is tried', async ({ page }) => {
  const own = await startWithOwnHosts(BEFORE, 'root');
  try {
    await openHosts(page, own);
    await write(page).click();
    await expect(written(page).getByRole('status')).toContainText("systemd-resolved's cache was emptied.");
    expect(own.flushes()).toBe('flush-caches\n');
    const row = written(page).getByRole('row').filter({ hasText: 'orion.lu' });
    await expect(row.getByText('works', { exact: true })).toHaveCount(4);
    expect(own.runAsAdministrator('getent ahostsv4 orion.lu')).toMatch(/^127\.0\.0\.1\s/);

    // So it is when the file follows a change by itself.
    await page.getByRole('switch', { name: 'Keep in step' }).press('Space');
    await expect(page.getByRole('switch', { name: 'Keep in step' })).toBeChecked();
    own.orion('domain', 'remove', 'orion', 'orion.lu');
    await expect.poll(() => own.read().toString()).not.toContain('orion.lu');
    await expect.poll(() => own.flushes()).toBe('flush-caches\nflush-caches\n');
  } finally {
    await own.stop();
  }
});
