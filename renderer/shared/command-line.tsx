import classes from './command-line.module.css';
import { CopyButton } from './copy-button.tsx';

interface CommandLineProps {
  readonly text: string;
  /** What the copy button says. */
  readonly label?: string;
}

/** A command for a terminal: shown whole, copied with one click. */
export function CommandLine({ text, label = 'Copy the command' }: CommandLineProps) {
  return (
    <div className={classes.line}>
      <code className={classes.code}>{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
