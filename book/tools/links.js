// Links that lead somewhere and pictures that exist, for GitHub, where files stand where they are.
'use strict';
const fs = require('fs');
const path = require('path');
const { find, read, isFile, bookPages } = require('./files');
const { scan, bare, anchors } = require('./markdown');

// [text](target "title"); the text may hold one more pair of brackets, and a picture.
const TEXT = /(?:(?!\n\s*\n)[^[\]]|\[[^[\]]*\](?:\([^()]*\))?)*/;
const TARGET = /\(\s*<?([^)\s>]*)>?(?:\s+"[^"]*")?\s*\)/;
const LINK = new RegExp(`(!?)\\[(${TEXT.source})\\]${TARGET.source}`, 'g');
const DEFINITION = /^[ >]*\[(?!\^)[^\]\n]+\]:\s*<?([^\s>]+)/gm;
const TAG = /<(a|img)\s[^>]*?(?:href|src)="([^"]*)"[^>]*>/g;

/** Links and images of a text without code: [{image, text, target, line}]. */
function targets(prose, firstLine = 1) {
  const found = [];
  const lineAt = (index) => firstLine + prose.slice(0, index).split('\n').length - 1;
  const add = (m, image, text, target) => {
    found.push({ image, text, target, line: lineAt(m.index) });
  };
  for (const m of prose.matchAll(LINK)) {
    add(m, m[1] === '!', m[2], m[3]);
    found.push(...targets(m[2], lineAt(m.index)));  // a picture inside a link
  }
  for (const m of prose.matchAll(DEFINITION)) add(m, false, '', m[1]);
  for (const m of prose.matchAll(TAG)) {
    const alt = m[0].match(/\salt="([^"]*)"/);
    add(m, m[1] === 'img', alt ? alt[1] : '', m[2]);
  }
  return found;
}

/** Width and height of a PNG file. */
function pngSize(file) {
  const head = Buffer.alloc(24);
  const handle = fs.openSync(file, 'r');
  fs.readSync(handle, head, 0, 24, 0);
  fs.closeSync(handle);
  if (head.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** The name of a figure's variant for dark pages: a/b.png -> a/b-dark.png. */
function darkName(name) {
  return name.replace(/(\.\w+)$/, '-dark$1');
}

function check(root) {
  const problems = [];
  const anchorsOf = new Map();
  const linked = new Set();
  for (const file of find(root, /\.md$/)) {
    const prose = scan(read(root, file)).prose.map(bare).join('\n');
    for (const { image, text, target, line } of targets(prose)) {
      const report = (message) => problems.push({ file, line, message });
      if (image && !text.trim()) {
        report(`the picture ${target} needs a text in [..] for those who cannot see it`);
      }
      if (/^(https?|mailto):/.test(target)) continue;
      if (/^\w+:|^\//.test(target)) {
        report(`"${target}" is not a relative link`);
        continue;
      }
      const [name, anchor] = decodeURI(target).split('#');
      const goal = name ? path.posix.join(path.posix.dirname(file), name) : file;
      if (goal.startsWith('..')) {
        report(`"${target}" leads out of the repository`);
        continue;
      }
      const full = path.join(root, goal);
      if (fs.existsSync(full) && fs.statSync(full).isDirectory()) continue;
      if (!isFile(root, goal)) {
        report(`${goal} does not exist`);
        continue;
      }
      if (file === 'book/index.md') linked.add(goal);
      if (anchor !== undefined) {
        if (!anchorsOf.has(goal)) anchorsOf.set(goal, anchors(read(root, goal)));
        if (!anchorsOf.get(goal).has(anchor)) report(`${goal} has no heading #${anchor}`);
      }
      const dark = path.join(root, darkName(goal));
      if (image && goal.endsWith('.png') && fs.existsSync(dark)) {
        const [a, b] = [pngSize(full), pngSize(dark)];
        if (!a || !b || a.width !== b.width || a.height !== b.height) {
          report(`${goal} and its -dark variant differ in size`);
        }
      }
    }
  }
  for (const page of bookPages(root)) {
    if (page !== 'book/index.md' && !linked.has(page)) {
      problems.push({ file: page, line: 1, message: 'no link on book/index.md leads here' });
    }
  }
  return problems;
}

module.exports = { check };
