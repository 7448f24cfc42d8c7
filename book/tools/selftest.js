// Tests the checks and the build on a small book with planted mistakes, each of which must be
// caught with the right message: node selftest.js NAME, or all without a name. Exit code 3: not
// tested, since a package is missing.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const { katex } = require('./files');
const { problems } = require('./check');
const { BOOK, MISTAKES } = require('./mistakes');

// The start of a PNG file of 1640 x 1000 pixels.
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000668000003e8', 'hex');

/** A folder with the book and `more` files, changed by [file, text, replacement]. */
function make(changes, more) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'book-selftest-'));
  const files = { ...BOOK, ...more, 'book/images/ch01/curve.png': PNG };
  for (const [file, from, to] of changes) {
    if (!files[file].includes(from)) throw new Error(`selftest: "${from}" is not in ${file}`);
    files[file] = files[file].replace(from, () => to);
  }
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

/** Runs book/build: {status, text}. */
function build(...args) {
  const program = path.join(__dirname, '..', 'build');
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

let failures = 0;
function expect(good, what, text) {
  if (good) return;
  ++failures;
  console.log(`FAILED: ${what}\n${text.replace(/^/gm, '  ')}`);
}

/** Calls body(folder) with a changed book, and removes it. */
function withBook(changes, body, more = {}) {
  const root = make(changes, more);
  try {
    body(root);
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

function mistakes(name) {
  for (const [what, file, from, to, message] of MISTAKES[name]) {
    withBook([[file, from, to]], (root) => {
      const text = problems(name, root).join('\n');
      const good = message === null ? text === '' : text.includes(message);
      expect(good, `${name}: ${what}; expected ${JSON.stringify(message) || 'no problem'}`, text);
    });
  }
}

/** `--write` gives the right text back, whatever was done to it. */
function repairs(name, changes) {
  withBook(changes, (root) => {
    problems(name, root, true);
    const left = problems(name, root).join('\n');
    expect(left === '', `${name} --write repairs`, left);
    const text = fs.readFileSync(path.join(root, 'book/01-first.md'), 'utf8');
    expect(text === BOOK['book/01-first.md'], `${name} --write restores the page`, text);
  });
}

/** The site is complete, and has a clear word on mistakes. */
function site() {
  if (build('--help').status === 3) process.exit(3); // pandoc or katex is missing
  withBook([], (root) => {
    const run = build('--root', root);
    expect(run.status === 0, 'the site is built', run.text);
    const html = fs.readFileSync(path.join(root, 'build/site/01-first.html'), 'utf8');
    const parts = [
      'class="katex"',
      '<figure class="code">',
      'class="callout note"',
      'Output</figcaption>',
      '10<sup>−10</sup>',
      'source/chapters/ch01_first/main.cpp.html#L-3',
      'notation.html#notation',
      'width="820" height="500"',
      'rel="next"',
      'class="planned chapter"',
      'title="the cotangent of x"',
    ];
    for (const part of parts) expect(html.includes(part), `the page has ${part}`, html);
    expect(!/\$<code>/.test(html), 'no formula is shown as code', html);
    const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length === 1 && scripts[0].includes('theme/site.js'), 'no figure to turn, no script of one', html);
    const sections = fs.readFileSync(path.join(root, 'build/site/theme/search.js'), 'utf8');
    expect(sections.includes('"01-first.html","the-end"'), 'the search knows every section', sections);
    const ops = fs.readFileSync(path.join(root, 'build/site/ops.html'), 'utf8');
    expect(ops.includes('id="square"'), 'the ops have a page', ops);
  });
  for (const [what, file, from, to, message] of MISTAKES.site) {
    withBook([[file, from, to]], (root) => {
      const run = build('--root', root);
      expect(run.status === 1 && run.text.includes(message), `${what} stops the build`, run.text);
      expect(!fs.existsSync(path.join(root, 'build/site')), `${what}: no site is left`, '');
    });
  }
  withBook([], (root) => {
    const foreign = build('--root', root, '--out', path.join(root, 'book'));
    const refused = foreign.status === 2 && /choose another folder/.test(foreign.text);
    expect(refused, 'a folder with other things is not replaced', foreign.text);
    const unknown = build('--root', root, '--colour');
    expect(unknown.status === 2, 'an unknown option is an error', unknown.text);
  });
  noLocale();
}

/** A copy of the tools in `root`: what they find depends on where they lie. */
function copyTools(root) {
  const from = path.join(__dirname, '..');
  fs.mkdirSync(path.join(root, 'book'), { recursive: true });
  for (const name of ['build', 'check', 'theme', 'tools']) {
    fs.cpSync(path.join(from, name), path.join(root, 'book', name), { recursive: true });
  }
  return path.join(root, 'book');
}

/** Another project's KaTeX in a folder above is not run. */
function foreignCode() {
  withBook([], (root) => {
    const above = path.join(root, 'above');
    const katexAbove = path.join(above, 'node_modules/katex/index.js');
    fs.mkdirSync(path.dirname(katexAbove), { recursive: true });
    fs.writeFileSync(katexAbove, `require('fs').writeFileSync(${JSON.stringify(`${root}/ran`)}, '');`);
    const program = path.join(copyTools(path.join(above, 'checkout')), 'check');
    spawnSync(program, ['math', '--root', root], { encoding: 'utf8' });
    expect(!fs.existsSync(`${root}/ran`), 'no code of a folder above is run', katexAbove);
  });
}

/** A checkout in a path with any letters, where no locale is set. */
function noLocale() {
  withBook([], (root) => {
    const checkout = path.join(root, 'Bücher µ');
    const program = path.join(copyTools(checkout), 'build');
    const env = Object.fromEntries(Object.entries(process.env)
      .filter(([name]) => !/^(LANG|LANGUAGE|LC_.*)$/.test(name)));
    const out = path.join(checkout, 'site');
    const { status, stdout, stderr } =
      spawnSync(program, ['--root', root, '--out', out], { encoding: 'utf8', env });
    expect(status === 0, 'a path with umlauts and no locale', stdout + stderr);
  });
}

/** The site around a reader's own run. */
function results() {
  if (build('--help').status === 3) process.exit(3);
  const summary = JSON.parse(BOOK['book/results/ch01/summary.json']);
  summary.numbers.accuracy.value = 0.9;
  summary.claims.error.value = 3e-10;
  const mine = {
    'mine/ch01/summary.json': JSON.stringify(summary),
    'mine/ch01/output.txt': 'claim  value\nerror  3.0e-10\n',
    'mine/ch01/curve.png': PNG,
  };
  withBook(
    [],
    (root) => {
      const run = build('--root', root, '--results', path.join(root, 'mine'));
      const html = fs.readFileSync(path.join(root, 'build/site/01-first.html'), 'utf8');
      expect(/1 differs/.test(run.text), 'the build tells what differs', run.text);
      expect(/4 of 5 numbers agree/.test(html), 'the page tells what agrees', html);
      expect(/differs"[^>]*>90.0%<.*book:[^<]*85.3%/s.test(html), 'what differs is marked', html);
      expect(html.includes('3.0 × 10<sup>−10</sup>'), "the reader's number is shown", html);
      expect(html.includes('error  3.0e-10'), "the reader's output is shown", html);
      expect(html.includes('>Your run.</span>'), "the reader's figure is shown", html);
      const page = fs.readFileSync(path.join(root, 'book/01-first.md'), 'utf8');
      expect(page === BOOK['book/01-first.md'], 'the text itself stays as it is', page);
      const none = build('--root', root, '--results', path.join(root, 'none'));
      expect(none.status === 0 && /No results of yours/.test(none.text), 'no results', none.text);
    },
    mine
  );
}

const FIRST = 'book/01-first.md';
const TESTS = {
  snippets() {
    mistakes('snippets');
    const block = '```cpp\nfor (int i = 0; i < 3; ++i) {\n  step(i);\n}\n```\n';
    repairs('snippets', [[FIRST, block, '']]);
    repairs('snippets', [
      [FIRST, '  step(i);\n', ''],
      [FIRST, 'i < 3', 'i < 4'],
    ]);
  },
  numbers() {
    mistakes('numbers');
    repairs('numbers', [
      [FIRST, '85.3%', ''],
      [FIRST, '60,000', '1'],
      [FIRST, 'error  4.5e-10\n', ''],
      [FIRST, '10^{-10}', '1'],
    ]);
  },
  math() {
    foreignCode();
    if (!katex()) process.exit(3);
    mistakes('math');
    repairs('math', [[FIRST, '$`a < b`$', '``$`a < b`$``']]);
  },
  links: () => mistakes('links'),
  ops: () => mistakes('ops'),
  live: () => mistakes('live'),
  symbols() {
    if (!katex()) process.exit(3);
    mistakes('symbols');
  },
  site,
  results,
};

const name = process.argv[2];
if (name && !TESTS[name]) {
  console.error(`usage: node selftest.js [${Object.keys(TESTS).join('|')}]`);
  process.exit(2);
}
for (const test of name ? [TESTS[name]] : Object.values(TESTS)) test();
process.exitCode = failures ? 1 : 0;
