import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeBody } from './describe-body.ts';
import { describeCookies, maskAddresses, maskHeaders, maskUrl } from './mask.ts';
import { maskJson } from './mask-json.ts';
import { isSecretName } from './secret-names.ts';

const SECRET_NAMES = [
  'password',
  'newPassword',
  'user[password]',
  'access_token',
  'refreshToken',
  'card',
  'card.number',
  'cardNumber',
  'cvc',
  'api-key-secret',
  'authorization',
  '_csrf',
  'sessionId',
  'X-Xsrf',
];
/** Nothing that masking or the names around it could hold by chance. */
const secrets = fc.stringMatching(/^[A-Za-z0-9]{8}$/).map((text) => `Zq${text}qZ`);
const MULTIPART = 'multipart/form-data; boundary=B';
const names = fc.constantFrom(...SECRET_NAMES);

function bodyOf(text: string, contentType: string, keep = text.length): string {
  const kept = Buffer.from(text).subarray(0, keep);
  const seen = { bytes: Buffer.byteLength(text), kept: [kept], size: 0, isCut: kept.length < Buffer.byteLength(text) };
  return JSON.stringify(describeBody(seen, { 'content-type': contentType }));
}

describe('isSecretName', () => {
  it('knows secrets in any spelling, and leaves common words alone', () => {
    expect(SECRET_NAMES.filter((name) => !isSecretName(name))).toEqual([]);
    for (const name of ['shipping', 'compass', 'author', 'description', 'postcode', 'passengers', 'spinner', 'keyword'])
      expect([name, isSecretName(name)]).toEqual([name, false]);
  });
});

describe('what is recorded', () => {
  it('never holds a value of a secret name in a URL or a header', () => {
    fc.assert(
      fc.property(names, secrets, fc.stringMatching(/^\/[\w%.~/-]{0,20}$/), (name, secret, path) => {
        const url = `${path}?a=1&${encodeURIComponent(name)}=${secret}&b=2`;
        const address = `http://shop.localhost:8000${url}#x`;
        const headers = maskHeaders({
          [`x-${name.replaceAll(/[^\w-]/g, '-').toLowerCase()}`]: secret,
          cookie: `sid=${secret}`,
          authorization: `Bearer ${secret}`,
          'set-cookie': [`a=${secret}`],
          referer: address,
          location: url,
          accept: 'text/html',
        });
        expect(maskUrl(url)).not.toContain(secret);
        expect(maskUrl(url)).toContain('a=1&');
        expect(JSON.stringify(headers)).not.toContain(secret);
        expect(headers['accept']).toBe('text/html');
        expect(maskAddresses(`<a href="${address}">`)).not.toContain(secret);
      }),
    );
  });

  it('never holds a value of a secret name in JSON, at any depth, whole or cut off, and nothing else is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), names, secrets, fc.nat(400), (around, name, secret, cutAt) => {
        const value = {
          before: around,
          deep: [{ [name]: secret, list: [{ [name]: { number: secret, all: [secret] } }] }],
        };
        const text = JSON.stringify(value, null, cutAt % 3);
        const masked = maskJson(text);
        expect(masked).not.toContain(secret);
        expect(JSON.parse(masked)).toMatchObject({ deep: [{ [name]: '…', list: [{ [name]: '…' }] }] });
        const cut = bodyOf(text, 'application/json', cutAt);
        // A secret that was cut in two is no less masked.
        for (const part of [secret, secret.slice(0, 6)]) expect(cut).not.toContain(part);
      }),
    );
  });

  it('masks JSON inside of JSON, and names written with escapes', () => {
    const inner = JSON.stringify({ payload: JSON.stringify({ password: 'ZqSECRETqZ', id: 7 }) });

    expect(maskJson(inner)).not.toContain('ZqSECRETqZ');
    expect(maskJson(inner)).toContain('7');
    expect(maskJson('{"pass\\u0077ord": "ZqSECRETqZ"}')).toBe('{"pass\\u0077ord": "…"}');
    expect(maskJson('{"a": "b", "n": [1, 2]}')).toBe('{"a": "b", "n": [1, 2]}');
  });

  it('never holds a value of a secret name in a form, a multipart body or a page', () => {
    fc.assert(
      fc.property(names, secrets, (name, secret) => {
        const form = `a=1&${encodeURIComponent(name)}=${secret}`;
        const part = `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--XX--\r\n`;
        const page = `<form><input type="hidden" name="${name}" value="${secret}"><input value='${secret}' id=${name}></form>`;
        expect(bodyOf(form, 'application/x-www-form-urlencoded')).not.toContain(secret);
        expect(bodyOf(part, 'multipart/form-data; boundary=XX')).not.toContain(secret);
        expect(bodyOf(page, 'text/html; charset=utf-8')).not.toContain(secret);
        expect(bodyOf(`{"link":"http://a/sign-in?token=${secret}"}`, 'application/json')).not.toContain(secret);
      }),
    );
  });

  it('masks secrets that are told by their form, whatever their name is', () => {
    const key = `-----BEGIN EC PRIVATE KEY-----\nZqSECRETqZ\n-----END EC PRIVATE KEY-----\n`;
    const taken = bodyOf(JSON.stringify({ certificate: 'public', key }), 'application/json');
    expect(taken).not.toContain('ZqSECRETqZ');
    expect(taken).toContain('public');
    expect(maskAddresses(key.slice(0, 45))).toBe('…');
    for (const url of ['postgres://u:ZqSECRETqZ@db:5432/x', 'https://u:Zq@SECRETqZ@host/', 'redis://:ZqSECRETqZ@host'])
      expect(bodyOf(JSON.stringify({ target: url }), 'application/json')).not.toContain('SECRETqZ');
    expect(maskAddresses('http://admin.localhost:8000/a?mail=x@y')).toBe('http://admin.localhost:8000/a?mail=x@y');
    expect(bodyOf('{"databaseUrl":"host=db pass=ZqSECRETqZ"}', 'application/json')).not.toContain('ZqSECRETqZ');
  });

  it('masks members of JSON that say in another what they are', () => {
    const har = '[{"name": "Cookie", "value": "ZqSECRETqZ"}, {"name": "Accept", "value": "text/html"}]';
    expect(maskJson(har)).toBe('[{"name": "Cookie", "value": "…"}, {"name": "Accept", "value": "text/html"}]');
  });

  it.each([
    ['a form within JSON', '{"body":"password=ZqSECRETqZ&a=1"}', 'application/json'],
    ['a form that is declared as text', 'password=ZqSECRETqZ&a=1', 'text/plain'],
    ['a form that is declared as JSON', 'password=ZqSECRETqZ&a=1', 'application/json'],
    ['JSON that is declared as a form', '{"password":"ZqSECRETqZ"}', 'application/x-www-form-urlencoded'],
    ['JSON that is declared as a page', ' {"password":"ZqSECRETqZ"}', 'text/html'],
    ['a part with plain line feeds', '--B\nContent-Disposition: form-data; name="pin"\n\nZqSECRETqZ\n--B--', MULTIPART],
    ['a part with two names', '--B\r\nContent-Disposition: form-data; name=a; name=pin\r\n\r\nSECRET', MULTIPART],
    ['a part whose header goes on', '--B\r\nContent-Disposition: form-data;\r\n name = "pin"\r\n\r\nSECRET', MULTIPART],
    [
      'a part that is JSON',
      '--B\r\nContent-Disposition: form-data; name=a\r\n\r\n{"pin":"SECRET"}\r\n--B--',
      MULTIPART,
    ],
    ['a form that holds JSON', 'payload=%7B%22token%22%3A%22ZqSECRETqZ%22%7D', 'application/x-www-form-urlencoded'],
    ['a form that holds an address', 'next=%2Fsign-in%3Ftoken%3DZqSECRETqZ', 'application/x-www-form-urlencoded'],
    ['arguments of GraphQL', '{"query":"mutation { login(password: \\"ZqSECRETqZ\\") { id } }"}', 'application/json'],
    ['lines of YAML', 'user: a\npassword: ZqSECRETqZ\n', 'application/yaml'],
    ['a bearer token in words', 'sent with Bearer ZqSECRETqZ twice', 'text/plain'],
    ['CDATA of XML', '<a><password><![CDATA[ZqSECRETqZ]]></password></a>', 'application/soap+xml'],
    ['elements of XML', '<a><password>ZqSECRETqZ</password><x>1</x></a>', 'application/xml'],
    ['attributes of XML', '<a password="ZqSECRETqZ" x="1"/>', 'text/xml'],
  ])('masks %s', (_what, text, type) => {
    const shown = bodyOf(text, type);
    expect(shown).not.toContain('SECRET');
    expect(shown).toContain('…');
  });

  it('masks parameters that are parted by semicolons, to their end', () => {
    expect(maskUrl('/?a=b;password=ZqSEC;RETqZ&c=d')).toBe('/?a=b;password=…&c=d');
    expect(maskUrl('/?a;b=c;=d;e&f;g=h')).toBe('/?a;b=c;=d;e&f;g=h');
    expect(maskUrl('/a;sid=ZqSECRETqZ?b=c')).toBe('/a;sid=…?b=c');
    expect(maskHeaders({ 'x-original-url': '/a?token=ZqSECRETqZ' })['x-original-url']).toBe('/a?token=…');
  });

  it('masks secrets within addresses that are handed on', () => {
    expect(maskUrl('/?next=%2Fsign-in%3Ftoken%3DZqSECRETqZ&a=%2Fb')).toBe('/?next=…&a=%2Fb');
    expect(maskUrl('/?url=http://u:ZqSECRETqZ@host/')).toBe('/?url=…');
    expect(maskHeaders({ location: 'https://a/b#access_token=ZqSECRETqZ&x=1' })['location']).toBe(
      'https://a/b#access_token=…&x=1',
    );
    expect(maskHeaders({ 'x-upstream': 'Bearer ZqSECRETqZ' })['x-upstream']).toBe('Bearer …');
  });

  it('keeps a multipart body in its structure, with files as their size', () => {
    const body = [
      '--B',
      'Content-Disposition: form-data; name="title"',
      '',
      'Größe',
      '--B',
      'Content-Disposition: form-data; name="logo"; filename="a.png"',
      'Content-Type: image/png',
      '',
      'xxxxx',
      '--B--',
      '',
    ].join('\r\n');
    const shown = JSON.parse(bodyOf(body, 'multipart/form-data; boundary="B"'));

    expect(shown.text).toContain('name="title"\r\n\r\nGröße\r\n');
    expect(shown.text).toContain('filename="a.png"\r\nContent-Type: image/png\r\n\r\n[5 bytes]');
  });

  it('shows a multipart body without its boundary by its size', () => {
    expect(bodyOf('--A\r\n\r\nZqSECRETqZ', MULTIPART)).toContain('[17 bytes without');
    expect(bodyOf('--A\r\n\r\nZqSECRETqZ', 'multipart/mixed')).toContain('[17 bytes without');
  });

  it('shows cookies by name, with the values of harmless ones alone', () => {
    expect(describeCookies('orion_console_8000=abc; theme=dark; broken', ['lang=de; Path=/; HttpOnly', 'x=y'])).toEqual(
      [
        { name: 'orion_console_8000', value: '…', direction: 'sent', attributes: '' },
        { name: 'theme', value: 'dark', direction: 'sent', attributes: '' },
        { name: 'broken', value: '', direction: 'sent', attributes: '' },
        { name: 'lang', value: 'de', direction: 'set', attributes: 'Path=/; HttpOnly' },
        { name: 'x', value: '…', direction: 'set', attributes: '' },
      ],
    );
  });
});
