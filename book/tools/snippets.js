// Code in the book is code of the repository. Under
//     <!-- snippet: chapters/ch01_chain_rule/main.cpp#backward -->
// stands a fenced block that equals what lies between the two lines `// [backward]` of that file,
// common indentation removed.
'use strict';
const path = require('path');
const fs = require('fs');
const { find, read, isFile } = require('./files');
const { scan, weave, markerOf } = require('./markdown');

const MARKER = markerOf('snippet');
const MARK = /^\s*\/\/ \[([a-z0-9_-]+)\]\s*$/;
const COLUMNS = 78;

/** The regions of a source file: name -> {first, last, lines}; and what is wrong with them. */
function regions(root, file) {
  const found = new Map();
  const problems = [];
  let open = null;
  const report = (line, message) => problems.push({ file, line, message });
  const lines = read(root, file).split('\n');
  lines.forEach((line, i) => {
    const mark = line.match(MARK);
    if (!mark) return;
    const name = mark[1];
    if (open && open.name === name) {
      const body = lines.slice(open.line, i);
      const code = body.findIndex((l) => l.trim() !== '');
      if (code < 0) report(i + 1, `region [${name}] is empty`);
      found.set(name, { line: open.line, first: open.line + 1 + code, lines: dedent(body) });
      open = null;
    } else if (found.has(name)) {
      report(i + 1, `region [${name}] exists already, from line ${found.get(name).line}`);
    } else if (open) {
      report(i + 1, `region [${name}] begins inside [${open.name}], which is open since line ` +
        `${open.line}; regions may not overlap`);
    } else {
      open = { name, line: i + 1 };
    }
  });
  if (open) report(open.line, `region [${open.name}] has no second line // [${open.name}]`);
  return { found, problems };
}

/** Lines without their common indentation, and without empty lines at either end. */
function dedent(lines) {
  const full = lines.filter((l) => l.trim() !== '');
  const indent = Math.min(...full.map((l) => l.length - l.trimStart().length));
  const cut = lines.map((l) => l.slice(indent).trimEnd());
  while (cut.length && cut[0] === '') cut.shift();
  while (cut.length && cut[cut.length - 1] === '') cut.pop();
  return cut;
}

/** Checks, and with `write` repairs, every snippet; returns the problems that are left. */
function check(root, { write = false } = {}) {
  const problems = [];
  const sources = new Map();  // file -> its regions
  for (const file of find(root, /\.(cpp|h|cu|cuh)$/)) {
    const { found, problems: wrong } = regions(root, file);
    sources.set(file, found);
    problems.push(...wrong);
  }
  const used = new Set();
  const resolve = (target) => {
    const [file, name] = target.split('#');
    if (!name) return { message: `"${target}" names no region: write FILE#REGION` };
    if (!isFile(root, file)) return { message: `${file} does not exist` };
    const region = sources.get(file) && sources.get(file).get(name);
    if (!region) return { message: `${file} has no region between two lines // [${name}]` };
    used.add(target);
    return { lines: region.lines, where: (n) => `${file}:${region.first + n}`, info: 'cpp' };
  };
  for (const page of find(root, /\.md$/)) {
    const text = read(root, page);
    const report = (line, message) => problems.push({ file: page, line, message });
    scan(text).problems.forEach((p) => report(p.line, p.message));
    const lines = weave({ text, marker: MARKER, resolve, report, write });
    if (lines.join('\n') !== text) fs.writeFileSync(path.join(root, page), lines.join('\n'));
    if (!page.startsWith('book/')) continue;
    for (const fence of scan(lines.join('\n')).fences) {
      if (fence.info === 'math') continue;
      fence.body.forEach((l, n) => {
        const columns = [...l].length;
        if (columns > COLUMNS) {
          report(fence.first + 1 + n, `code line of ${columns} columns; at most ${COLUMNS} fit`);
        }
      });
    }
  }
  for (const [file, found] of sources) {
    for (const [name, region] of found) {
      if (!used.has(`${file}#${name}`)) {
        problems.push({ file, line: region.line, message: `region [${name}] is shown on no page` });
      }
    }
  }
  return problems;
}

module.exports = { check, regions, MARKER };
