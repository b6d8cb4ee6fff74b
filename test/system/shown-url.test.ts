import { shownUrl } from '../../system/shown-url.ts';

it.each([
  ['redis://127.0.0.1:6379/0', 'redis://127.0.0.1:6379/0'],
  ['redis://:secret@127.0.0.1:1', 'redis://:***@127.0.0.1:1'],
  ['http://user:se:cr@et@host/a@b', 'http://user:***@host/a@b'],
  ['https://token@host', 'https://***@host'],
  ['not a url', 'not a url'],
  ['user:secret@host', 'user:***@host'],
  ['http://host/path?mail=a@b', 'http://host/path?mail=a@b'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});
