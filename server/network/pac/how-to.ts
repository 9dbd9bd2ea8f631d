import type { PacState } from '../../contract/names.ts';

/** How to tell each browser or system about the file at `url`, and how to take it back. */
export function pacHowTo(url: string): PacState['howTo'] {
  return [
    {
      client: 'Chrome, Chromium, Edge',
      steps: [
        'Close the browser first: one that runs already ignores the flag.',
        'Start it with the flag. The folder gives it a profile of its own, so that your usual one stays as it is.',
        'On macOS the program is "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", on Windows chrome.exe.',
      ],
      command: `google-chrome --proxy-pac-url=${url} --user-data-dir=/tmp/orion-chrome`,
    },
    {
      client: 'Firefox',
      steps: [
        'Open Settings, General, Network Settings, then press Settings….',
        `Choose "Automatic proxy configuration URL" and enter ${url}`,
        'To take it back, choose "Use system proxy settings".',
      ],
      command: null,
    },
    {
      client: 'macOS (Safari and every other browser)',
      steps: [
        'Name your network service; networksetup -listallnetworkservices lists them.',
        'To take it back: networksetup -setautoproxystate Wi-Fi off',
      ],
      command: `networksetup -setautoproxyurl Wi-Fi ${url}`,
    },
    {
      client: 'Windows (Edge, Chrome and other programs)',
      steps: [
        'Open Settings, Network & internet, Proxy, and set up "Use setup script" with the address; or run the command.',
        'To take it back, switch "Use setup script" off.',
      ],
      command: `reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings" /v AutoConfigURL /t REG_SZ /d ${url} /f`,
    },
    {
      client: 'GNOME',
      steps: ["To take it back: gsettings set org.gnome.system.proxy mode 'none'"],
      command: `gsettings set org.gnome.system.proxy autoconfig-url '${url}' && gsettings set org.gnome.system.proxy mode 'auto'`,
    },
  ];
}
