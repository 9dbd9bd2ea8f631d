import { IconArrowRight, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Resolution } from '../../../server/contract/requests.ts';
import classes from './decision-flow.module.css';
import { type FlowNode, flowOf } from './flow.ts';

interface DecisionFlowProps {
  readonly resolution: Resolution;
  readonly method: string;
}

/** The way of a request past the five rules, lit as far as it came, down to what came of it. */
export function DecisionFlow({ resolution, method }: DecisionFlowProps) {
  const { nodes, exit, tone } = flowOf(resolution);
  return (
    <div className={classes.flow} data-tone={tone}>
      <ol className={classes.nodes} aria-label="The way of the request">
        <li className={classes.node} data-on-path data-result="request" data-exit={exit === -1 || undefined}>
          <span className={classes.title}>Request</span>
          <span className={classes.word}>
            <IconArrowRight size={14} aria-hidden="true" />
            {method}
          </span>
          <code className={classes.saw} title={resolution.hostname}>
            {resolution.hostname || 'host not readable'}
          </code>
        </li>
        {nodes.map((node, index) => (
          <RuleNode key={node.rule} node={node} number={index + 1} isExit={index === exit} />
        ))}
      </ol>
      <div className={classes.drops} aria-hidden="true">
        {['request', ...nodes.map(({ rule }) => rule)].map((place, index) => (
          <span key={place} data-lit={index === exit + 1 || undefined} />
        ))}
      </div>
    </div>
  );
}

function RuleNode({
  node,
  number,
  isExit,
}: {
  readonly node: FlowNode;
  readonly number: number;
  readonly isExit: boolean;
}) {
  return (
    <li
      className={classes.node}
      data-on-path={node.isOnPath || undefined}
      data-result={node.result}
      data-exit={isExit || undefined}
    >
      <span className={classes.title}>{node.title}</span>
      <span className={classes.word}>
        <span className={classes.mark} aria-hidden="true">
          <Mark node={node} number={number} />
        </span>
        {node.word}
      </span>
      {node.saw === null ? null : (
        <code className={classes.saw} title={node.saw}>
          {node.saw}
        </code>
      )}
    </li>
  );
}

function Mark({ node, number }: { readonly node: FlowNode; readonly number: number }) {
  if (node.result === 'matched') return <IconCheck size={10} stroke={3} />;
  if (node.result === 'refused') return <IconX size={10} stroke={3} />;
  return node.result === 'no_match' ? <IconMinus size={10} stroke={3} /> : number;
}
