// The book as an EPUB, written by pandoc, with KaTeX's MathML.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

/** A text with each element that begins with `open` given to change(); spans may nest in it. */
function replaced(html, open, change) {
  let out = '';
  for (let at = 0; ;) {
    const begin = html.indexOf(open, at);
    if (begin < 0) return out + html.slice(at);
    let depth = 0, end = begin;
    const tag = /<span\b|<\/span>/g;
    tag.lastIndex = begin;
    for (let m; (m = tag.exec(html));) {
      depth += m[0] === '</span>' ? -1 : 1;
      if (depth === 0) { end = tag.lastIndex; break; }
    }
    out += html.slice(at, begin) + change(html.slice(begin, end));
    at = end;
  }
}

/** KaTeX's own MathML of a formula, as code for mathml.lua. */
const mathml = (span) => `<code class="mathml">${span.match(/<math\b[\s\S]*<\/math>/)[0]
  .replace(/&/g, '&amp;').replace(/</g, '&lt;')}</code>`;

/** What pandoc reads well, and readers of EPUBs show: one twin of a figure, no numbers of pages. */
function simplified(text) {
  return replaced(replaced(text, '<span class="katex-display">', mathml), '<span class="katex">', mathml)
    .replace(/<source srcset[^>]*>|<\/?picture[^>]*>/g, '')
    .replace(/<span class="folio"[^>]*><\/span>/g, '')
    .replace(/<a class="own"[^>]*>(.*?)<\/a>/g, '<span class="own">$1</span>')
    // Of a figure pandoc loses the name, and the description of its image.
    .replace(/<(\/?)figure/g, '<$1div')
    .replace(/<figcaption>([\s\S]*?)<\/figcaption>/g, '<div class="caption">$1</div>');
}

/** Makes the EPUB of a book; what to say if there is none. */
function epub(site, { title, subtitle, author, pages }, target) {
  // Drawings become files: readers of books differ in what they do with SVG inside a page, and with variables.
  const drawings = [];
  const text = simplified(pages.map((page) => page.text).join('\n')).replace(/<svg class="drawing"[\s\S]*?<\/svg>/g, (svg) => {
    const name = `drawing-${drawings.length + 1}.svg`;
    drawings.push(path.join(site, name));
    fs.writeFileSync(drawings[drawings.length - 1], svg.replace(/var\(--\w+, (#\w+)\)/g, '$1'));
    const [, alt] = svg.match(/aria-label="([^"]*)"/);
    return `<img src="${name}" alt="${alt}">`;
  });
  const file = path.join(site, 'epub.html');
  fs.writeFileSync(file, `<html lang="en"><head><title>${title}</title></head><body>${text}</body></html>`);
  const css = path.join(__dirname, '..', 'theme', 'epub.css');
  const { status, error, stderr } = spawnSync('pandoc', ['-f', 'html', '-t', 'epub3', `--lua-filter=${path.join(__dirname, 'mathml.lua')}`,
    '--toc-depth=2', '--epub-chapter-level=1', `--css=${css}`, `--resource-path=${site}`, '--metadata', 'lang=en',
    '--metadata', `title=${title}`, '--metadata', `subtitle=${subtitle}`, '--metadata', `author=${author}`, '-o', target, file], { encoding: 'utf8', timeout: 600000 });
  for (const made of [file, ...drawings]) fs.rmSync(made);
  if (status === 0) return null;
  return `No EPUB: pandoc failed (${error ? error.message : stderr.trim().split('\n').pop()}).`;
}

module.exports = { epub };
