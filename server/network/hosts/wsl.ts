/** Linux inside Windows: the browsers there read Windows' own hosts file, and Windows may write the one here anew. */
import { readFile } from 'node:fs/promises';
import runsInWsl from 'is-wsl';
import type { HostsProblem, HostsState } from '../../contract/names.ts';
import { readBytes } from './hosts-bytes.ts';
import { WINDOWS_FILE_IN_WSL } from './location.ts';

export interface WslFiles {
  readonly isWsl: boolean;
  readonly windowsFile: string;
  /** Where Linux is told what Windows does to it. */
  readonly settingsFile: string;
}

export const WSL_FILES: WslFiles = {
  isWsl: runsInWsl,
  windowsFile: WINDOWS_FILE_IN_WSL,
  settingsFile: '/etc/wsl.conf',
};

/** The second file and what to say of it; nothing outside of Windows. */
export async function lookAtWsl(
  files: WslFiles,
  isInStep: (bytes: Buffer) => boolean,
): Promise<{ readonly otherFiles: HostsState['otherFiles']; readonly problems: readonly HostsProblem[] }> {
  if (!files.isWsl) return { otherFiles: [], problems: [] };
  const bytes = await readBytes(files.windowsFile).catch(() => null);
  const other = {
    path: files.windowsFile,
    label: "Windows' own, which its browsers read",
    isInStep: bytes ? isInStep(bytes) : null,
  };
  const problems: HostsProblem[] = [];
  if (other.isInStep !== true)
    problems.push({
      code: 'wsl_second_file',
      severity: 'warning',
      message: `Browsers of Windows read ${files.windowsFile}, which ${bytes ? 'does not have these names' : 'could not be read'}.`,
      fix: `In a terminal of Windows that was opened as administrator: wsl -d ${process.env['WSL_DISTRO_NAME'] ?? 'Ubuntu'} orion hosts sync --file ${files.windowsFile}`,
    });
  const settings = await readFile(files.settingsFile, 'utf8').catch(() => '');
  if (!/^\s*generateHosts\s*=\s*false\s*$/im.test(settings))
    problems.push({
      code: 'wsl_second_file',
      severity: 'note',
      message:
        'Windows writes the hosts file of this Linux system anew whenever it starts; names written here are gone then.',
      fix: `Add to ${files.settingsFile}: [network] and below it generateHosts = false`,
    });
  return { otherFiles: [other], problems };
}
