/**
 * What an SVG may hold before it is drawn. Drawing runs no scripts and loads nothing, and only the bitmap is kept;
 * the check is there so that nobody wonders why a part of the logo is missing, and so that no drawing library
 * sees what it need not see.
 */

const MAX_EMBEDDED_BYTES = 512 * 1024;
/** What is not closed reaches to the end, so that looking for its end is done once. */
const TOKEN =
  /<!--(?:[\s\S]*?-->|[\s\S]*)|<!\[CDATA\[(?:[\s\S]*?\]\]>|[\s\S]*)|<\?([\w-]+)(?:[\s\S]*?\?>|[\s\S]*)|<!(\w+)|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)/g;
const ATTRIBUTE = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const EMBEDDED = /^data:image\/(png|jpeg|jpg|webp|gif);base64,([A-Za-z0-9+/=\s]*)$/;

/** What was found that a logo may not hold, each with what to do. Empty when the SVG can be drawn. */
export function svgFaults(svg: string): string[] {
  const found = new Set<string>();
  for (const [, instruction, declaration, element, attributes] of svg.matchAll(TOKEN)) {
    if (instruction === 'xml-stylesheet') found.add('a style sheet of its own (<?xml-stylesheet?>): remove it');
    if (declaration) found.add(declarationFault(declaration));
    if (element) for (const fault of elementFaults(element, attributes ?? '')) found.add(fault);
  }
  for (const fault of cssFaults(svg)) found.add(fault);
  return [...found];
}

/** The pictures inside an SVG, still encoded as files. */
export function embeddedPictures(svg: string): Buffer[] {
  return [...svg.matchAll(ATTRIBUTE)].flatMap(([, , double, single]) => {
    const match = EMBEDDED.exec((double ?? single ?? '').trim());
    return match ? [Buffer.from(match[2] ?? '', 'base64')] : [];
  });
}

function declarationFault(name: string): string {
  const kind = name.toUpperCase();
  return kind === 'DOCTYPE'
    ? 'a DOCTYPE, which can pull in other files: delete that line, or save it as plain SVG'
    : `an ${kind} declaration: save it as plain SVG`;
}

const REFUSED_ELEMENTS: Readonly<Record<string, string>> = {
  script: 'a <script> element: remove it; a logo runs no code',
  foreignobject: 'a <foreignObject> element, which holds a web page: draw its content with shapes',
  iframe: 'an <iframe> element: remove it',
  object: 'an <object> element: remove it',
  embed: 'an <embed> element: remove it',
  handler: 'a <handler> element: remove it',
};

function elementFaults(element: string, attributes: string): string[] {
  const refused = REFUSED_ELEMENTS[localName(element)];
  const faults = refused ? [refused] : [];
  for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = (double ?? single ?? '').trim();
    if (/^on/i.test(localName(name))) faults.push(`the event handler ${name}: remove that attribute`);
    if (localName(name) === 'href' || name === 'src') faults.push(...referenceFaults(value));
  }
  return faults;
}

/** What an address may be: a part of the same file, or a small picture inside it. */
function referenceFaults(value: string): string[] {
  if (value === '' || value.startsWith('#')) return [];
  const embedded = EMBEDDED.exec(value);
  if (!embedded)
    return [`a reference to ${shorten(value)}, which lies outside the file: embed the picture as PNG, or remove it`];
  const bytes = ((embedded[2] ?? '').length * 3) / 4;
  return bytes <= MAX_EMBEDDED_BYTES
    ? []
    : [`an embedded picture of ${Math.round(bytes / 1024)} KB: make it smaller than ${MAX_EMBEDDED_BYTES / 1024} KB`];
}

function cssFaults(svg: string): string[] {
  const faults = [...svg.matchAll(/url\(\s*(?:"|'|&quot;|&apos;)?\s*([^)]*)/gi)].flatMap(([, target = '']) =>
    referenceFaults(target.replace(/\s*(?:"|'|&quot;|&apos;)?\s*$/, '')),
  );
  if (/@import/i.test(svg)) faults.push('an @import of a style sheet: copy the styles into the file');
  return faults;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function shorten(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
}
