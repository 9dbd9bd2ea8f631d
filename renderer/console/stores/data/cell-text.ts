/** How the values of a table are shown. */

const NUMBERS = /^(integer|bigint|smallint|int\d?|decimal|numeric|real|double|float|serial)/i;
/** More does not fit into a cell. */
const LONG = 40;

/** True for columns whose values are numbers, which stand at the right. */
export function isNumeric(type: string): boolean {
  return NUMBERS.test(type);
}

/** True when a value has to be opened to be read in full. */
export function isLong(value: string): boolean {
  return value.length > LONG || value.includes('\n');
}

/** True when the server has cut a text. */
export function isCut(value: string): boolean {
  return value.endsWith('…');
}

/** JSON with a line for each member; anything else as it is. */
export function readable(value: string, type: string): string {
  if (!/^json/i.test(type)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    // Cut by the server: no JSON any more.
    return value;
  }
}
