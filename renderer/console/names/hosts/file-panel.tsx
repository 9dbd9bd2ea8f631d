import type { HostsState } from '../../../../server/contract/names.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { Fact, Facts } from '../../../shared/facts.tsx';
import { formatAgo, formatBytes } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import { StateLabel, type Tone } from '../../../shared/state-label.tsx';
import { useNow } from '../../../shared/use-now.ts';
import { fileFacts, pendingOf } from './hosts.ts';
import classes from './hosts-tab.module.css';

const ACCESS: Readonly<Record<HostsState['access'], { readonly word: string; readonly tone: Tone }>> = {
  writable: { word: 'writable', tone: 'good' },
  needs_rights: { word: 'needs administrator rights', tone: 'warn' },
  blocked: { word: 'cannot be written', tone: 'bad' },
};

/** Where the file is, who may write it, what was done last, and other files that programs of this machine read. */
export function FilePanel({ state }: { readonly state: HostsState }) {
  const now = useNow();
  const { lastChange, otherFiles } = state;
  return (
    <Panel title="The file">
      <Facts nameWidth={96}>
        <Fact name="Path">
          <Copyable text={state.path} label="Copy the path" />
        </Fact>
        <Fact name="Access">
          <StateLabel tone={ACCESS[state.access].tone}>{ACCESS[state.access].word}</StateLabel>
        </Fact>
        <Fact name="Holds">{fileFacts(state, formatBytes(state.bytes))}</Fact>
        <Fact name="Last change">
          {lastChange
            ? `${lastChange.action}, ${pendingDone(lastChange)}, ${formatAgo(lastChange.at, now)}`
            : 'none from here'}
        </Fact>
        {otherFiles.map(({ path, label, isInStep }) => (
          <Fact key={path} name={label}>
            <span className={classes.other}>
              <Copyable text={path} label={`Copy the path of ${label}`} />
              <StateLabel tone={isInStep === null ? 'plain' : isInStep ? 'good' : 'warn'}>
                {isInStep === null ? 'not readable' : isInStep ? 'in step' : 'not in step'}
              </StateLabel>
            </span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}

/** `6 names added`, from what a plan calls pending. */
function pendingDone(change: { readonly added: number; readonly removed: number }): string {
  if (change.added === 0 && change.removed === 0) return 'no name changed';
  return pendingOf(change).replace(' to add', ' added').replace(' to remove', ' removed');
}
