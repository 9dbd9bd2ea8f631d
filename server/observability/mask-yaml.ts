import { isSecretName, MASK } from './secret-names.ts';

// Lines come from clients and may be long: in no pattern can two parts take the same characters.
/** What stands before a name (indentation, `-` of lists, `#` of what is commented out), and the name with its colon. */
const NAMED = /^([\s#?-]*)("(?:[^"\\]|\\.)*"\s*|'[^']*'\s*|[^\s"'{[#?-](?:[^:]|:(?!\s|$))*):(?=\s|$)/;
/** A name within `{a: 1, b: 2}`. */
const FLOW_NAME = /[{,[]\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w.$-]{1,100})\s*:/g;
/** What a name there stands for; one that begins with a bracket goes on to the end of the line. */
const FLOW_VALUE = /\s*(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[{[].*|[^,}\]]*)/y;

/** A name whose value is masked, until a line is not part of it any more. */
interface Open {
  readonly column: number;
  /** Lists of an empty value may stand below its name without indentation. */
  readonly isEmpty: boolean;
}

/**
 * Masks the values of secret names in YAML, line by line and at any depth: with the lines that go on with a value, within
 * `{…}`, and of `name: PASSWORD` with a `value:` beside it. Everything else stays as it is written.
 */
export function maskYaml(text: string): string {
  let open: Open | null = null;
  /** Where a `value` is the one of a secret that was named on a line before. */
  let valueColumn: number | null = null;
  const lines = text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') return line;
    if (open && (indent > open.column || (open.isEmpty && indent === open.column && line[indent] === '-')))
      return line.slice(0, indent) + MASK + endOf(line);
    open = null;
    const named = NAMED.exec(line);
    if (!named) return maskFlow(line);
    const [head, before = '', quoted = ''] = named;
    const column = before.length;
    const name = unquoted(quoted);
    const value = line.slice(head.length).trim();
    if (before.includes('-') || (valueColumn !== null && column < valueColumn)) valueColumn = null;
    if (isSecretName(name) || (name === 'value' && valueColumn === column)) {
      open = { column, isEmpty: value === '' };
      return value === '' ? line : `${head} ${MASK}${endOf(line)}`;
    }
    if (name === 'name' || name === 'key') valueColumn = isSecretName(unquoted(value)) ? column : null;
    return maskFlow(line);
  });
  return lines.join('\n');
}

function maskFlow(line: string): string {
  let result = '';
  let copied = 0;
  FLOW_NAME.lastIndex = 0;
  for (let found = FLOW_NAME.exec(line); found; found = FLOW_NAME.exec(line)) {
    if (!isSecretName(unquoted(found[1] ?? ''))) continue;
    const start = FLOW_NAME.lastIndex;
    FLOW_VALUE.lastIndex = start;
    FLOW_VALUE.test(line);
    result += `${line.slice(copied, start)} ${MASK}`;
    copied = Math.max(start, FLOW_VALUE.lastIndex);
    FLOW_NAME.lastIndex = copied;
  }
  return result + line.slice(copied);
}

/** A name as it is meant, without its quotes. */
function unquoted(text: string): string {
  const name = text.trim();
  if (!name.startsWith('"')) return name.replace(/^'|'$/g, '');
  try {
    return String(JSON.parse(name));
  } catch {
    return name.replace(/^"|"$/g, '');
  }
}

/** Of a file with Windows' line ends. */
function endOf(line: string): string {
  return line.endsWith('\r') ? '\r' : '';
}
