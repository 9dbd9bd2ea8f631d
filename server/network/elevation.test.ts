import { afterEach, expect, it, vi } from 'vitest';
import { Elevations, terminalCommand } from './elevation.ts';

afterEach(() => vi.useRealTimers());

const command = { purpose: 'Writes a file.', program: '/opt/My Node/node', args: ['helper.ts', "it's", '--plain'] };

it('gives a page an id and text, and the desktop the command behind the id', () => {
  const elevations = new Elevations();
  const { id, purpose } = elevations.register(command);

  expect(purpose).toBe('Writes a file.');
  expect(elevations.find(id)).toBe(command);
  expect(elevations.find('another')).toBeNull();
});

it('forgets a command after a quarter of an hour', () => {
  vi.useFakeTimers();
  const elevations = new Elevations();
  const { id } = elevations.register(command);

  vi.advanceTimersByTime(15 * 60 * 1000);

  expect(elevations.find(id)).toBeNull();
});

it('quotes what a terminal would take apart', () => {
  expect(terminalCommand(command, 'linux')).toBe(`sudo '/opt/My Node/node' helper.ts 'it'\\''s' --plain`);
  expect(terminalCommand(command, 'win32')).toBe(`& '/opt/My Node/node' 'helper.ts' 'it''s' '--plain'`);
});
