// Builds the site. Options and exit codes: see USAGE.
'use strict';
const { randomBytes } = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { HERE, isFile, bookPages, katexFolder } = require('./files');
const { page, withFormulas } = require('./html');
const { prepared } = require('./prepare');
const { Run } = require('./run');
const { opsPage } = require('./ops_page');
const { editions } = require('./editions');
const { copyFigures } = require('./live');
const { sectionsOf, searchScript } = require('./search');
const { Notation } = require('./symbols');

const USAGE = `usage: book/build [--results DIR] [--out DIR] [--editions]

Builds the book from book/*.md into a folder (--out, default build/site); open its index.html.
With --results, numbers, printed output and figures come from your own runs in DIR/chNN
where there are some, and what differs from the book beyond its tolerance is marked.
With --editions also the whole book as a PDF, if chromium is installed, and as an EPUB.

exit codes: 0 built, 1 an error in the book, 2 wrong options, 3 a package is missing`;

const OPS = 'autodiff/ops.h';  // its page is made from the code
const STAMP = '.made-by-book-build';

class UsageError extends Error {}

function parseArguments(args) {
  const options = { root: HERE, out: null, results: null, editions: false };
  while (args.length) {
    const [name, inline] = args.shift().split(/=(.*)/s);
    if (name === '-h' || name === '--help') return { help: true };
    if (name === '--editions') {
      options.editions = true;
      continue;
    }
    const key = { '--results': 'results', '--out': 'out', '--root': 'root' }[name];
    if (!key) throw new UsageError(`unknown argument "${name}"; see book/build --help`);
    const value = inline !== undefined ? inline : args.shift();
    if (!value) throw new UsageError(`${name} needs a folder`);
    options[key] = path.resolve(value);
  }
  options.out = options.out || path.join(options.root, 'build', 'site');
  return options;
}

/** A new empty folder that takes the place of `out` when the site is complete. */
function prepare(out) {
  if (fs.existsSync(out)) {
    const foreign = !fs.statSync(out).isDirectory() ||
      fs.readdirSync(out).length > 0 && !fs.existsSync(path.join(out, STAMP));
    if (foreign) {
      throw new UsageError(`${out} is not a site; choose another folder with --out`);
    }
  }
  const fresh = `${out}.${randomBytes(8).toString('hex')}.tmp`;
  fs.mkdirSync(fresh, { recursive: true });
  fs.writeFileSync(path.join(fresh, STAMP), '');
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.once(signal, () => {
      fs.rmSync(fresh, { recursive: true, force: true });
      process.exit(code);
    });
  }
  return fresh;
}

/** Everything that pages share while the site is built. */
class Site {
  constructor(options, folder) {
    this.root = options.root;
    this.folder = folder;
    this.run = new Run(options.root, options.results);
    this.notation = new Notation(options.root);
    this.names = bookPages(options.root).map((file) => path.posix.basename(file, '.md'));
    this.sources = new Set();   // files of the repository that get a page
    this.pictures = new Set();  // the site's names of figures
  }

  write(name, text) {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  copy(file, name) {
    const to = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(file, to);
  }

  /** Writes a page, notes what it shows, and returns it as it was before its formulas were set. */
  async put(name, markdown, told) {
    const { results } = this.run;
    const html = await page(this.root, markdown, { name, pages: this.names.join(' '), results, ...told });
    if (/\$<code>|<\/code>\$/.test(html)) {
      throw new Error(`${name} shows a formula as code; run book/check`);
    }
    for (const [, file] of html.matchAll(/\shref="source\/([^"#]*)\.html[#"]/g)) this.sources.add(decodeURI(file));
    for (const [, picture] of html.matchAll(/\s(?:src|srcset)="(images\/[^"]*)"/g)) this.pictures.add(decodeURI(picture));
    this.write(name, this.notation.told(name, withFormulas(html)));
    return html;
  }
}

/** Calls work(item) for all items, a few at a time. */
async function each(items, work) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.max(2, os.cpus().length) }, worker));
}

/** KaTeX's style sheet and the fonts it uses in the one format that every browser reads. */
function copyTheme(site) {
  const from = katexFolder();
  const css = fs.readFileSync(path.join(from, 'katex.min.css'), 'utf8')
    .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '');
  site.write('theme/katex.css', css);
  for (const [, font] of css.matchAll(/url\(fonts\/([^)]+\.woff2)\)/g)) {
    site.copy(path.join(from, 'fonts', font), `theme/fonts/${font}`);
  }
  for (const name of ['book.css', 'site.css', 'site.js']) {
    site.copy(path.join(__dirname, '..', 'theme', name), `theme/${name}`);
  }
  copyFigures(site);
}

/** Links of the finished site that lead nowhere, or where two places have one name. */
function deadLinks(folder) {
  const dead = [];
  const pages = new Map();
  const ids = (name) => {
    if (!pages.has(name)) {
      const text = fs.readFileSync(path.join(folder, name), 'utf8');
      const found = new Set();
      for (const [, id] of text.matchAll(/\sid="([^"]+)"/g)) {
        if (found.has(id)) dead.push(`${name}: two places have the id "${id}"; links find the first alone`);
        found.add(id);
      }
      pages.set(name, found);
    }
    return pages.get(name);
  };
  const visit = (name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    for (const [, target] of text.matchAll(/\s(?:href|src|srcset)="([^"]*)"/g)) {
      if (/^(https?|mailto|data):/.test(target)) continue;
      const [file, id] = decodeURI(target.replace(/&amp;/g, '&')).split('#');
      const goal = file ? path.posix.join(path.posix.dirname(name), file) : name;
      if (!isFile(folder, goal)) dead.push(`${name}: "${target}" leads nowhere`);
      else if (id && !ids(goal).has(id)) dead.push(`${name}: "${target}" has no such place`);
    }
    ids(name);
  };
  const walk = (sub) => {
    for (const entry of fs.readdirSync(path.join(folder, sub), { withFileTypes: true })) {
      const name = sub ? `${sub}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(name);
      else if (name.endsWith('.html')) visit(name);
    }
  };
  walk('');
  return dead;
}

async function build(options) {
  const fresh = prepare(options.out);
  try {
    const site = new Site(options, fresh);
    const sections = [];
    await each(site.names, async (name) => {
      try {
        const html = await site.put(`${name}.html`, prepared(site, `book/${name}.md`));
        sections.push(...sectionsOf(`${name}.html`, html));
      } catch (error) {
        throw new Error(`book/${name}.md: ${error.message}`);
      }
    });
    if (isFile(site.root, OPS)) await site.put('ops.html', opsPage(site), { kind: 'ops' });
    await each(site.sources, (file) => site.put(`source/${file}.html`, '', { source: file, kind: 'source' }));
    for (const name of site.pictures) {
      site.copy(site.run.file(name.replace('images/', '')) || path.join(site.root, 'book', name), name);
    }
    copyTheme(site);
    site.write('theme/search.js', searchScript(sections));
    const dead = deadLinks(fresh);
    if (dead.length) throw new Error(dead.join('\n'));
    fs.rmSync(options.out, { recursive: true, force: true });
    fs.renameSync(fresh, options.out);
    return [...site.run.report(), ...(options.editions ? editions(options.out) : [])];
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

async function main() {
  try {
    const options = parseArguments(process.argv.slice(2));
    if (options.help) return console.log(USAGE);
    for (const line of await build(options)) console.log(line);
    const index = path.relative(process.cwd(), path.join(options.out, 'index.html'));
    console.log(`The book is at ${index}`);
  } catch (error) {
    console.error(`book/build: ${error.message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

main();
