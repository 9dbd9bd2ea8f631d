import { expect, it } from 'vitest';
import { packagingConfiguration } from './electron-builder.config.ts';

const input = { electronVersion: '45.4.1', electronDist: undefined, isInspectable: false };

it('leaves no way to make the app’s binary run something else', () => {
  expect(packagingConfiguration(input).electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
  });
});

it('lets a debugger in for tests, and changes nothing else for them', () => {
  const usual = packagingConfiguration(input).electronFuses;

  const forTests = packagingConfiguration({ ...input, isInspectable: true }).electronFuses;

  expect(forTests).toEqual({ ...usual, enableNodeCliInspectArguments: true });
});

it('names no Electron folder when there is none, so that one is downloaded', () => {
  expect(packagingConfiguration(input)).not.toHaveProperty('electronDist');
  expect(packagingConfiguration({ ...input, electronDist: '/electron' })).toHaveProperty('electronDist', '/electron');
});
