// The inlines of a page: formulas, numbers, links.
'use strict';
const { render, lowered, OPENING } = require('./numbers');
const { math } = require('./blocks');
const { str, code, span, htmlInline, escape } = require('./pandoc');

const NUMBER = new RegExp(`^${OPENING}$`);
const END = /^<!--\s*\/\s*-->$/;

const raw = (e) => (e.t === 'RawInline' ? e.c[1] : '');
const endsIn = (e, mark) => e && e.t === 'Str' && e.c.endsWith(mark);
const startsWith = (e, mark) => e && e.t === 'Str' && e.c.startsWith(mark);

/** Formulas: Str "..$", Code, Str "$..". */
function withMath(inlines) {
  const out = [];
  const rest = [...inlines];
  while (rest.length) {
    const e = rest.shift();
    if (e.t === 'Math') {
      // Newer versions of pandoc see formulas themselves.
      out.push(htmlInline(math(e.c[1].replace(/^`|`$/g, ''), e.c[0].t === 'DisplayMath')));
    } else if (e.t === 'Code' && endsIn(out[out.length - 1], '$') && startsWith(rest[0], '$')) {
      const before = out.pop().c.slice(0, -1);
      // A formula keeps its comma or bracket on its line.
      const [, mark, after] = rest.shift().c.match(/^\$([.,;:!?)\]’”]*)(.*)$/s);
      const formula = math(e.c[1]) + escape(mark);
      if (before) out.push(str(before));
      out.push(htmlInline(mark ? `<span class="keep">${formula}</span>` : formula));
      if (after) rest.unshift(str(after));
    } else {
      out.push(e);
    }
  }
  return out;
}

/** Numbers: the comment <!--=key format-->, the filling, the comment <!--/-->. */
function withNumbers(inlines, site, page) {
  const out = [];
  for (let i = 0; i < inlines.length; ++i) {
    const open = raw(inlines[i]).match(NUMBER);
    if (open) {
      const end = inlines.findIndex((e, k) => k > i && END.test(raw(e)));
      if (end < 0) throw new Error(`the number ${open[1]} has no end <!--/-->`);
      out.push(...number(site, page, open[1], open[2], inlines.slice(i + 1, end)));
      i = end;
    } else if (!raw(inlines[i]).startsWith('<!--')) {
      out.push(inlines[i]);
    }
  }
  return out;
}

/** A value in its format, dressed as the filling is. */
function valueOf(value, format, filling) {
  if (filling.some((e) => raw(e).includes('katex'))) {
    return [htmlInline(math(render(value, format, 'math')))];
  }
  if (filling.some((e) => e.t === 'Code')) return [code(render(value, format, 'code'))];
  const [base, power] = render(value, format, 'prose').split(/(?=[⁻⁰¹²³⁴-⁹])(.*)/);
  return [str(base), ...(power ? [{ t: 'Superscript', c: [str(lowered(power))] }] : [])];
}

/** A number of the book, or the reader's own, marked if it differs. */
function number(site, page, key, format, filling) {
  const { book, mine, agrees } = site.run.number(key, page);
  const show = (value) => valueOf(value, format, filling);
  const shown = (name, value, title) => span(name, show(value), [['title', title]]);
  const range = rangeOf(book, format);
  if (!mine) return [shown('number', book.value, `from the book’s run; ${range}`)];
  const title = `your run; the book has ${render(book.value, format, 'prose')}; ${range}`;
  if (agrees) return [shown('number', mine.value, title)];
  return [
    shown('number differs', mine.value, title),
    span('books', [str('\u00a0(book:\u00a0'), ...show(book.value), str(')')]),
  ];
}

/** How far another machine's number may lie from the book's. */
function rangeOf({ holds, expected, tolerance }, format) {
  if (holds !== undefined) return `expected: ${expected}`;
  if (tolerance === undefined) return 'an entry of a committed table';
  if (tolerance === Infinity) return 'differs from machine to machine';
  if (tolerance === 0) return 'the same on every machine';
  const [scale, unit] = format && format.endsWith('p') ? [100, ' percentage points'] : [1, ''];
  return `within ${render(scale * tolerance, '%.2g', 'prose')}${unit} on other machines`;
}

/** The function that changes every list of inlines of a page. */
function inlinesOf(site, page) {
  return (inlines) =>
    withNumbers(withMath(inlines), site, page).map((e) => {
      if (e.t !== 'Link') return e;
      const href = site.href(page, e.c[2][0]);
      return href === null ? span('', e.c[1]) : { t: 'Link', c: [e.c[0], e.c[1], [href, '']] };
    });
}

module.exports = { inlinesOf };
