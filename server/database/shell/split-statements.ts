/** Text, names and comments, in which a semicolon ends nothing; then the semicolon itself. */
const PIECES =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|;|(?<open>['"`]|\/\*|\$\w*\$)/g;

/** Whole statements, without their semicolons, and what was begun after them. */
export interface SplitStatements {
  readonly statements: readonly string[];
  readonly rest: string;
}

/** Splits what was typed so far at the semicolons outside text, quoted names and comments. */
export function splitStatements(text: string): SplitStatements {
  const statements: string[] = [];
  let start = 0;
  for (const match of text.matchAll(PIECES)) {
    // Text that was begun and has not ended: its end is yet to be typed.
    if (match.groups?.['open']) break;
    if (match[0] !== ';') continue;
    const statement = text.slice(start, match.index).trim();
    if (statement !== '') statements.push(statement);
    start = match.index + 1;
  }
  return { statements, rest: text.slice(start) };
}
