import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says that something was done, with a way back while it is shown. */
export function notifyDone(message: string, undo?: { readonly label: string; readonly run: () => void }): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="md">{message}</Text>
        {undo ? (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </Button>
        ) : null}
      </Group>
    ),
    autoClose: undo ? 12_000 : 4000,
    withBorder: true,
  });
}

/** Says that something failed, in the server's words. */
export function notifyFailed(title: string, error: Error): void {
  notifications.show({ title, message: error.message, color: 'red', autoClose: 10_000, withBorder: true });
}
