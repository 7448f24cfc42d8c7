// Every op of the engine with its derivation, read from autodiff/ops.h and autodiff/ops/*.cpp.
// An op that enters the graph by itself must carry its derivation, a comment with a "=>" in its
// body, unless ops.h says that it has no gradient; other ops are compositions of these.
'use strict';
const fs = require('fs');
const path = require('path');
const { find, read, katex } = require('./files');
const { formulasOf } = require('./formula');
const { render } = require('./math');

const HEADER = 'autodiff/ops.h';
const FOLDER = 'autodiff/ops';

/** The sections of ops.h: [{title, line, note, ops: [{name, line, signature, doc}], operators}]. */
function declarations(root) {
  const sections = [];
  let section = null;
  let doc = [];      // comment lines that belong to the next declaration
  let pending = '';  // a declaration that has not met its ; yet
  let docs = '';
  const lines = read(root, HEADER).split('\n');
  lines.forEach((raw, i) => {
    const line = raw.trim();
    const title = line.match(/^\/\/ --- (.*?)(?: \(\S+\))? ---$/);
    if (title) {
      section = { title: title[1], line: i + 1, note: '', ops: [], operators: [] };
      sections.push(section);
      doc = [];
      return;
    }
    if (!section) return;
    if (line.startsWith('///')) doc.push(line.slice(3).trim());
    else if (line.startsWith('//')) section.note += ` ${line.slice(2).trim()}`;
    else if (/^inline Tensor operator/.test(line)) section.operators.push(line);
    else if (pending || /^Tensor \w+\(/.test(raw)) {
      if (!pending) docs = doc.join(' ');
      const [code, after] = line.split('///<');
      pending += (pending ? ' ' : '') + code.trim();
      if (after) docs += after.trim();
      if (pending.endsWith(';')) {
        const name = pending.match(/^Tensor (\w+)\(/)[1];
        const known = section.ops.find((op) => op.name === name);
        if (known) known.signature += `\n${pending}`;
        else section.ops.push({ name, line: i + 1, signature: pending, doc: docs });
        pending = '';
        doc = [];
      }
    } else {
      doc = [];
    }
  });
  return sections;
}

/** Definitions at the outermost level of a source file: [{name, first, lines}]. */
function definitions(text) {
  const lines = text.split('\n');
  const found = [];
  lines.forEach((line, i) => {
    const start = line.match(/^(?:inline |static )?\w[\w:<>]*&? (\w+)\(/);
    if (!start || line.endsWith(';')) return;
    let last = i;
    if (!/\}\s*$/.test(line) || !/\)\s*(?:const )?\{.*\}\s*$/.test(line)) {
      while (last < lines.length && lines[last] !== '}') ++last;
    }
    found.push({ name: start[1], first: i + 1, lines: lines.slice(i, last + 1) });
  });
  return found;
}

/**
 * The comment in a definition that derives its rule, the first with a "=>", as paragraphs, or null:
 * [{line, steps, prose}]. A line with => holds formulas, which the arrow parts into steps, and after a colon or
 * semicolon prose. Other lines are prose, and go on where prose has begun.
 */
function derivation({ first, lines }) {
  let paragraphs = [];
  for (const [i, line] of [...lines, ''].entries()) {
    const [, text] = line.match(/^\s*\/\/ (.*)$/) || [];
    const last = paragraphs[paragraphs.length - 1];
    if (!text && paragraphs.some((p) => p.steps.length)) return paragraphs;
    if (!text) {
      paragraphs = [];
    } else if (text.includes('=>')) {
      const [, formulas, prose] = text.match(/^(.*?)([:;].*)?$/);
      paragraphs.push({ line: first + i, steps: formulas.split('=>'), prose: prose || '' });
    } else if (last && last.prose) {
      last.prose += ` ${text.trim()}`;
    } else {
      paragraphs.push({ line: first + i, steps: [], prose: text.trim() });
    }
  }
  return null;
}

/** Prose as [{text}, {code}, {formulas}]: what stands in `..` is a word of the code or a list of formulas. */
function pieces(prose) {
  const parts = prose.split('`');
  if (parts.length % 2 === 0) throw new Error(`a backtick is never closed in "${prose}"`);
  return parts.map((text, k) => {
    const [sign] = k % 2 === 0 && text.match(/\S*(?:[=<>^]|_bar)\S*/) || [];
    if (sign) throw new Error(`write the formula around "${sign}" in backticks`);
    if (k % 2 === 0) return { text };
    return /^[a-z]{3,}\w*$/.test(text) && !text.includes('_bar') ? { code: text } : { formulas: formulasOf(text) };
  });
}

/** The sections of ops.h with, for each op, its source, its derivation and its kind. */
function all(root) {
  const sections = declarations(root);
  const names = new Set(sections.flatMap((section) => section.ops.map((op) => op.name)));
  const defined = [];
  for (const file of find(path.join(root, FOLDER), /\.cpp$/).map((f) => `${FOLDER}/${f}`)) {
    const inFile = definitions(read(root, file));
    const calls = (d, functions) =>
      functions.some((f) => d.name !== f && new RegExp(`\\b${f}\\(`).test(d.lines.join('\n')));
    const recorders = ['record'];  // and the file's own helpers that call it
    for (const d of inFile) if (!names.has(d.name) && calls(d, recorders)) recorders.push(d.name);
    for (const d of inFile) defined.push({ ...d, file, composed: !calls(d, recorders) });
  }
  const ops = sections.flatMap((section) => section.ops.map((op) => ({ op, section })));
  for (const { op, section } of ops) {
    const found = defined.filter((d) => d.name === op.name);
    op.source = found.find((d) => !d.composed) || found[0];
    if (!op.source) continue;
    op.derivation = derivation(op.source);
    const without = /no gradient|without a gradient/i;
    op.kind = op.source.composed ? 'composed'
      : op.derivation ? 'derived'
      : without.test(op.doc) || without.test(section.title) ? 'constant' : 'missing';
  }
  return sections;
}

function check(root) {
  if (!fs.existsSync(path.join(root, HEADER))) return [];
  const problems = [];
  const engine = katex();
  const typeset = (file, line, parts) => {
    try {
      for (const { formulas = [] } of parts()) for (const tex of formulas) if (engine) render(engine, tex, false);
    } catch ({ message }) {
      problems.push({ file, line, message });
    }
  };
  for (const section of all(root)) {
    typeset(HEADER, section.line, () => pieces(section.note));
    for (const op of section.ops) {
      if (!op.source) {
        problems.push({ file: HEADER, line: op.line,
          message: `${op.name} is defined in no file of ${FOLDER}/` });
      } else if (op.kind === 'missing') {
        problems.push({ file: op.source.file, line: op.source.first,
          message: `${op.name} has no derivation: a comment in its body with "=>", such as ` +
            '// y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar' });
      }
      typeset(HEADER, op.line, () => pieces(op.doc));
      for (const { line, steps, prose } of op.derivation || []) {
        typeset(op.source.file, line, () => [...steps.map((step) => ({ formulas: formulasOf(step) })), ...pieces(prose)]);
      }
    }
  }
  return problems;
}

module.exports = { check, all, pieces, formulasOf };
