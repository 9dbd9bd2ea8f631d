import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore } from '../../../../server/contract/stores.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { useRead } from '../../api/queries.ts';
import classes from './address-list.module.css';
import { type Address, addressesOf } from './addresses.ts';

/** Where the store answers, one line for each routing mode: open it, copy it, or see why it leads here. */
export function AddressList({ store }: { readonly store: ListedStore }) {
  const { data: server } = useRead('server', {});
  const host = server?.platformDomain ?? 'localhost';
  const platformUrl = `${new URL(store.urls.subdomain).protocol}//${host}${server && server.port !== 80 ? `:${server.port}` : ''}/`;
  return (
    <ul className={classes.list}>
      {addressesOf(store, platformUrl).map((address) => (
        <AddressRow key={address.text} address={address} />
      ))}
    </ul>
  );
}

function AddressRow({ address }: { readonly address: Address }) {
  const { mode, text, href, why, note } = address;
  return (
    <li className={classes.row}>
      <span className={classes.mode}>{mode}</span>
      <span className={classes.address}>
        <code className={classes.text}>{text}</code>
        {note ? <span className={classes.note}>{note}</span> : null}
      </span>
      <span className={classes.buttons}>
        <CopyButton text={text} label={href ? 'Copy the address' : 'Copy the command'} />
        {href ? (
          <Tooltip label="Open in a new tab">
            <ActionIcon
              component="a"
              href={href}
              target="_blank"
              rel="noreferrer"
              size="sm"
              aria-label={`Open by ${mode}`}
            >
              <IconExternalLink size={14} />
            </ActionIcon>
          </Tooltip>
        ) : null}
        <Button component={Link} to={why} size="compact-xs" variant="default" aria-label={`Why ${mode} leads here`}>
          Why
        </Button>
      </span>
    </li>
  );
}
