import { ActionIcon, Button, Group, Menu, Modal, Switch, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconExternalLink, IconStar, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { StoreDomain } from '../../../../server/contract/domains.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { openInApp } from '../../../shared/open-in-app.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { stateOf } from './domains.ts';
import classes from './domains-tab.module.css';
import type { DomainActions } from './use-domain-actions.ts';

interface DomainHeaderProps {
  readonly domain: StoreDomain;
  readonly actions: DomainActions;
}

/** A domain's name, where it stands, what to mind, and what can be done to it. */
export function DomainHeader({ domain, actions }: DomainHeaderProps) {
  const [isAsked, setAsked] = useState(false);
  const { displayName, isVerified, isActive, isPrimary, warnings, url } = domain;
  const { word, tone } = stateOf(domain);
  return (
    <header className={classes.header}>
      <div className={classes.headerLine}>
        <Title order={2} className={classes.domainName ?? ''}>
          {displayName}
        </Title>
        <CopyButton text={url} label="Copy the address" />
        <StateLabel tone={tone}>{word}</StateLabel>
        {isPrimary ? <StateLabel tone="info">primary</StateLabel> : null}
        <span className={classes.headerButtons}>
          <Switch
            size="xs"
            label="Active"
            labelPosition="left"
            checked={isActive}
            disabled={actions.isChanging}
            onChange={({ currentTarget }) => actions.setActive(currentTarget.checked)}
          />
          {isVerified && isActive ? (
            <Button
              component="a"
              href={url}
              target="_blank"
              rel="noreferrer"
              onClick={openInApp}
              size="xs"
              variant="default"
              leftSection={<IconExternalLink size={14} />}
            >
              Open
            </Button>
          ) : null}
          <Menu position="bottom-end" width={216}>
            <Menu.Target>
              <ActionIcon variant="default" size={30} aria-label={`More for ${displayName}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconStar size={16} />}
                disabled={isPrimary || !isVerified || !isActive}
                onClick={actions.makePrimary}
              >
                Make it the primary one
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                className={classes.danger ?? ''}
                leftSection={<IconTrash size={16} />}
                onClick={() => (isVerified ? setAsked(true) : actions.remove())}
              >
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      {warnings.map(({ code, message }) => (
        <p key={code} className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {message}
        </p>
      ))}
      <Modal opened={isAsked} onClose={() => setAsked(false)} title={`Remove ${displayName}?`} size={480}>
        <Text>
          The store no longer answers there. It was proven: added again, it has to be proven again, and another store
          may take it meanwhile.
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsked(false)} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={actions.isRemoving} onClick={actions.remove}>
            Remove it
          </Button>
        </Group>
      </Modal>
    </header>
  );
}
