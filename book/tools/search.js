// What the search of the site looks through: the text of every section, as a script that pages opened
// as files can load.
'use strict';
const { plain } = require('./pandoc');

/** The words in a piece of pandoc's tree; formulas and listings are none. */
function wordsOf(piece) {
  if (Array.isArray(piece)) return piece.map(wordsOf).join('');
  if (!piece || typeof piece !== 'object') return '';
  switch (piece.t) {
    case 'Str': return piece.c;
    case 'Space': case 'SoftBreak': case 'LineBreak': return ' ';
    case 'Code': return piece.c[1];
    case 'CodeBlock': case 'RawBlock': case 'RawInline': case 'Math': return '';
    default: return `${wordsOf(piece.c)}${/^(Para|Plain|Header|Div)$/.test(piece.t) ? ' ' : ''}`;
  }
}

/** [page, id, title of the page, heading, text] of each section. */
function sectionsOf(name, { title, blocks }) {
  const sections = [[name, '', title, title, '']];
  for (const block of blocks) {
    if (block.t === 'Header' && block.c[0] > 1) {
      sections.push([name, block.c[1][0], title, plain(block.c[2]), '']);
    } else if (block.t !== 'Header') {
      sections[sections.length - 1][4] += `${wordsOf(block)} `;
    }
  }
  for (const section of sections) section[4] = section[4].replace(/\s+/g, ' ').trim();
  return sections;
}

/** The script theme/search.js. */
function searchScript(sections) {
  const order = sections.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return `globalThis.gradusSections = ${JSON.stringify(order)};\n`;
}

module.exports = { sectionsOf, searchScript };
