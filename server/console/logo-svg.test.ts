import { describe, expect, it } from 'vitest';
import { embeddedPictures, svgFaults } from './logo-svg.ts';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" ${attributes}>${inside}</svg>`;
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('svgFaults', () => {
  it.each([
    ['a script', svg('<script>alert(1)</script>'), /<script>/],
    ['a script in another namespace prefix', svg('<svg:script>alert(1)</svg:script>'), /<script>/],
    ['a script in capitals', svg('<SCRIPT/>'), /<script>/],
    ['an event handler', svg('<rect onclick="x()"/>'), /event handler onclick/],
    ['an event handler on the root', svg('', 'onload = "x()"'), /event handler onload/],
    ['an event handler in single quotes', svg("<rect ONLOAD='x()'/>"), /event handler ONLOAD/],
    ['a foreignObject', svg('<foreignObject><body/></foreignObject>'), /<foreignObject>/],
    ['a picture elsewhere', svg('<image href="https://evil.example/x.png"/>'), /"https:\/\/evil\.example\/x\.png"/],
    ['a file of this machine', svg('<image xlink:href="file:///etc/passwd"/>'), /file:\/\/\/etc\/passwd/],
    ['a link that is code', svg('<a href="javascript:alert(1)"><rect/></a>'), /javascript:alert/],
    ['another SVG inside', svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), /data:image\/svg\+xml/],
    ['a use of another file', svg('<use href="other.svg#a"/>'), /"other\.svg#a"/],
    ['a colour from elsewhere', svg('<rect fill="url(https://evil.example/#a)"/>'), /evil\.example/],
    ['a style from elsewhere', svg('<style>rect{fill:url("//evil.example/a")}</style>'), /evil\.example/],
    ['an imported style sheet', svg('<style>@import "x.css";</style>'), /@import/],
    ['a linked style sheet', `<?xml-stylesheet href="x.css"?>${svg('')}`, /xml-stylesheet/],
    ['a DOCTYPE', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">${svg('')}`, /DOCTYPE/],
    ['an entity', `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg('&a;')}`, /ENTITY/],
    ['a large picture', svg(`<image href="data:image/png;base64,${'A'.repeat(800_000)}"/>`), /586 KB/],
  ])('refuses %s, and says what to do', (_name, text, expected) => {
    const faults = svgFaults(text);

    expect(faults.join('; ')).toMatch(expected);
    for (const fault of faults) expect(fault).toMatch(/: (remove|delete|draw|embed|save|copy|make)/);
  });

  it.each([
    ['parts of the same file', svg('<use href="#a"/><rect fill="url(#b)"/><rect style="fill:url(\'#c\')"/>')],
    ['a small picture inside', svg(`<image xlink:href="data:image/png;base64,${pixel}"/>`)],
    [
      'what drawing programs add',
      `<?xml version="1.0"?><!-- Made with a tool -->${svg('<metadata><rdf:about rdf:resource="http://a.example"/></metadata>')}`,
    ],
    ['words that only look like code', svg('<title>on click: script</title><!-- <script> -->')],
    ['a style sheet', svg('<style><![CDATA[.a{fill:#f00}]]></style>')],
  ])('takes %s', (_name, text) => {
    expect(svgFaults(text)).toEqual([]);
  });

  it('names each fault once, all of them', () => {
    expect(svgFaults(svg('<script/><script/><rect onclick="a" onload="b"/>'))).toHaveLength(3);
  });

  it('ends with any text, however it is nested or cut off', () => {
    for (const text of ['<svg', '<svg a="', '<!--', '<![CDATA[', `<svg ${'a="b" '.repeat(20_000)}`, '<'.repeat(50_000)])
      expect(svgFaults(text)).toEqual([]);
  });
});

it('embeddedPictures gives the files inside', () => {
  const [found] = embeddedPictures(svg(`<image href="data:image/png;base64,${pixel}"/><image href="#a"/>`));

  expect(found?.subarray(1, 4).toString()).toBe('PNG');
});
