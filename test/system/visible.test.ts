import { clip, harmless, harmlessInColour, visible, visibleLine } from '../../system/visible.ts';

describe('visible', () => {
  it('shows control characters and takes away their power', () => {
    expect(visible('a\u0000b\u001b[31mc\u007f\u009b')).toBe('a␀b␛[31mc␡\ufffd');
  });

  it('replaces what reorders text or is no character', () => {
    expect(visible('a\u202eb\u2066c\ud800d\uffffe')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
  });

  it('keeps tabs, line feeds and every ordinary character', () => {
    const text = 'größe\t東京\n😀';
    expect(visible(text)).toBe(text);
    expect(visible('a\r\nb\rc')).toBe('a\nb␍c');
  });

  it('puts text on one line', () => expect(visibleLine('a\n\tb')).toBe('a b'));
});

describe('clip', () => {
  it('marks the cut and keeps short text', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('abcd', 4)).toBe('abcd');
  });

  it('never leaves half a surrogate pair', () => expect(clip('ab😀cd', 4)).toBe('ab…'));
});

describe('harmless', () => {
  it.each([
    ['::error::x\n  ::set-output name=a::b', ': :error::x\n  : :set-output name=a::b'],
    ['a ::error:: b, std::vector', 'a ::error:: b, std::vector'],
    ['x ##vso[task.setvariable]y', 'x # #vso[task.setvariable]y'],
    ['##[error]x ##teamcity[y]', '# #[error]x # #teamcity[y]'],
    ['## Heading', '## Heading'],
    ['\u001b]0;title\u0007', '␛]0;title␇'],
  ])('%j becomes %j', (text, due) => {
    expect(harmless(text)).toBe(due);
  });

  it('keeps the colours of a summary, and nothing else', () => {
    expect(harmlessInColour('\u001b[32mok\u001b[0m\u001b[2J')).toBe('\u001b[32mok\u001b[0m␛[2J');
  });
});
