// Writes the book's drawings, book/images/**/*.svg; with --check says which are not as drawn here.
'use strict';
const fs = require('fs');
const path = require('path');

const images = path.join(__dirname, '..', 'images');
const drawings = Object.assign({}, ...['part1', 'part2', 'part3'].map((part) => require(`./${part}`)));
const checks = process.argv[2] === '--check';
let stale = 0;
for (const [name, draw] of Object.entries(drawings)) {
  const file = path.join(images, `${name}.svg`);
  const text = draw().svg();
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) continue;
  if (checks) {
    console.error(`book/images/${name}.svg is not as drawn; run node book/drawings/make.js`);
    stale = 1;
  } else {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    console.log(`book/images/${name}.svg`);
  }
}
process.exitCode = stale;
