// Usage: editions_test.js SITE. The editions of a built site: in the EPUB every page is well-formed,
// every link leads somewhere, every image says what it shows and every formula is MathML, and
// epubcheck, where it is installed, agrees; in the PDF every page of the site is found, in order.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { pageNumbers } = require('./pdf');

/** name -> content of the files in a zip archive. */
function unzipped(archive) {
  const files = new Map();
  let at = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  for (at = archive.readUInt32LE(at + 16); archive.readUInt32LE(at) === 0x02014b50;) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((k) => archive.readUInt16LE(at + k));
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(from, from + size);
    files.set(archive.toString('utf8', at + 46, at + 46 + name), method === 0 ? data : zlib.inflateRawSync(data));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** The first tag of an XHTML text that does not close what is open, or null. */
function unbalanced(text) {
  const open = [];
  for (const [tag, closes, name, , empty] of text.replace(/<!--[\s\S]*?-->|<[?!][^>]*>/g, '')
    .matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<[^>]*>?/g)) {
    if (!name) return tag;
    if (closes ? open.pop() !== name : (empty || open.push(name), false)) return tag;
  }
  return open.length ? `<${open.pop()}>` : null;
}

/** What is wrong with the pages among the files of an EPUB. */
function problemsOf(files) {
  const problems = [];
  const ids = new Map([...files].map(([name, data]) =>
    [name, new Set([...data.toString('utf8').matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]))]));
  for (const [name, data] of files) {
    if (!/\.(xhtml|svg|opf|ncx)$/.test(name)) continue;
    const text = data.toString('utf8');
    const say = (problem) => problems.push(`${name}: ${problem}`);
    const tag = unbalanced(text);
    if (tag) say(`not well-formed at ${tag}`);
    for (const [, target] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?|mailto):/.test(target)) continue;
      const [file, id] = decodeURI(target).split('#');
      const goal = file ? path.posix.join(path.posix.dirname(name), file) : name;
      if (!files.has(goal)) say(`${target} leads nowhere`);
      else if (id && !ids.get(goal).has(id)) say(`${target} has no such place`);
    }
    for (const [image] of text.matchAll(/<img\b[^>]*>/g)) if (!/\salt="[^"]/.test(image)) say(`${image} says nothing`);
    if (/<code class="mathml"|katex|\\\(|\\\[/.test(text.replace(/<annotation[\s\S]*?<\/annotation>|<pre[\s\S]*?<\/pre>/g, ''))) say('a formula is no MathML');
  }
  return problems;
}

/** The test itself: problemsOf() finds each of these mistakes, and nothing else. */
function planted() {
  const page = (inside) => new Map([['a.xhtml', Buffer.from(`<html><body id="here">${inside}</body></html>`)]]);
  const mistakes = ['<p>x</div>', '<p>x', '<br>', '<a href="b.xhtml">x</a>', '<a href="#there">x</a>', '<img src="a.xhtml" alt=""/>',
    '<code class="mathml">x</code>'];
  const missed = mistakes.filter((mistake) => problemsOf(page(mistake)).length === 0);
  const sound = '<a href="#here">x</a><img src="a.xhtml" alt="x"/><br/><math></math>';
  return [...missed.map((mistake) => `the test does not find ${mistake}`), ...problemsOf(page(sound))];
}

/** epubcheck's complaints; Debian's program is an archive of Java that not every system can start by its name. */
function epubcheck(file) {
  const jar = '/usr/share/java/epubcheck.jar';
  const [program, ...args] = fs.existsSync(jar) ? ['java', '-jar', jar, file] : ['epubcheck', file];
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 300000 });
  if (error) {
    console.log('Without epubcheck: it is not installed (sudo apt install epubcheck).');
    return [];
  }
  return status === 0 ? [] : `${stdout}\n${stderr}`.split('\n').filter((line) => /ERROR|FATAL|xception/.test(line));
}

/** The pages of the book that the PDF does not have, or has in another order. */
function outOfOrder(site, file) {
  const numbers = pageNumbers(file);
  const index = fs.readFileSync(path.join(site, 'index.html'), 'utf8');
  const text = index.slice(index.indexOf('id="contents"'), index.indexOf('<nav class="turn"'));
  const keys = [...text.matchAll(/<span class="name">.*?href="([\w-]+)\.html"/g)].map((m) => m[1]).filter((key) => key !== 'ops');
  let last = 1;
  return [...keys, 'answers'].filter((key) => {
    const wrong = !(numbers.get(key) > last);
    last = numbers.get(key);
    return wrong;
  }).map((key) => `the PDF has ${key} on page ${numbers.get(key)}`);
}

const site = process.argv[2];
const [epub, pdf] = ['epub', 'pdf'].map((kind) => path.join(site, `one-learning-rate.${kind}`));
const problems = planted();
if (!fs.existsSync(epub)) {
  console.log('No EPUB to test: book/build --editions made none.');
  process.exitCode = 3;
} else {
  problems.push(...problemsOf(unzipped(fs.readFileSync(epub))), ...epubcheck(epub));
  if (fs.existsSync(pdf)) problems.push(...outOfOrder(site, pdf));
  else console.log('No PDF to test: chromium is not installed.');
}
problems.forEach((problem) => console.error(problem));
if (problems.length) process.exitCode = 1;
