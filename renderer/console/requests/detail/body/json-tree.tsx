import classes from './body-view.module.css';

/** More members of one object or array are only counted. */
const MOST_MEMBERS = 200;
/** Deeper ones are closed to begin with. */
const OPEN_DEPTH = 2;

interface JsonTreeProps {
  readonly value: unknown;
  readonly name?: string;
  readonly depth?: number;
}

/** A JSON value whose objects and arrays open and close. */
export function JsonTree({ value, name, depth = 0 }: JsonTreeProps) {
  if (typeof value !== 'object' || value === null)
    return (
      <div className={classes.leaf}>
        <Name name={name} />
        <span data-kind={typeof value === 'string' ? 'text' : 'value'}>{JSON.stringify(value)}</span>
      </div>
    );
  const members = Object.entries(value);
  const size = Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`;
  return (
    <details className={classes.branch} open={depth < OPEN_DEPTH}>
      <summary>
        <Name name={name} />
        <span className={classes.size}>{size}</span>
      </summary>
      <div className={classes.members}>
        {members.slice(0, MOST_MEMBERS).map(([key, member]) => (
          <JsonTree key={key} name={key} value={member} depth={depth + 1} />
        ))}
        {members.length > MOST_MEMBERS ? (
          <div className={classes.size}>and {members.length - MOST_MEMBERS} more: Pretty shows them all</div>
        ) : null}
      </div>
    </details>
  );
}

function Name({ name }: { readonly name: string | undefined }) {
  return name === undefined ? null : <span data-kind="key">{name}: </span>;
}
