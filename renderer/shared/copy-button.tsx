import { ActionIcon, CopyButton as MantineCopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies a text with one click; says so for a moment. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <MantineCopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : label}>
          <ActionIcon onClick={copy} aria-label={copied ? 'Copied' : label} size="sm">
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
}

/** A host, path, command or key in monospace with its copy button. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, minWidth: 0, maxWidth: '100%' }}>
      <code className="mono clip" title={text}>
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
