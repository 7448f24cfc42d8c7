// Builds the site. Options and exit codes: see USAGE.
'use strict';
const { randomBytes } = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { HERE, read, isFile, bookPages, katexFolder } = require('./files');
const pandoc = require('./pandoc');
const { contentsOf } = require('./contents');
const { Run } = require('./run');
const { transform } = require('./page');
const { opsPage } = require('./ops_page');
const { regions } = require('./snippets');
const { editions } = require('./editions');
const { numbered } = require('./numbered');
const { figuresOf, copyFigures } = require('./live');
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
    this.pages = new Set(bookPages(options.root));
    this.sources = new Set();   // files of the repository that get a page
    this.pictures = new Map();  // name in the site -> file
  }

  /** Where a link from the page `from` to `target` leads in the site; null if nowhere. */
  href(from, target) {
    if (/^\w+:/.test(target) || target.startsWith('#')) return target;
    const [name, anchor] = decodeURI(target).split('#');
    const goal = path.posix.join(path.posix.dirname(from), name);
    const to = anchor === undefined ? '' : `#${anchor}`;
    if (this.pages.has(goal)) return `${path.posix.basename(goal, '.md')}.html${to}`;
    if (goal === OPS) return `ops.html${to}`;
    return isFile(this.root, goal) ? this.source(goal) : null;
  }

  /** The page that shows a file of the repository, from its line `line` on. */
  source(file, line) {
    this.sources.add(file);
    return `source/${file}.html${line ? `#L-${line}` : ''}`;
  }

  /** The page of a file, at a region of it. */
  region(file, name) {
    const region = isFile(this.root, file) && regions(this.root, file).found.get(name);
    if (!region) throw new Error(`${file} has no region [${name}]`);
    return this.source(file, region.first);
  }

  /** Files `file` under `name` and returns the name. */
  picture(name, file) {
    this.pictures.set(name, file);
    return name;
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
}

/** Calls work(item) for all items, a few at a time. */
async function each(items, work) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.max(2, os.cpus().length) }, worker));
}

/** What the template needs besides the text: title, contents, neighbours, sections. */
function frame(contents, { name, title, headings = [], kind = '', figures = [] }) {
  const base = '../'.repeat(name.split('/').length - 1);
  const at = contents.order.findIndex((page) => page.href === name);
  const neighbour = (page) =>
    page && { href: base + page.href, title: (page.number ? `${page.number}. ` : '') + page.title };
  return {
    title, base, kind, book: contents.title,
    home: name === 'index.html',
    toc: headings.map(({ id, text, level }) => ({ id, text, deep: level > 2 })),
    hastoc: headings.length > 1,
    figures: figures.map((figure) => ({ figure })),
    live: figures.length > 0,
    parts: contents.parts.map((part) => ({
      title: part.title,
      pages: part.pages.map((page) => ({
        number: page.number, title: page.title,
        href: page.href && base + page.href,
        current: page.href === name,
        toc: page.href === name ? headings.filter((h) => h.level === 2) : undefined,
      })),
    })),
    previous: at > 0 ? neighbour(contents.order[at - 1]) : undefined,
    next: at >= 0 ? neighbour(contents.order[at + 1]) : undefined,
  };
}

function metaOf(values) {
  return Object.fromEntries(Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, pandoc.meta(value)]));
}

/** A page that shows a file of the repository with line numbers. */
function sourceText(site, file) {
  const language = { cpp: 'cpp', h: 'cpp', cu: 'cpp', js: 'javascript', md: 'markdown', sh: 'bash',
    json: 'json' }[file.split('.').pop()] || 'text';
  const code = read(site.root, file).trimEnd();
  return {
    title: file,
    kind: 'source',
    blocks: [
      pandoc.header(1, 'file', [pandoc.str(file)]),
      { t: 'CodeBlock', c: [pandoc.attr('L', [language, 'numberLines']), code] },
    ],
  };
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

/** Links of the finished site that lead nowhere. */
function deadLinks(folder) {
  const pages = new Map();
  const ids = (name) => {
    if (!pages.has(name)) {
      const text = fs.readFileSync(path.join(folder, name), 'utf8');
      pages.set(name, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1])));
    }
    return pages.get(name);
  };
  const dead = [];
  const visit = (name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    for (const [, target] of text.matchAll(/\s(?:href|src|srcset)="([^"]*)"/g)) {
      if (/^(https?|mailto|data):/.test(target)) continue;
      const [file, id] = decodeURI(target.replace(/&amp;/g, '&')).split('#');
      const goal = file ? path.posix.join(path.posix.dirname(name), file) : name;
      if (!isFile(folder, goal)) dead.push(`${name}: "${target}" leads nowhere`);
      else if (id && !ids(goal).has(id)) dead.push(`${name}: "${target}" has no such place`);
    }
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
    const template = path.join(__dirname, '..', 'theme', 'page.html');
    const trees = new Map();
    await each(site.pages, async (page) => {
      trees.set(page, await pandoc.parse(read(site.root, page)));
    });
    const index = trees.get('book/index.md');
    const contents = contentsOf(index, (target) => site.href('book/index.md', target));
    const version = index['pandoc-api-version'];
    const notation = new Notation(site.root);
    const put = async (name, page) => {
      const meta = metaOf(frame(contents, { name, ...page }));
      const tree = { 'pandoc-api-version': version, meta, blocks: page.blocks };
      const html = await pandoc.write(tree, template);
      if (/\$<code>|<\/code>\$/.test(html)) {
        throw new Error(`${name} shows a formula as code; run book/check`);
      }
      site.write(name, notation.told(name, numbered(name, html)));
    };
    const sections = [];
    await each(site.pages, async (page) => {
      const name = `${path.posix.basename(page, '.md')}.html`;
      try {
        const figures = figuresOf(read(site.root, page));
        const text = transform(site, page, trees.get(page));
        sections.push(...sectionsOf(name, text));
        await put(name, { ...text, figures });
      } catch (error) {
        throw new Error(`${page}: ${error.message}`);
      }
    });
    if (isFile(site.root, OPS)) await put('ops.html', opsPage(site));
    await each(site.sources, (file) => put(`source/${file}.html`, sourceText(site, file)));
    for (const [name, file] of site.pictures) site.copy(file, name);
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
