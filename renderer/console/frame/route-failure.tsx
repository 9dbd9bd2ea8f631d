import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useRouteError } from 'react-router';
import { CopyButton } from '../../shared/copy-button.tsx';

/**
 * What a screen that throws leaves behind: what happened, and ways on. The rest of the console keeps working, and
 * drafts are kept apart from the screens, so nothing typed is lost.
 */
export function RouteFailure() {
  const error = useRouteError();
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [areDetailsShown, setDetailsShown] = useState(false);
  const isStale = /dynamically imported module|Importing a module script failed/.test(message);
  return (
    <Stack p="xl" maw={720} mx="auto" mt={48} gap="md" role="alert">
      <Title order={1}>{isStale ? 'The console was updated' : 'This screen failed'}</Title>
      <Text>
        {isStale
          ? 'This window shows an older version than the server has, or the server did not answer. Reload to get the screen.'
          : 'A fault of the console itself stopped this screen. Drafts are kept; the other screens and the stores work on.'}
      </Text>
      <Group>
        <Button onClick={() => location.reload()}>Reload</Button>
        <Button variant="default" component="a" href="/">
          Go to the overview
        </Button>
        <Button variant="subtle" onClick={() => setDetailsShown(!areDetailsShown)} aria-expanded={areDetailsShown}>
          {areDetailsShown ? 'Hide details' : 'Show details'}
        </Button>
        <CopyButton text={`${message}\n${stack}`} label="Copy a report" />
      </Group>
      {areDetailsShown ? <Code block>{stack || message}</Code> : null}
    </Stack>
  );
}
