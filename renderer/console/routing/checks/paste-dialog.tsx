import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RouteCheck } from '../../../../server/contract/routing.ts';
import { notifyFailed } from '../../../shared/notify.tsx';
import { call } from '../../api/client.ts';
import { expectationOf, pastedUrls } from './check-list.ts';

interface PasteDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdd: (checks: readonly RouteCheck[]) => void;
}

/** Takes a list of URLs; each becomes a check that expects what it leads to now. */
export function PasteDialog({ isOpen, onClose, onAdd }: PasteDialogProps) {
  const [text, setText] = useState('');
  const [isAsking, setAsking] = useState(false);
  const urls = pastedUrls(text);
  const add = async () => {
    setAsking(true);
    try {
      const { results } = await call('checkRoutes', { body: { version: 1, checks: urls.map((url) => ({ url })) } });
      onAdd(results.map(({ check, resolution }) => ({ ...check, ...(resolution ? expectationOf(resolution) : {}) })));
      setText('');
      onClose();
    } catch (error) {
      notifyFailed('The URLs could not be looked at', error as Error);
    } finally {
      setAsking(false);
    }
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title="Paste URLs" size="lg">
      <Textarea
        label="One URL a line"
        description="Each becomes a check that expects the store it leads to now; change what it must be afterwards."
        autosize
        minRows={8}
        maxRows={16}
        spellCheck={false}
        data-autofocus
        placeholder={'http://techstore.localhost:8000/products\nhttp://fashion.localhost:8000/admin/'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={urls.length === 0} loading={isAsking} onClick={() => void add()}>
          {urls.length < 2 ? 'Add the check' : `Add ${urls.length} checks`}
        </Button>
      </Group>
    </Modal>
  );
}
