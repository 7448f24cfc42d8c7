// Formulas that are right on GitHub and in the site: inline $`..`$, display ```math. GitHub parses
// markdown before mathematics, so some TeX that is fine on paper breaks there; each rule says how.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { find, read, katex } = require('./files');
const { scan, codeSpans, formulas, blank } = require('./markdown');

const TEX_RULES = [
  [/\\operatorname\*/, '\\operatorname* does not work on GitHub; write \\mathop{\\mathrm{..}}'],
  [/\\(?:re|provide)?newcommand|\\[gex]?def(?![a-z])|\\let(?![a-z])|\\DeclareMathOperator/,
    'macros cannot be defined on GitHub; write the formula out'],
  [/\S<|<\S/, 'put spaces around < (GitHub takes "<x" for an HTML tag)'],
];

/** Renders one formula; throws with KaTeX's message. */
function render(engine, tex, display) {
  return engine.renderToString(tex, { displayMode: display, throwOnError: true, strict: 'error' });
}

/** Whether each line is part of a table: a row of dashes and what surrounds it. */
function tableLines(prose) {
  const inTable = prose.map(() => false);
  prose.forEach((line, i) => {
    if (!/^[\s>]*\|?\s*:?-+:?\s*(\|\s*:?-*:?\s*)+$/.test(line)) return;
    inTable[i - 1] = true;
    for (let k = i; k < prose.length && /[^\s>]/.test(prose[k]); ++k) inTable[k] = true;
  });
  return inTable;
}

/** The inline formulas that GitHub's own parser sees in a file; null if it is not installed. */
function seenByGithub(file) {
  const args = ['-e', 'table', '-e', 'strikethrough', '-e', 'footnotes', '-t', 'xml', file];
  const { status, stdout } = spawnSync('cmark-gfm', args, { encoding: 'utf8' });
  if (status !== 0) return null;
  const inline = /\$<\/text>\s*<code[^>]*>([^<]*)<\/code>(?=\s*<text[^>]*>\$)/g;
  const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
  return [...stdout.matchAll(inline)].map((m) => m[1].replace(/&\w+;/g, (e) => entities[e]));
}

/** The line with each ``$`x`$``, which shows its dollars, as the formula $`x`$. */
function unquoted(line) {
  return line.replace(/``\s*(\$`[^`]+`\$)\s*``/g, '$1');
}

/** Checks every formula; `write` repairs those that stand in double backticks. */
function check(root, { write = false } = {}) {
  const problems = [];
  const engine = katex();
  for (const file of find(root, /\.md$/)) {
    const report = (line, message) => problems.push({ file, line, message });
    const checkTex = (line, tex, display) => {
      for (const [pattern, message] of TEX_RULES) if (pattern.test(tex)) report(line, message);
      if (!engine) return;
      try {
        render(engine, tex, display);
      } catch (error) {
        report(line, `KaTeX: ${error.message.replace(/^KaTeX parse error: /, '')}`);
      }
    };
    const before = read(root, file);
    const scanned = scan(before);
    if (write) scanned.prose.forEach((line, i) => { if (line) scanned.lines[i] = unquoted(line); });
    const after = scanned.lines.join('\n');
    if (after !== before) fs.writeFileSync(path.join(root, file), after);
    const { prose, fences } = scan(after);
    for (const fence of fences) {
      if (fence.info !== 'math') continue;
      checkTex(fence.first + 1, fence.body.join('\n'), true);
      if (fence.body.some((l) => l.trim() === '')) {
        report(fence.first, 'no empty lines in a formula');
      }
    }
    const inTable = tableLines(prose);
    // Prose without its code, each formula a run of \u0001.
    const veiled = prose.map((l) => blank(blank(l, codeSpans(l).spans), formulas(l), '\u0001'));
    prose.forEach((line, i) => {
      if (codeSpans(line).open !== null) {
        if (!file.startsWith('book/')) return;  // fine elsewhere, where formulas are rare
        report(i + 1, 'code or a formula opens here and does not close on the same line');
        return;
      }
      for (const { start, end, tex } of formulas(line)) {
        checkTex(i + 1, tex, false);
        if (/[\p{L}\p{N}]$/u.test(line.slice(0, start))) {
          report(i + 1, 'a letter or digit touches the start of a formula; put a space between');
        }
        if (/^[\p{L}\p{N}]/u.test(line.slice(end))) {
          report(i + 1, 'a letter or digit touches the end of a formula; put a space between');
        }
        if (inTable[i] && tex.includes('|')) {
          report(i + 1, 'a | in a formula splits the table; write \\mid, \\vert or \\lVert');
        }
      }
      if (unquoted(line) !== line) {
        report(i + 1, '``$`x`$`` shows its dollars: write $`x`$; `book/check --write` does it');
      }
      const rest = veiled[i];
      if (/(?<!\\)\$/.test(rest)) {
        report(i + 1, 'a bare $: write a formula as $`..`$ or as a ```math block, a dollar as \\$');
      }
      if (/^\s*\[\^[^\]]+\]:.*\u0001/.test(rest)) report(i + 1, 'no formula in a footnote');
      if (/^#{1,6} .*\u0001/.test(rest)) report(i + 1, 'no formula in a heading');
    });
    const seen = seenByGithub(path.join(root, file));
    const here = prose.flatMap((l, i) => formulas(l).map(({ tex }) => ({ tex, line: i + 1 })));
    const lost = seen && here.find(({ tex }, k) => tex !== seen[k]);
    if (lost) report(lost.line, `GitHub does not see the formula ${lost.tex} here`);
    const text = veiled.join('\n');
    for (const m of text.matchAll(/\[((?:(?!\n\s*\n)[^[\]])*)\]\(/g)) {
      if (!m[1].includes('\u0001')) continue;
      const line = text.slice(0, m.index).split('\n').length;
      report(line, 'no formula in the text of a link or picture');
    }
  }
  return problems;
}

module.exports = { check, render };
