import { expect, it } from 'vitest';
import { droppedUrl } from './use-url-drop.ts';

it.each([
  ['# a remark\r\nhttp://techstore.localhost/\r\nhttp://other/', 'Tech Store', 'http://techstore.localhost/'],
  ['', ' fashion.localhost:8000/products \nmore', 'fashion.localhost:8000/products'],
  ['', '  ', null],
])('reads %j and %j as %j', (uriList, text, url) => {
  expect(droppedUrl(uriList, text)).toBe(url);
});
