// The contents of the book, read from index.md: under "## Contents", a heading per part, and under
// it a list of its pages: "[Title](page.md): question?" or "Title *(planned)*: question?".
'use strict';
const { plain } = require('./pandoc');

/** One item of the contents: {title, target, planned, question} with the question's inlines. */
function entryOf(inlines) {
  const first = inlines[0];
  let rest;
  const entry = { title: '', target: null, planned: false };
  if (first.t === 'Link') {
    entry.title = plain(first.c[1]);
    entry.target = first.c[2][0];
    rest = inlines.slice(1);
  } else {
    const mark = inlines.findIndex((e) => e.t === 'Emph' && plain([e]) === '(planned)');
    if (mark < 0) throw new Error(`"${plain(inlines)}" has no link, nor the mark *(planned)*`);
    entry.title = plain(inlines.slice(0, mark)).trim();
    entry.planned = true;
    rest = inlines.slice(mark + 1);
  }
  if (rest[0] && rest[0].t === 'Str' && rest[0].c === ':') rest = rest.slice(rest[1] ? 2 : 1);
  return { ...entry, question: rest };
}

/** {title, parts: [{title, pages: [{number, title, href}]}], order: every page, as read}. */
function contentsOf(tree, hrefOf) {
  const heading = tree.blocks.find((b) => b.t === 'Header' && b.c[0] === 1);
  if (!heading) throw new Error('book/index.md has no title');
  const title = plain(heading.c[2]);
  const parts = [];
  let inside = false;
  for (const block of tree.blocks) {
    if (block.t === 'Header' && block.c[0] === 2) inside = plain(block.c[2]) === 'Contents';
    if (!inside) continue;
    if (block.t === 'Header' && block.c[0] === 3) {
      parts.push({ title: plain(block.c[2]), pages: [] });
    }
    const items = block.t === 'OrderedList' ? block.c[1] : block.t === 'BulletList' ? block.c : [];
    if (items.length && !parts.length) throw new Error('the contents begin without a part (###)');
    items.forEach((item, k) => {
      const { title: name, target } = entryOf(item[0].c);
      parts[parts.length - 1].pages.push({
        number: block.t === 'OrderedList' ? String(block.c[0][0] + k) : undefined,
        title: name,
        href: target === null ? undefined : hrefOf(target),
      });
    });
  }
  const written = parts.flatMap((part) => part.pages.filter((page) => page.href));
  const order = [{ title, href: 'index.html' }, ...written];
  return { title, parts, order };
}

module.exports = { contentsOf, entryOf };
