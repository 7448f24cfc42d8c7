// A page of the book before pandoc reads it: the numbers and printed output that it shows, the reader's own
// where there are some, and over each listing where it comes from.
'use strict';
const fs = require('fs');
const path = require('path');
const { read, isFile } = require('./files');
const { escape } = require('./html');
const { scan, codeSpans, blank } = require('./markdown');
const { render, dressOf, dressed, lowered, outputLines, NUMBER, OUTPUT } = require('./numbers');
const { regions, MARKER: SNIPPET } = require('./snippets');

/** How far another machine's number may lie from the book's. */
function rangeOf({ holds, expected, tolerance }, format) {
  if (holds !== undefined) return `expected: ${expected}`;
  if (tolerance === undefined) return 'an entry of a committed table';
  if (tolerance === Infinity) return 'differs from machine to machine';
  if (tolerance === 0) return 'the same on every machine';
  const [scale, unit] = format && format.endsWith('p') ? [100, ' percentage points'] : [1, ''];
  return `within ${render(scale * tolerance, '%.2g', 'prose')}${unit} on other machines`;
}

/** A number of the book, or the reader's own, marked if it differs. */
function number(run, page, [, key, format, filling]) {
  const { book, mine, agrees } = run.number(key, page);
  const dress = dressOf(filling);
  const show = ({ value }) => {
    const text = render(value, format, dress);
    if (dress !== 'prose') return dressed(text, dress);
    return text.replace(/[⁻⁰¹²³⁴-⁹]+/, (power) => `<sup>${lowered(power)}</sup>`);
  };
  const span = (name, entry, title) =>
    `<span class="${name}" title="${escape(title).replace(/\|/g, '&#124;')}">${show(entry)}</span>`;
  const range = rangeOf(book, format);
  if (!mine) return span('number', book, `from the book’s run; ${range}`);
  const title = `your run; the book has ${render(book.value, format, 'prose')}; ${range}`;
  if (agrees) return span('number', mine, title);
  return `${span('number differs', mine, title)}<span class="books">\u00a0(book:\u00a0${show(book)})</span>`;
}

function withNumbers(run, page, text) {
  const { lines, prose } = scan(text);
  prose.forEach((line, i) => {
    const visible = blank(line, codeSpans(line).spans.filter((s) => s.text.includes('<!--')));
    for (const marker of [...visible.matchAll(NUMBER)].reverse()) {
      const end = marker.index + marker[0].length;
      lines[i] = lines[i].slice(0, marker.index) + number(run, page, marker) + lines[i].slice(end);
    }
  });
  return lines.join('\n');
}

/** A link to a file of the repository, at one of its lines. */
function sourceLink(file, line) {
  return `<a href="${escape(`source/${file}.html#L-${line}`)}">${escape(file)}</a>`;
}

/** The text whose listings say where they are from, and show what the reader's own run printed. */
function withListings(site, text) {
  const { lines, prose, fences } = scan(text);
  for (const fence of fences.reverse()) {
    const above = prose[fence.first - 2] || '';
    const [, , target] = above.match(SNIPPET) || above.match(OUTPUT) || [];
    if (!target) continue;
    const [file, part] = target.split('#');
    let [kind, caption, { body }] = ['code', '', fence];
    if (SNIPPET.test(above)) {
      const region = isFile(site.root, file) && regions(site.root, file).found.get(part);
      if (!region) throw new Error(`${file} has no region [${part}]`);
      caption = sourceLink(file, region.first);
    } else {
      const mine = site.run.file(file.replace(/^book\/results\//, ''));
      const { lines: printed } = mine ? outputLines(fs.readFileSync(mine, 'utf8'), part) : {};
      kind = 'code output';
      caption = !site.run.results ? 'Output' : printed ? 'Output of your run' : 'Output of the book’s run';
      body = printed || body;
    }
    const listing = [`<figure class="${kind}"><figcaption>${caption}</figcaption>`, '', fence.ticks + fence.info,
      ...body, fence.ticks, '', '</figure>'];
    lines.splice(fence.first - 2, fence.last - fence.first + 2, ...listing.map((line) => fence.prefix + line));
  }
  return lines.join('\n');
}

/** Under the title of a chapter: whose numbers these are. */
function banner(run, page) {
  const [, digits] = path.posix.basename(page).match(/^(\d\d)-/) || [];
  const book = run.results && digits && run.books(`ch${digits}`);
  if (!book) return '';
  const mine = run.mine(`ch${digits}`);
  const say = (text) =>
    `<div class="run"><p>${escape(text).replace(/`([^`]*)`/g, '<code>$1</code>')
      .replace('THIS', '<span class="number differs">this</span>')}</p></div>`;
  if (!mine) {
    return say('There is no run of yours for this chapter: numbers and figures are the book’s. ' +
      `Make one with \`./run ${Number(digits)}\`.`);
  }
  const { numbers, differ } = run.countsOf(page);
  const whose = `Numbers and figures on this page are from your run, \`${mine.command}\`. `;
  if (!differ) return say(whose + (numbers ? `All ${numbers} numbers agree with the book’s.` : ''));
  const why = mine.command === book.command
    ? 'Another processor or number of threads adds in another order, and small differences grow.'
    : 'Another size, seed or precision measures something else.';
  const { cpu, threads } = book.machine;
  return say(`${whose}${numbers - differ} of ${numbers} numbers agree with the book’s; what does not is marked ` +
    `like THIS. The book’s run was \`${book.command}\` on ${cpu}, ${threads} threads. ${why}`);
}

/** The markdown of a page for pandoc. */
function prepared(site, page) {
  const text = withListings(site, withNumbers(site.run, page, read(site.root, page)));
  const about = banner(site.run, page);  // after the title and the lead
  return about ? text.replace(/^# .*\n(\n\*[^*\n][^]*?\n(?=\n))?/, (head) => `${head}\n${about}\n`) : text;
}

module.exports = { prepared, sourceLink };
