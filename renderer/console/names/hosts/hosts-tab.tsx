import { ActionIcon, Button, Menu, Skeleton } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { HostsPlan, HostsState } from '../../../../server/contract/names.ts';
import table from '../../../shared/data-table.module.css';
import { Panel } from '../../../shared/panel.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import { TabHead } from '../tab-head.tsx';
import { BackupsTable } from './backups-table.tsx';
import { DiffView } from './diff-view.tsx';
import { FilePanel } from './file-panel.tsx';
import { hostsSummary, pendingOf, writeLabel } from './hosts.ts';
import { HostsSettingsPanel } from './hosts-settings.tsx';
import classes from './hosts-tab.module.css';
import { OutcomeNotice } from './outcome-notice.tsx';
import { type AskedAction, PlanDialog } from './plan-dialog.tsx';
import { ProblemsList } from './problems-list.tsx';
import { type ApplyHosts, useApplyHosts } from './use-apply-hosts.ts';
import { useHostsPlan } from './use-hosts-plan.ts';

/** The hosts file: how it stands, what would change in it, and everything that can be done to it. */
export function HostsTab() {
  const hosts = useRead('hosts', {});
  if (hosts.data) return <LoadedHosts state={hosts.data} />;
  if (hosts.error)
    return (
      <ErrorState title="The hosts file could not be read" error={hosts.error} onRetry={() => void hosts.refetch()} />
    );
  return (
    <div aria-hidden="true">
      <Skeleton height={44} width={360} mb={20} />
      <div className={classes.columns}>
        <Skeleton height={420} radius="md" />
        <Skeleton height={420} radius="md" />
      </div>
    </div>
  );
}

function LoadedHosts({ state }: { readonly state: HostsState }) {
  const applying = useApplyHosts();
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const plan = useHostsPlan({ action: 'sync' }, state);
  return (
    <div className={classes.tab}>
      <Head state={state} plan={plan.data} applying={applying} onAsk={setAsked} />
      <OutcomeNotice {...applying} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Panel
            title="What would change"
            more={plan.data?.changes ? <span className={classes.muted}>{pendingOf(plan.data)}</span> : null}
          >
            {plan.data ? (
              plan.data.changes ? (
                <DiffView diff={plan.data.diff} label="What would change in the hosts file" />
              ) : (
                <p className={table.none}>
                  Nothing: the file holds every name already. Lines outside of the block are never touched.
                </p>
              )
            ) : plan.error ? (
              <ErrorState title="There is no plan" error={plan.error} onRetry={() => void plan.refetch()} />
            ) : (
              <Skeleton height={240} radius={0} />
            )}
          </Panel>
          <BackupsTable backups={state.backups} onRestore={(backup) => setAsked({ action: 'restore', backup })} />
        </div>
        <div className={classes.side}>
          <FilePanel state={state} />
          <ProblemsList problems={state.problems} />
          <HostsSettingsPanel state={state} />
        </div>
      </div>
      <PlanDialog asked={asked} state={state} applying={applying} onClose={() => setAsked(null)} />
    </div>
  );
}

interface HeadProps {
  readonly state: HostsState;
  readonly plan: HostsPlan | undefined;
  readonly applying: ApplyHosts;
  readonly onAsk: (action: AskedAction) => void;
}

function Head({ state, plan, applying, onAsk }: HeadProps) {
  const { tone, title } = hostsSummary(state, plan);
  const canUndo = state.lastChange?.canUndo ?? false;
  return (
    <TabHead
      tone={tone}
      title={title}
      text={
        state.isInStep
          ? 'The file holds every name of this platform.'
          : 'Programs that ask the system do not find every name.'
      }
      actions={
        <>
          {canUndo ? (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => onAsk({ action: 'undo' })}
            >
              Undo last change
            </Button>
          ) : null}
          <Button
            leftSection={<IconPencil size={16} />}
            disabled={!plan?.changes || state.access === 'blocked'}
            loading={applying.isBusy}
            onClick={() => plan && void applying.apply(plan)}
          >
            {writeLabel(state)}
          </Button>
          <Menu position="bottom-end" width={216}>
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label="More for the hosts file">
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                className={classes.danger ?? ''}
                leftSection={<IconTrash size={16} />}
                disabled={state.present.length === 0}
                onClick={() => onAsk({ action: 'clean' })}
              >
                Remove all names…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    />
  );
}
