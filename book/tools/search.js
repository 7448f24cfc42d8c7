// What the search of the site looks through: the text of every section, as a script that pages opened
// as files can load.
'use strict';
const { unescape } = require('./html');

// Formulas, listings and their captions, drawings and the handles of solutions are no words.
const SILENT = new RegExp([
  '<pre[^]*?</pre>', '<figcaption><a href[^]*?</figcaption>', '<figcaption>Output[^]*?</figcaption>',
  '<a class="own"[^]*?</a>', '<svg[^]*?</svg>', '<span class="keep">[^]*?</span>[^<]*</span>', '<span class="math [^]*?</span>', '<summary>[^]*?</summary>',
].join('|'), 'g');

const wordsOf = (html) => unescape(html.replace(SILENT, '').replace(/<\/?(p|h\d|li|td|th|div|br)\b[^>]*>/g, ' ')
  .replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim();

/** [page, id, title of the page, heading, text] of each section of a page whose formulas are not yet set. */
function sectionsOf(name, html) {
  const main = html.slice(html.indexOf('<main id="text">'), html.indexOf('</main>'))
    .replace(/<nav class="turn"[^]*?<\/nav>/, '');
  const sections = [];
  for (const [, id, heading, text] of main.matchAll(/<h\d id="([^"]*)">([^]*?)<\/h\d>([^]*?)(?=<h\d id=|$)/g)) {
    const [, , title] = sections[0] || [name, '', wordsOf(heading)];
    sections.push([name, sections.length ? id : '', title, wordsOf(heading), wordsOf(text)]);
  }
  return sections;
}

/** The script theme/search.js. */
function searchScript(sections) {
  const order = sections.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return `globalThis.gradusSections = ${JSON.stringify(order)};\n`;
}

module.exports = { sectionsOf, searchScript };
