import { clip, visible, visibleLine } from '../../reports/content/visible.ts';

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
