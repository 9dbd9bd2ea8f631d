/** Every step of making a store: what a failure in it leaves, and how a crash in it is made good. */
import { describe, expect, it } from 'vitest';
import { PROVISIONING_STEPS } from '../contract/stores.ts';
import { provisioningJobs, stores } from '../database/platform-tables.ts';
import {
  crashAfter,
  expectComplete,
  expectNothing,
  failAfter,
  INPUT,
  openProvisioningKit,
  startAgain,
} from '../testing/provisioning-kit.ts';
import { ALL_BACKENDS } from '../testing/test-platform.ts';

describe.each(ALL_BACKENDS)('the steps of making a store on %s', (backend) => {
  it.each(PROVISIONING_STEPS)('leaves nothing behind when %s fails, and says so', async (failing) => {
    const kit = await openProvisioningKit(backend);

    await expect(kit.provisioning(failAfter(failing)).make(INPUT)).rejects.toThrow(`${failing} broke`);

    await expectNothing(kit);
    const [job] = await kit.provisioning().list();
    const at = PROVISIONING_STEPS.indexOf(failing);
    expect(job).toMatchObject({ code: 'half-made', state: 'failed', attempts: 1, error: `${failing} broke` });
    expect(job?.steps.map((step) => step.state)).toEqual(
      PROVISIONING_STEPS.map((_step, index) => (index < at ? 'undone' : index === at ? 'failed' : 'pending')),
    );
    const made = await kit.provisioning().make(INPUT);
    expect(made.id).toBeGreaterThan(1);
    await expectComplete(kit, made);
  });

  it.each(PROVISIONING_STEPS)('goes on after a crash in %s, and makes the whole store', async (crashing) => {
    const kit = await openProvisioningKit(backend);
    await crashAfter(kit, crashing);

    const ended = await startAgain(kit);

    const store = await kit.place.platform.table(stores).findOne({ where: { code: 'half-made' } });
    expect(ended).toMatchObject(crashing === 'ready' ? [] : [{ code: 'half-made', error: null }]);
    await expectComplete(kit, store);
    expect(await kit.provisioning().list()).toMatchObject([{ state: 'done', attempts: crashing === 'ready' ? 1 : 2 }]);
    expect((await kit.provisioning().list())[0]?.steps.every((step) => step.state === 'done')).toBe(true);
  });

  it.each(PROVISIONING_STEPS.slice(1))('does %s again when the crash came before the note of it', async (crashing) => {
    const kit = await openProvisioningKit(backend);
    await crashAfter(kit, crashing, { noted: false });

    await startAgain(kit);

    expect(await kit.provisioning().list()).toMatchObject([{ state: 'done', attempts: 2 }]);
    await expectComplete(kit, await kit.place.platform.table(stores).findOne({ where: { code: 'half-made' } }));
  });

  it('gives a store up that was cut short three times, and frees its names', async () => {
    const kit = await openProvisioningKit(backend);
    await crashAfter(kit, 'settings');
    await kit.place.platform.table(provisioningJobs).update({ state: 'running' }, { attempts: 3 });

    const ended = await startAgain(kit);

    expect(ended).toMatchObject([{ code: 'half-made', store: null }]);
    expect(await kit.provisioning().list()).toMatchObject([
      { state: 'failed', error: expect.stringContaining('ended 3 times') },
    ]);
    await expectNothing(kit);
  });

  it('tries again at the next start when a failed store cannot be taken back', async () => {
    const kit = await openProvisioningKit(backend);
    const stuck = failAfter('owner').map((work) =>
      work.step === 'database' ? { ...work, undo: () => Promise.reject(new Error('the disk is gone')) } : work,
    );
    await expect(kit.provisioning(stuck).make(INPUT)).rejects.toThrow('owner broke');
    expect(await kit.provisioning().list()).toMatchObject([
      { state: 'undoing', error: expect.stringMatching(/owner broke.*the disk is gone.*next start tries again/) },
    ]);

    await startAgain(kit);

    expect(await kit.provisioning().list()).toMatchObject([{ state: 'failed' }]);
    await expectNothing(kit);
  });

  it('begins no other job once it is told to stop, and leaves them for the next start', async () => {
    const kit = await openProvisioningKit(backend);
    for (const code of ['one', 'two', 'three', 'four', 'five'])
      await crashAfter(kit, 'database', {
        input: { ...INPUT, draft: { ...INPUT.draft, code, owner: null, domains: [] } },
      });
    const first: string[] = [];
    const resuming = await kit.provisioning().resume((job) => first.push(job.code));
    await resuming.stop();

    const then = (await startAgain(kit)).map((job) => job.code);

    expect(first.length).toBeLessThan(5);
    expect([...first, ...then].sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
  });
});
