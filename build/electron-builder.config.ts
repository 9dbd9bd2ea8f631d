/** How electron-builder packs the app. build/packaging/main.ts prepares the folders that are named here. */
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';

export interface ConfigurationInput {
  /** An unpacked Electron; when undefined, electron-builder downloads the version. */
  readonly electronDist: string | undefined;
  readonly electronVersion: string;
  /** Leaves the debugger's command-line flags on, which a test needs to drive the app. Never for passing on. */
  readonly isInspectable: boolean;
}

/** The configuration for a work folder that holds `app/` (the project to pack), and `resources/` with what lies beside it. */
export function packagingConfiguration(input: ConfigurationInput): Configuration {
  return {
    appId: 'studio.orion.desktop',
    productName: 'Orion Studio',
    copyright: 'MIT licensed',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    directories: { output: '../out', buildResources: join(import.meta.dirname, 'icons') },
    files: ['**/*'],
    asar: true,
    electronVersion: input.electronVersion,
    ...(input.electronDist === undefined ? {} : { electronDist: input.electronDist }),
    afterExtract: removeElectronsOwnApp,
    afterPack: addResources,
    // The window's code is bundled, and the server's packages are staged: there is nothing to install or to rebuild.
    beforeBuild: async () => false,
    electronFuses: fuses(input.isInspectable),
    publish: null,
    ...systems,
  };
}

/** What each system's packages need beyond that. */
const systems: Configuration = {
  linux: {
    executableName: 'orion-studio',
    icon: 'png',
    category: 'Development',
    synopsis: 'Local development and staging for a multi-tenant shop platform',
    maintainer: 'Orion Studio <orion-studio@localhost>',
    syncDesktopName: true,
  },
  deb: { packageCategory: 'devel' },
  win: { icon: 'icon.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  // An ad-hoc signature: Apple's processors start nothing that has none. The hardened runtime needs a real one.
  mac: { icon: 'icon.icns', category: 'public.app-category.developer-tools', identity: '-', hardenedRuntime: false },
};

/**
 * Electron's switches that no one can turn back on from outside, so that the app's binary runs the app and nothing else.
 *
 * Cookies are not encrypted: the console's session opens only this user's own server, whose data and control secret lie
 * readable for the same user, and an unsigned app would ask for the key chain at each update.
 */
function fuses(isInspectable: boolean): NonNullable<Configuration['electronFuses']> {
  return {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: isInspectable,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // Without it Electron finds no page inside app.asar, and the window's own pages are there.
    grantFileProtocolExtraPrivileges: true,
    enableCookieEncryption: false,
  };
}

/** An unpacked Electron brings its own small app along, which would start when ours is damaged. */
async function removeElectronsOwnApp({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir);
  const leftovers = [join(resources, 'default_app.asar'), join(appOutDir, 'version'), join(appOutDir, '.complete')];
  await Promise.all(leftovers.map((file) => rm(file, { force: true })));
}

/**
 * Moves what was staged beside the app into it. The usual `extraResources` would copy 170 MB a second time, and leaves out a
 * node_modules folder at the top.
 */
async function addResources({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const staged = join(packager.projectDir, '../resources');
  for (const name of await readdir(staged)) {
    await rename(join(staged, name), join(packager.getResourcesDir(appOutDir), name));
  }
}
