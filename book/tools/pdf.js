// The book as a PDF, printed by Chromium: twice, since only what is printed knows its page numbers.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const style = (pages) => fs.readFileSync(path.join(__dirname, '..', 'theme', 'print.css'), 'utf8') +
  pages.slice(1).map(({ key, title }) => `@page p-${key} { @bottom-left { content: "${plain(title)}"; } }\n` +
    `#page-${key} { page: p-${key}; }\n`).join('');

const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&amp;/g, '&').replace(/["\\]/g, '\\$&');

/** Paper is light, and long listings may go on on the next page. */
const laidOut = (text) => text
  .replace(/<source srcset[^>]*>/g, '')
  .replace(/<figure class="code/g, (open, at) => {
    const lines = text.slice(at, text.indexOf('</figure>', at)).split('\n').length;
    return lines > 20 ? `${open} long` : open;
  });

function document({ title, author, pages }) {
  const sections = pages.map(({ key, text }) => `<section id="page-${key}" class="${key}">${laidOut(text)}</section>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="author" content="${author}">
<link rel="stylesheet" href="theme/katex.css"><link rel="stylesheet" href="theme/book.css"><style>${style(pages)}</style></head>
<body><main>${sections.join('\n')}</main></body></html>`;
}

/** anchor -> number of its page, from a PDF whose objects stand there plainly, as Chromium's do. */
function pageNumbers(file) {
  const text = fs.readFileSync(file, 'latin1');
  const kids = new Map(), inner = new Set();
  for (const [, id, list] of text.matchAll(/(?:^|\n)(\d+) 0 obj\n<<\/Type \/Pages\b[^>]*?\/Kids \[([^\]]*)\]/g)) {
    kids.set(id, [...list.matchAll(/(\d+) 0 R/g)].map((m) => m[1]));
    kids.get(id).forEach((kid) => inner.add(kid));
  }
  const leaves = (id) => (kids.has(id) ? kids.get(id).flatMap(leaves) : [id]);
  const order = [...kids.keys()].filter((id) => !inner.has(id)).flatMap(leaves);
  return new Map([...text.matchAll(/\/([^\s/<>[\]]+) \[(\d+) 0 R \/XYZ/g)]
    .map(([, name, page]) => [name.replace(/#(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), order.indexOf(page) + 1]));
}

/** Prints `html` into `target`; what went wrong, or null. */
function print(browser, html, file, target) {
  fs.writeFileSync(file, html);
  fs.rmSync(target, { force: true });
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'book-'));
  const { error } = spawnSync(browser, ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`,
    '--no-pdf-header-footer', '--generate-pdf-document-outline', `--print-to-pdf=${target}`, `file://${file}`],
  { encoding: 'utf8', timeout: 900000 });
  fs.rmSync(file);
  fs.rmSync(profile, { recursive: true, force: true });
  return fs.existsSync(target) ? null : `No PDF: ${browser} printed none${error ? ` (${error.message})` : ''}.`;
}

/** Makes the PDF of a book beside its site; what to say if there is none. */
function pdf(site, book, target) {
  const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) =>
    !spawnSync(name, ['--version'], { timeout: 60000 }).error);
  if (!browser) return 'No PDF: it is printed by chromium, which is not installed (sudo apt install chromium).';
  const html = document(book);
  const file = path.join(site, 'print.html');
  const problem = print(browser, html, file, target);
  if (problem) return problem;
  const numbers = pageNumbers(target);
  return print(browser, html.replace(/(data-of="([^"]+)">)/g, (_, open, id) => `${open}${numbers.get(id) || ''}`), file, target);
}

module.exports = { pdf, pageNumbers };
