import { Button, FocusTrap, Popover, Select, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { ResendInput } from '../../../../server/contract/inspect.ts';
import { type RequestTrace, ROUTING_MODES } from '../../../../server/contract/requests.ts';
import { modeLabel } from '../../../shared/format.ts';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { useRead } from '../../api/queries.ts';
import { roleLabel } from '../request-words.ts';
import classes from './send-as.module.css';

/** More stores than these are found by typing. */
const MOST_BADGES = 6;
const ROLES = ['anonymous', 'store_staff', 'store_owner'] as const;

interface SendAsProps {
  readonly request: RequestTrace;
  readonly isBusy: boolean;
  readonly onSend: (changes: ResendInput) => void;
}

/** Sends the request as if another store, another way, another person or another theme had been meant: one press each. */
export function SendAs({ request, isBusy, onSend }: SendAsProps) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const send = (changes: ResendInput) => {
    close();
    onSend(changes);
  };
  return (
    <Popover
      width={340}
      position="bottom-start"
      shadow="md"
      trapFocus
      opened={isOpen}
      onDismiss={close}
      onClose={close}
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          onClick={toggle}
          loading={isBusy}
          rightSection={<IconChevronDown size={13} />}
        >
          Send as
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Send as" className={classes.panel}>
        <FocusTrap.InitialFocus />
        <Choices request={request} onSend={send} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps {
  readonly request: RequestTrace;
  readonly onSend: (changes: ResendInput) => void;
}

function Choices({ request: { store, mode, role }, onSend }: ChoicesProps) {
  return (
    <>
      <Part title="Another store">
        <StorePicks without={store?.code} verb="Send to" onPick={(code) => onSend({ store: code })} />
      </Part>
      {store ? (
        <>
          <Part title="The same store by another way">
            {ROUTING_MODES.filter((other) => other !== mode).map((other) => (
              <UnstyledButton key={other} className={classes.pick} onClick={() => onSend({ mode: other })}>
                {modeLabel(other)}
              </UnstyledButton>
            ))}
          </Part>
          <Part title="Another person">
            {ROLES.filter((other) => other !== role).map((other) => (
              <UnstyledButton key={other} className={classes.pick} onClick={() => onSend({ role: other })}>
                {roleLabel(other)}
              </UnstyledButton>
            ))}
          </Part>
          <Part title="With the theme of">
            <StorePicks without={store.code} verb="With the theme of" onPick={(code) => onSend({ theme: code })} />
          </Part>
        </>
      ) : null}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flex column in every browser.
    <div role="group" aria-labelledby={id} className={classes.part}>
      <div id={id} className={classes.title}>
        {title}
      </div>
      <div className={classes.picks}>{children}</div>
    </div>
  );
}

interface StorePicksProps {
  /** The code of the store that is left out. */
  readonly without: string | undefined;
  readonly verb: string;
  readonly onPick: (code: string) => void;
}

function StorePicks({ without, verb, onPick }: StorePicksProps) {
  const { data } = useRead('listStores', {});
  const stores = (data?.stores ?? []).filter(({ code, isActive }) => isActive && code !== without);
  if (data && stores.length === 0) return <span className={classes.none}>There is no other active store.</span>;
  return (
    <>
      {stores.slice(0, MOST_BADGES).map(({ code, name, color }) => (
        <UnstyledButton key={code} className={classes.pick} onClick={() => onPick(code)} aria-label={`${verb} ${name}`}>
          <StoreBadge name={name} color={color} size="sm" />
        </UnstyledButton>
      ))}
      {stores.length > MOST_BADGES ? (
        <Select
          size="xs"
          w="100%"
          aria-label={`${verb} a store found by name`}
          placeholder={`Find one of ${stores.length} stores`}
          searchable
          limit={50}
          value={null}
          data={stores.map(({ code, name }) => ({ value: code, label: name }))}
          nothingFoundMessage="No store has this name"
          comboboxProps={{ withinPortal: false }}
          onChange={(code) => code && onPick(code)}
        />
      ) : null}
    </>
  );
}
