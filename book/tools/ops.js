// Every op of the engine with its derivation, read from autodiff/ops.h and autodiff/ops/*.cpp.
// An op that enters the graph by itself must carry its derivation, a comment with a "=>" in its
// body, unless ops.h says that it has no gradient; other ops are compositions of these.
'use strict';
const fs = require('fs');
const path = require('path');
const { find, read, katex } = require('./files');
const { render } = require('./math');

const HEADER = 'autodiff/ops.h';
const FOLDER = 'autodiff/ops';

/** The sections of ops.h: [{title, file, note, ops: [{name, line, signature, doc}], operators}]. */
function declarations(root) {
  const sections = [];
  let section = null;
  let doc = [];      // comment lines that belong to the next declaration
  let pending = '';  // a declaration that has not met its ; yet
  let docs = '';
  const lines = read(root, HEADER).split('\n');
  lines.forEach((raw, i) => {
    const line = raw.trim();
    const title = line.match(/^\/\/ --- (.*?)(?: \((\S+)\))? ---$/);
    if (title) {
      section = { title: title[1], file: title[2], note: '', ops: [], operators: [] };
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
 * The comment in a definition that derives its rule, as its statements, or null. A statement goes
 * on over several lines of the comment until the indentation changes.
 */
function derivation(lines, composed) {
  let block = [];
  for (const line of [...lines, '']) {
    const comment = line.match(/^\s*\/\/ (\s*)(.*)$/);
    if (comment) {
      block.push({ indent: comment[1].length, text: comment[2].trim() });
    } else {
      if (block.some((l) => composed || l.text.includes('=>'))) return statements(block);
      block = [];
    }
  }
  return null;
}

function statements(block) {
  const found = [];
  block.forEach(({ indent, text }, i) => {
    if (i > 0 && indent === 0 && block[i - 1].indent === 0) found.push(`${found.pop()} ${text}`);
    else found.push(text);
  });
  return found;
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
    op.derivation = derivation(op.source.lines, op.source.composed);
    const without = /no gradient|without a gradient/i;
    op.kind = op.source.composed ? 'composed'
      : op.derivation ? 'derived'
      : without.test(op.doc) || without.test(section.title) ? 'constant' : 'missing';
  }
  return sections;
}

// How the ASCII of a derivation is typeset: runs of symbols become formulas, words stay words.
const FUNCTIONS = new Set(['log', 'exp', 'tanh', 'max', 'min']);
const GREEK = new Set(['lambda', 'sigma', 'eta', 'delta', 'alpha', 'beta']);
const SIGNS = {
  '<=': '\\le ',
  '>=': '\\ge ',
  '->': '\\to ',
  '*': '\\ast ',
  '·': '\\cdot ',
  '|': '\\vert ',
};

/** One identifier as TeX: x_bar_i, Ybar, dA, sum_i, lambda. */
function symbol(name) {
  let [base, ...subscripts] = name.split('_');
  let bar = subscripts[0] === 'bar';
  if (bar) subscripts.shift();
  if (/^[A-Za-z]bar$/.test(base)) [base, bar] = [base[0], true];
  let tex = GREEK.has(base) ? `\\${base}` : base;
  if (/^sum_/.test(name)) tex = '\\sum';
  else if (/^d[A-Za-z]$/.test(base)) tex = `\\mathrm{d}${base[1]}`;
  else if (FUNCTIONS.has(base)) tex = `\\${base} `;
  else if (FUNCTIONS.has(base.slice(1))) tex = `\\mathrm{d}\\${base.slice(1)} `;
  else if (tex === base && base.length > 1) tex = `\\mathrm{${base}}`;
  if (bar) tex = base.length > 1 ? `\\overline{${tex}}` : `\\bar{${tex}}`;
  const below = subscripts.map((word) => (/^[a-z]{3,}$/.test(word) ? `\\mathrm{${word}}` : word));
  return below.length ? `${tex}_{${below.join(',')}}` : tex;
}

/** One statement in ASCII as [{math, text}] or [{code}], to be set one after the other. */
function typeset(ascii) {
  const tokens = ascii.match(/'s\b|[A-Za-z]\w*|\d+(?:\.\d+)?|=>|<=|>=|->|\s+|./gu) || [];
  const space = (i) => tokens[i] === undefined || /^\s/.test(tokens[i]);
  const next = (i, step) => tokens[space(i + step) ? i + 2 * step : i + step] || '';
  const isFunction = (t) => FUNCTIONS.has(t) || FUNCTIONS.has(t.slice(1)) && t[0] === 'd';
  const long = (t) => /^[A-Za-z]{2,}$/.test(t) && !/^d[A-Za-z]$|^[A-Za-z]bar$/.test(t) &&
    !isFunction(t) && !GREEK.has(t);
  const angles = innerProducts(tokens, space);
  const parts = [];
  let tex = '';
  let depth = 0;
  let atom = false;    // whether the formula so far ends in something that can be multiplied
  const raised = [];   // the depths at which an exponent ^(..) is open
  const flush = () => {
    if (tex.trim()) parts.push({ math: true, text: tex.trim() });
    tex = '';
    atom = false;
  };
  const say = (text) => {
    flush();
    const last = parts[parts.length - 1];
    if (last && !last.math && !last.code) last.text += text;
    else if (text) parts.push({ math: false, text });
  };
  // A factor after a factor: a thin space between.
  const factor = (piece, spaced) => {
    tex += (atom && spaced ? '\\,' : '') + piece;
  };
  for (let i = 0; i < tokens.length; ++i) {
    const t = tokens[i];
    const spaced = space(i - 1);
    if (space(i)) {
      if (!tex) say(' ');
    } else if (t === "'s") {
      say('’s');
    } else if (/^[A-Za-z]{2,}_(?!bar)/.test(t) && !/^(sum|d[A-Za-z])_/.test(t)) {
      say(spaced && tex ? ' ' : '');
      parts.push({ code: t });
    } else if (/^[A-Za-z]/.test(t)) {
      const [before, after] = [next(i, -1), next(i, 1)];
      const operand = depth > 0 || /^[-+*·/^(<>]|^=$/.test(after) || /^[-+*·/^=]$/.test(before);
      const article = t === 'a' && long(after) && !operand;
      if (article || long(t) && (long(before) || long(after) || !operand)) {
        say((spaced && tex ? ' ' : '') + t);
      } else {
        factor(symbol(t), spaced);
        atom = !isFunction(t) && !/^sum_/.test(t);
      }
    } else if (/^\d/.test(t)) {
      factor(t, spaced);
      atom = true;
    } else if (t === '=>') {
      flush();
      const last = parts[parts.length - 1];
      if (last && last.text) last.text = last.text.trimEnd();
      parts.push({ math: true, text: '\\enspace\\Rightarrow\\enspace' });
      if (/^\s/.test(tokens[i + 1] || '')) ++i;
    } else if (/[,;.:]/.test(t) && depth === 0) {
      say(t);
    } else if (t === '^') {  // ^(several symbols), ^-x, or ^ and one symbol
      const sign = tokens[i + 1] === '-' ? '-' : '';
      if (sign) ++i;
      ++i;
      if (tokens[i] === '(') {
        tex += `^{${sign}`;
        raised.push(depth++);
        atom = false;
      } else {
        tex += `^{${sign}${tokens[i] === 'T' ? '\\top' : symbol(tokens[i] || '')}}`;
        atom = true;
      }
    } else if (/[([{]/.test(t) || t === '<' && angles.has(i)) {
      factor({ '<': '\\langle ', '{': '\\{' }[t] || t, spaced);
      ++depth;
      atom = false;
    } else if (/[)\]}]/.test(t) || angles.has(i)) {
      --depth;
      if (raised[raised.length - 1] === depth) {
        raised.pop();
        tex += '}';
      } else {
        tex += { '>': '\\rangle ', '}': '\\}' }[t] || t;
      }
      atom = true;
    } else {
      tex += SIGNS[t] || (/[%$#&~_\\]/.test(t) ? `\\${t}` : ` ${t} `);
      atom = t === '|' && atom;
    }
  }
  flush();
  return parts;
}

/** The positions of < and > that stand for an inner product <a, b>. */
function innerProducts(tokens, space) {
  const pairs = new Set();
  let open = null;
  tokens.forEach((t, i) => {
    if (t === '<' && !space(i + 1)) open = i;
    else if (t === '>' && open !== null && !space(i - 1)) {
      pairs.add(open).add(i);
      open = null;
    }
  });
  return pairs;
}

function check(root) {
  if (!fs.existsSync(path.join(root, HEADER))) return [];
  const problems = [];
  const engine = katex();
  for (const section of all(root)) {
    for (const op of section.ops) {
      if (!op.source) {
        problems.push({ file: HEADER, line: op.line,
          message: `${op.name} is defined in no file of ${FOLDER}/` });
      } else if (op.kind === 'missing') {
        problems.push({ file: op.source.file, line: op.source.first,
          message: `${op.name} has no derivation: a comment in its body with "=>", such as ` +
            '// y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar' });
      } else if (engine && op.derivation) {
        try {
          const parts = op.derivation.flatMap(typeset);
          for (const { math, text } of parts) if (math) render(engine, text, false);
        } catch (error) {
          problems.push({ file: op.source.file, line: op.source.first,
            message: `the derivation of ${op.name} cannot be typeset: ${error.message}` });
        }
      }
    }
  }
  return problems;
}

module.exports = { check, all, typeset };
