import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SwitchStatus } from '../../../server/contract/backends.ts';
import { count, formatUptime } from '../../shared/format.ts';
import { Sparkline } from '../../shared/sparkline.tsx';
import type { ConnectionState } from '../api/event-stream.ts';
import { useConnection, useServerEvent } from '../api/events.tsx';
import { useRead } from '../api/queries.ts';
import { percentOf } from '../backends/switch/progress.ts';
import classes from './server-state.module.css';

const STATES: Readonly<Record<ConnectionState, { readonly label: string; readonly tone: string }>> = {
  connecting: { label: 'connecting', tone: 'plain' },
  open: { label: 'running', tone: 'good' },
  lost: { label: 'not answering', tone: 'bad' },
  'signed-out': { label: 'signed out', tone: 'warn' },
};

const REFRESH_MS = 5000;

/** The server's state under the navigation: port, backend, uptime and a line of its requests. */
export function ServerState({ isCompact }: { readonly isCompact: boolean }) {
  const connection = useConnection();
  const { data } = useRead('overview', {}, { refetchMs: REFRESH_MS });
  const move = useMove();
  const isRunning = connection === 'open';
  const isUnwell = isRunning && data?.health.some((check) => !check.isHealthy);
  const { label, tone } = isUnwell ? { label: 'degraded', tone: 'warn' } : STATES[connection];
  const series = sumSeries(data?.traffic.map((store) => store.series) ?? []);
  const perMinute = data?.traffic.reduce((sum, store) => sum + store.requestsPerMinute, 0) ?? 0;
  const where = data ? `:${data.server.port} · ${data.server.engine}/${data.server.isolation}` : ' ';
  const words = `Server ${label}. ${data ? `Port ${data.server.port}, ${data.server.engine}/${data.server.isolation}, up ${formatUptime(data.server.uptimeSeconds)}` : ''}`;
  if (isCompact) {
    return (
      <Tooltip label={words} position="right">
        <div className={classes.compact} role="status" aria-label={words}>
          <span className={classes.dot} data-tone={tone} />
        </div>
      </Tooltip>
    );
  }
  return (
    <div className={classes.state}>
      <div className={classes.line} role="status">
        <span className={classes.dot} data-tone={tone} aria-hidden="true" />
        <span className={classes.label}>Server {label}</span>
      </div>
      <div className={classes.detail}>
        {move ? (
          <Link to="/backends" className={classes.move}>
            moving to {move.to}, {percentOf(move)} %
          </Link>
        ) : (
          where
        )}
      </div>
      <div className={classes.detail}>{data && isRunning ? `up ${formatUptime(data.server.uptimeSeconds)}` : ' '}</div>
      <div className={classes.spark}>
        <Sparkline
          values={series.length > 0 ? series : [0, 0]}
          width={196}
          height={28}
          label={`${count(perMinute, 'request')} in the last minute`}
        />
        <span className={classes.detail}>{count(perMinute, 'request')} / min</span>
      </div>
    </div>
  );
}

/** The move to another backend that runs, as events tell of it; null without one. */
function useMove(): SwitchStatus | null {
  const [move, setMove] = useState<SwitchStatus | null>(null);
  useServerEvent('switch', (status) => setMove(status.state === 'running' ? status : null));
  // Of a server that ended meanwhile nothing is heard any more.
  useServerEvent('reset', () => setMove(null));
  return move;
}

/** Adds up lines slot by slot; all have the same number of slots. */
export function sumSeries(lines: readonly (readonly number[])[]): number[] {
  const sums: number[] = [];
  for (const line of lines) for (const [slot, value] of line.entries()) sums[slot] = (sums[slot] ?? 0) + value;
  return sums;
}
