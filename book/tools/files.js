// Where things are, and how a problem is reported.
'use strict';
const fs = require('fs');
const path = require('path');

const HERE = path.resolve(__dirname, '..', '..');

/** Every file under `root` whose name matches, as sorted paths relative to root. */
function find(root, pattern) {
  const found = [];
  const visit = (folder) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      if (/^(\.|build|node_modules$|Testing$)/.test(entry.name) && entry.isDirectory()) continue;
      const name = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) visit(name);
      else if (pattern.test(entry.name)) found.push(name);
    }
  };
  visit('');
  return found.sort();
}

function read(root, name) {
  return fs.readFileSync(path.join(root, name), 'utf8').replace(/\r\n/g, '\n');
}

/** Whether root/name is a file, letter by letter: GitHub's file system tells cases apart. */
function isFile(root, name) {
  const full = path.join(root, name);
  if (!fs.existsSync(full) || !fs.statSync(full).isFile()) return false;
  return fs.readdirSync(path.dirname(full)).includes(path.basename(full));
}

/** The pages that the site is made of. */
function bookPages(root) {
  return find(path.join(root, 'book'), /^(index|notation|glossary|errata|benchmarks|appendix-.*|\d\d-.*)\.md$/)
    .filter((name) => !name.includes('/'))
    .map((name) => `book/${name}`);
}

/**
 * KaTeX as the system installs it, or as a node from elsewhere does for all programs; never from a
 * node_modules that happens to lie in a folder above the book.
 */
function katex() {
  const places = ['/usr/share/nodejs/katex', '/usr/share/javascript/katex/katex.js', 'katex'];
  for (const place of places) {
    try {
      return require(require.resolve(place, { paths: ['/'] }));
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return null;
}

/** The folder of KaTeX's style sheet and fonts, or null. */
function katexFolder() {
  const folder = '/usr/share/javascript/katex';
  return fs.existsSync(`${folder}/katex.min.css`) ? folder : null;
}

module.exports = { HERE, find, read, isFile, bookPages, katex, katexFolder };
