import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { desktop } from '../../shared/desktop.ts';

/** Does what the desktop window's menu asks for. */
export function useDesktopCommands(): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      desktop?.onCommand((command) => {
        if (command === 'palette') spotlight.open();
        else if (command === 'new-store') void navigate('/stores?create=1');
        else if (command.startsWith('go:/')) void navigate(command.slice('go:'.length));
      }),
    [navigate],
  );
}
