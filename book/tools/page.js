// One page of the book: pandoc's tree, changed into what the site shows.
'use strict';
const path = require('path');
const { entryOf } = require('./contents');
const { blocksOf } = require('./blocks');
const { inlinesOf } = require('./inlines');
const { rewrite, plain, str, code, span, div, para, line, words } = require('./pandoc');

const INDEX = 'book/index.md';

/** Under the title of a chapter: whose numbers these are. */
function banner(site, page) {
  const [, digits] = path.posix.basename(page).match(/^(\d\d)-/) || [];
  if (!site.run.results || !digits) return [];
  const mine = site.run.mine(`ch${digits}`);
  const book = site.run.books(`ch${digits}`);
  if (!book) return [];
  if (!mine) {
    return [
      div('run', [
        para(
          words(
            'There is no run of yours for this chapter: numbers and figures are the book’s. ' +
              `Make one with \`./run ${Number(digits)}\`.`,
          ),
        ),
      ]),
    ];
  }
  const { numbers, differ } = site.run.countsOf(page);
  const whose = `Numbers and figures on this page are from your run, \`${mine.command}\`. `;
  if (!differ) {
    const all = numbers ? `All ${numbers} numbers agree with the book’s.` : '';
    return [div('run', [para(words(whose + all))])];
  }
  const agree = `${numbers - differ} of ${numbers} numbers agree with the book’s; `;
  const why =
    mine.command === book.command
      ? 'Another processor or number of threads adds in another order, and small differences grow.'
      : 'Another size, seed or precision measures something else.';
  const { cpu, threads } = book.machine;
  return [
    div('run', [
      para([
        ...words(`${whose}${agree}what does not is marked like `),
        span('number differs', [str('this')]),
        ...words(`. The book’s run was \`${book.command}\` on ${cpu}, ${threads} threads. ${why}`),
      ]),
    ]),
  ];
}

/** One line of the contents: number, title and, below, the question. */
function contentsLine(inlines, number) {
  const { planned, question } = entryOf(inlines);
  const head = inlines.slice(0, inlines.length - question.length);
  while (head.length && plain(head.slice(-1)).replace(':', '').trim() === '') head.pop();
  const before = number === undefined ? [] : [span('nr', [str(String(number))])];
  const name = span('name', [...before, ...head]);
  return [div(`entry${planned ? ' planned' : ''}`, [line([name, span('question', question)])])];
}

/** The first page with its contents laid out. */
function withContents(blocks) {
  let inside = false;
  return blocks.map((block) => {
    if (block.t === 'Header' && block.c[0] === 2) inside = plain(block.c[2]) === 'Contents';
    if (inside && block.t === 'OrderedList') {
      const [attributes, items] = block.c;
      const lines = items.map(([first], k) => contentsLine(first.c, attributes[0] + k));
      return div('contents', [{ t: 'OrderedList', c: [attributes, lines] }]);
    }
    if (inside && block.t === 'BulletList') {
      const lines = block.c.map(([first]) => contentsLine(first.c));
      return div('contents', [{ t: 'BulletList', c: lines }]);
    }
    return block;
  });
}

/** {title, headings, blocks, kind} of a page for the template. */
function transform(site, page, tree) {
  const isIndex = page === INDEX;
  const blocks = rewrite(isIndex ? withContents(tree.blocks) : tree.blocks, {
    inlines: inlinesOf(site, page),
    blocks: blocksOf(site, page),
  });
  const [title, second, ...others] = blocks;
  if (!title || title.t !== 'Header' || title.c[0] !== 1) {
    throw new Error('a page begins with its title, a line "# ..."');
  }
  // A first paragraph in *..* says what the page is about.
  const hasLead = second?.t === 'Para' && second.c.length === 1 && second.c[0].t === 'Emph';
  const lead = hasLead ? [div('lead', [para(second.c[0].c)])] : [];
  const text = hasLead ? others : blocks.slice(1);
  const headings = text
    .filter((b) => b.t === 'Header' && (b.c[0] === 2 || b.c[0] === 3))
    .map((b) => ({ id: b.c[1][0], text: plain(b.c[2]), level: b.c[0] }));
  return {
    title: plain(title.c[2]),
    headings: isIndex ? [] : headings,
    kind: isIndex ? 'index' : '',
    blocks: [title, ...lead, ...banner(site, page), ...text],
  };
}

module.exports = { transform };
