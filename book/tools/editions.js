// The editions of a finished site: one-learning-rate.pdf, printed by Chromium, and .epub, by pandoc,
// with formulas in MathML. Each needs a program; without it the edition is left out in a sentence.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const NAME = 'one-learning-rate';

/** The pages in the order of the contents, each with its text and its name as an anchor. */
function pagesOf(site) {
  const index = fs.readFileSync(path.join(site, 'index.html'), 'utf8');
  const menu = index.slice(index.indexOf('<nav class="menu side"'), index.indexOf('<main'));
  const names = ['index.html', ...[...menu.matchAll(/<li class="(?:chapter|other)[^"]*"><a href="([\w-]+\.html)"/g)].map((m) => m[1])];
  return names.filter((name) => name !== 'ops.html').map((name) => {
    const html = fs.readFileSync(path.join(site, name), 'utf8');
    const begin = html.indexOf('>', html.indexOf('<main id="text"')) + 1;
    const text = html.slice(begin, html.indexOf('</main>'))
      .replace(/<nav class="turn"[\s\S]*?<\/nav>/, '')
      .replace(/<section class="live"[\s\S]*?<\/section>/g, '')
      .replace(/<p class="editions">.*<\/p>/, '');
    return { key: name.replace('.html', ''), text };
  });
}

/** One text of all pages: anchors carry the name of their page, links stay inside the book. */
function joined(pages) {
  const keys = new Set(pages.map((page) => page.key));
  return pages.map(({ key, text }) => {
    const whole = text
      .replace(/ id="([^"]+)"/g, (_, id) => ` id="${key}--${id}"`)
      .replace(/ href="([^"]*)"/g, (link, target) => {
        if (/^(https?|mailto):/.test(target)) return link;
        const [file, id] = target.split('#');
        const page = file ? file.replace('.html', '') : key;
        if (!keys.has(page)) return '';
        return ` href="#${id ? `${page}--${id}` : page}"`;
      })
      .replace(/<details>/g, '<details open>');
    return whole.replace(/<h1 id="[^"]*"/, `<h1 id="${key}"`);
  }).join('\n');
}

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

/** Runs a program; its last line of complaint, or null. */
function failure(program, args) {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 240000 });
  if (error) return error.message;
  return status === 0 ? null : (stderr || '').trim().split('\n').pop() || `exit code ${status}`;
}

function page(site, title, body) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="theme/katex.css"><link rel="stylesheet" href="theme/book.css">
<style>@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); font: 9pt sans-serif; color: #5c6573; } }
@page :first { @bottom-center { content: ""; } }
:root { color-scheme: light; --page: #fff; } h2, h3, h4 { break-after: avoid; } main h1 { break-before: page; } main h1:first-child { break-before: auto; }
main { padding: 0; } pre, .code, .table, .picture { margin-left: 0; margin-right: 0; } .picture img { max-height: 20cm; }</style></head>
<body><div class="page"><main>${body}</main></div></body></html>`;
}

function pdf(site, body, title) {
  const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) =>
    !spawnSync(name, ['--version'], { timeout: 60000 }).error);
  if (!browser) return 'No PDF: it is printed by chromium, which is not installed (sudo apt install chromium).';
  const file = path.join(site, 'print.html');
  fs.writeFileSync(file, page(site, title, body.replace(/<source srcset[^>]*>/g, '')));
  const target = path.join(site, `${NAME}.pdf`);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'book-'));
  const problem = failure(browser, ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`,
    '--no-pdf-header-footer', '--generate-pdf-document-outline', `--print-to-pdf=${target}`, `file://${file}`]);
  fs.rmSync(file);
  fs.rmSync(profile, { recursive: true, force: true });
  return fs.existsSync(target) ? null : `No PDF: ${browser} failed (${problem}).`;
}

function epub(site, body, title) {
  // pandoc knows no \Bigl beside a space.
  const tex = (span) => span.match(/<annotation encoding="application\/x-tex">([\s\S]*?)<\/annotation>/)[1]
    .replace(/\\Big([lr])(?![a-z])/g, (_, side) => (side === 'l' ? '\\left' : '\\right'));
  let text = replaced(body, '<span class="katex-display">', (span) => `\\[${tex(span)}\\]`);
  text = replaced(text, '<span class="katex">', (span) => `\\(${tex(span)}\\)`)
    .replace(/<source srcset[^>]*>|<\/?picture[^>]*>/g, '')
    .replace(/<details open><summary>(.*?)<\/summary>/g, '<div><p><strong>$1</strong></p>')
    .replace(/<\/details>/g, '</div>');
  // Drawings become files: readers of books differ in what they do with SVG inside a page.
  let count = 0;
  text = text.replace(/<svg class="drawing"[\s\S]*?<\/svg>/g, (svg) => {
    const name = `drawing-${++count}.svg`;
    fs.writeFileSync(path.join(site, name), svg);
    const [, alt] = svg.match(/aria-label="([^"]*)"/);
    return `<img src="${name}" alt="${alt}">`;
  });
  const file = path.join(site, 'epub.html');
  fs.writeFileSync(file, `<html lang="en"><head><title>${title}</title></head><body>${text}</body></html>`);
  const css = path.join(__dirname, '..', 'theme', 'epub.css');
  const problem = failure('pandoc', ['-f', 'html+tex_math_single_backslash', '-t', 'epub3', '--mathml', '--toc-depth=2',
    '--epub-chapter-level=1', `--css=${css}`, `--resource-path=${site}`, '--metadata', 'lang=en', '--metadata', `title=${title}`,
    '-o', path.join(site, `${NAME}.epub`), file]);
  fs.rmSync(file);
  for (let k = 1; k <= count; ++k) fs.rmSync(path.join(site, `drawing-${k}.svg`));
  return problem && `No EPUB: pandoc failed (${problem}).`;
}

/** Makes the editions of a site and links them on its first page; what to say on the terminal. */
function editions(site) {
  const index = path.join(site, 'index.html');
  const [, title] = fs.readFileSync(index, 'utf8').match(/<title>(.*?)<\/title>/);
  const body = joined(pagesOf(site));
  const problems = [pdf(site, body, title), epub(site, body, title)];
  const made = ['pdf', 'epub'].filter((_, k) => !problems[k]);
  if (made.length) {
    const links = made.map((kind) => `<a href="${NAME}.${kind}">${kind.toUpperCase()}</a>`).join(' and ');
    const html = fs.readFileSync(index, 'utf8')
      .replace(/<h2 id="contents">/, `<p class="editions">The whole book as ${links}.</p>\n$&`);
    fs.writeFileSync(index, html);
  }
  return [...problems.filter(Boolean), ...made.map((kind) => `${NAME}.${kind}`)];
}

module.exports = { editions };
