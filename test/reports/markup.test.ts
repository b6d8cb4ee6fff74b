import { markup } from '../../reports/html/markup.ts';

describe('markup', () => {
  it('escapes text in content and in attributes', () => {
    expect(markup`<b title="${'"\'<>&'}">${'<i>'}</b>`.html).toBe(
      '<b title="&quot;&#39;&lt;&gt;&amp;">&lt;i&gt;</b>',
    );
  });

  it('escapes what already looks escaped', () => expect(markup`${'&lt;'}`.html).toBe('&amp;lt;'));

  it('keeps markup, joins lists, drops null', () => {
    expect(markup`${[markup`<i>${1}</i>`, 'a<', null]}`.html).toBe('<i>1</i>a&lt;');
  });
});
