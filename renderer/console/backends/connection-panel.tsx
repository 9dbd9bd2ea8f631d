import type { BackendConnection } from '../../../server/contract/backends.ts';
import { Copyable, CopyButton } from '../../shared/copy-button.tsx';
import { DecidedBy } from '../../shared/decided-by.tsx';
import { Fact, Facts } from '../../shared/facts.tsx';
import { count } from '../../shared/format.ts';
import { Meter } from '../../shared/meter.tsx';
import { Panel } from '../../shared/panel.tsx';
import classes from './connection-panel.module.css';
import { toolAddress } from './tool-address.ts';

/** What each kind is called. */
const KINDS: Readonly<Record<BackendConnection['kind'], string>> = {
  file: 'SQLite files in the data folder',
  embedded: 'Postgres that this server runs',
  external: 'Postgres by its address',
};

/** How to reach the data in force with other tools, and how busy its connections are. */
export function ConnectionPanel({ connection }: { readonly connection: BackendConnection }) {
  const { kind, version, host, port, database, user, isEncrypted, directory, passwordFile, pool } = connection;
  const isFile = kind === 'file';
  const address = toolAddress(connection);
  return (
    <Panel title="Connection">
      <Facts nameWidth={88} className={classes.facts}>
        <Fact name="Engine">
          {KINDS[kind]}, version {version}
        </Fact>
        {directory ? (
          <Fact name="Folder">
            <Copyable text={directory} label="Copy the folder" />
          </Fact>
        ) : null}
        {host ? (
          <Fact name={host.startsWith('/') ? 'Socket' : 'Host'}>
            <Copyable text={port === null || host.startsWith('/') ? host : `${host}:${port}`} label="Copy the host" />
          </Fact>
        ) : null}
        {host?.startsWith('/') && port !== null ? <Fact name="Port">{port}</Fact> : null}
        {database ? (
          <Fact name="Database">
            <Copyable text={database} label="Copy the database’s name" />
          </Fact>
        ) : null}
        {user ? (
          <Fact name="User">
            <Copyable text={user} label="Copy the user" />
          </Fact>
        ) : null}
        {isFile ? null : <Fact name="TLS">{isEncrypted ? 'yes' : tlsWords(kind)}</Fact>}
        {passwordFile ? (
          <Fact name="Password">
            <span className={classes.column}>
              <Copyable text={passwordFile} label="Copy the path of the password file" />
              <span className={classes.muted}>Only the user who runs the server can read this file.</span>
            </span>
          </Fact>
        ) : null}
        <Fact name={isFile ? 'Open files' : 'Connections'}>
          <PoolMeter pool={pool} isFile={isFile} />
        </Fact>
      </Facts>
      <div className={classes.commands}>
        <Command name="In a terminal" text={connection.shellCommand} label="Copy the command" />
        {address ? <Command name="In a database tool" text={address} label="Copy the address" /> : null}
      </div>
    </Panel>
  );
}

function tlsWords(kind: BackendConnection['kind']): string {
  return kind === 'embedded' ? 'not needed on this machine' : 'no';
}

function PoolMeter({ pool, isFile }: { readonly pool: BackendConnection['pool']; readonly isFile: boolean }) {
  const { open, used, waiting, max } = pool;
  const words = `${used} in use, ${open} open, at most ${max}`;
  return (
    <span className={classes.pool}>
      <Meter label={isFile ? 'Files in use' : 'Connections in use'} value={used} max={max} text={words} />
      <span className={classes.poolWords}>
        {words}
        {waiting > 0 ? <strong>, {count(waiting, 'request')} waiting</strong> : null}
      </span>
      {isFile ? (
        <DecidedBy flags={['--max-open-databases']} variable="ORION_MAX_OPEN_DATABASES" />
      ) : (
        <DecidedBy flags={['--database-connections']} variable="ORION_DATABASE_CONNECTIONS" />
      )}
    </span>
  );
}

function Command({ name, text, label }: { readonly name: string; readonly text: string; readonly label: string }) {
  return (
    <div className={classes.command}>
      <span className={classes.muted}>{name}</span>
      <div className={classes.line}>
        <code>{text}</code>
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
