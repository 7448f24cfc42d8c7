// Figures that a reader can turn: <!-- live: NAME --> below a figure, and theme/figures/NAME.js.
'use strict';
const fs = require('fs');
const path = require('path');
const { read, bookPages } = require('./files');
const { scan } = require('./markdown');

const THEME = path.join(__dirname, '..', 'theme');
const MARKER = /^<!--\s*live:\s*(\S+)\s*-->$/;

/** The names that a marker may give. */
function figures() {
  return fs.readdirSync(path.join(THEME, 'figures'))
    .filter((name) => name.endsWith('.js')).map((name) => path.basename(name, '.js'));
}

/** The names of a page's figures, in the text of its source. */
function figuresOf(markdown) {
  return markdown.split('\n').map((line) => (line.trim().match(MARKER) || [])[1]).filter(Boolean);
}

/** What the figures are made of. */
function copyFigures(site) {
  for (const name of ['live.js', 'live.css', 'engine.js', 'images.js']) site.copy(path.join(THEME, name), `theme/${name}`);
  for (const name of figures()) site.copy(path.join(THEME, 'figures', `${name}.js`), `theme/figures/${name}.js`);
}

function check(root) {
  const problems = [];
  const known = figures();
  for (const file of bookPages(root)) {
    const seen = new Set();
    scan(read(root, file)).prose.forEach((line, index) => {
      const report = (message) => problems.push({ file, line: index + 1, message });
      const [, name] = line.trim().match(MARKER) || [];
      if (!name) {
        if (/<!--\s*live\b/.test(line)) report('a figure to turn is a line <!-- live: name -->');
        return;
      }
      if (!known.includes(name)) report(`there is no figure "${name}"; there are ${known.join(', ')}`);
      if (seen.has(name)) report(`the figure "${name}" is on this page twice`);
      seen.add(name);
    });
  }
  return problems;
}

module.exports = { figuresOf, copyFigures, check };
