import { get } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks the server on this machine for a page of a host; resolves at the last byte. */
export function httpGet(port: number, host: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers: { Host: `${host}:${port}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

/** The same, where anything but a page is an error. */
export async function getPage(port: number, host: string, path: string): Promise<string> {
  const { status, text } = await httpGet(port, host, path);
  if (status !== 200) throw new Error(`${host}${path} answered ${status}: ${text.slice(0, 500)}`);
  return text;
}
