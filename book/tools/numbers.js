// Numbers and printed output in the book come from the committed results of its programs.
//
//     <!--=ch01.gradient_error %.1e-->4.5 × 10⁻¹⁰<!--/-->
//
// is filled from book/results/ch01/summary.json: a number, a claim's value, or `seconds`, the run
// time. ch14/cifar.NAME is that of a folder below. One entry of a table is named by its file, the
// row and the column:
//
//     <!--=ch04/full/final.csv{width=1024,lr=0.1}.loss %.2f-->0.91<!--/-->
//
// The format is C's (%d %f %e %g with a precision; %.1p is a percentage); without one an
// integer stays whole and the rest gets three digits. A filling in $`..`$ is written in TeX, one in
// `..` as C writes it. Under
//
//     <!-- output: book/results/ch01/output.txt#claim -->
//
// stands a block that equals that file or, after a #, its one paragraph that begins so.
'use strict';
const fs = require('fs');
const path = require('path');
const { find, read, isFile } = require('./files');
const { scan, codeSpans, blank, weave, markerOf } = require('./markdown');

const KEY = String.raw`([\w./-]+|[\w./-]+\.csv\{[^\s{}]+\}\.\w+)`;
const NUMBER = new RegExp(
  String.raw`<!--=\s*${KEY}(?:\s+([^\s<>]+?))?\s*-->(.*?)<!--\s*\/\s*-->`, 'g');
const TABLE = /^(.+\.csv)\{(.+)\}\.(\w+)$/;
const OUTPUT = markerOf('output');
const RESULTS = 'book/results';

/** The summary of a chapter ("ch01") in a folder of results, or null. */
function summary(folder, chapter) {
  const file = path.join(folder, chapter, 'summary.json');
  if (!fs.existsSync(file)) return null;
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error.message}`);
  }
}

/** A number as results write it: JSON and CSV have inf and nan as words. */
function numeric(value) {
  const words = { inf: Infinity, '-inf': -Infinity };
  return value in words ? words[value] : Number(value);
}

/** What a summary says under a name: {value, tolerance} or {value, holds}, or null. */
function entry(of, name) {
  if (!of) return null;
  if (name === 'seconds') return { value: of.seconds, tolerance: Infinity };
  const number = of.numbers && of.numbers[name];
  if (number) return { value: numeric(number.value), tolerance: numeric(number.tolerance) };
  const claim = of.claims && of.claims[name];
  if (!claim) return null;
  return { value: numeric(claim.value), holds: claim.holds, expected: claim.expected };
}

/** What a key that names an entry of a table says, {value}, or what is wrong with it, {message}. */
function tableEntry(folder, key) {
  const [, file, row, column] = key.match(TABLE);
  if (!fs.existsSync(path.join(folder, file))) return { message: `there is no ${RESULTS}/${file}` };
  const text = fs.readFileSync(path.join(folder, file), 'utf8').trimEnd();
  const [header, ...rows] = text.split('\n').map((line) => line.split(','));
  const wanted = row.split(',').map((part) => part.split('='));
  const unknown = [...wanted.map(([name]) => name), column].find((name) => !header.includes(name));
  if (unknown) return { message: `${RESULTS}/${file} has no column "${unknown}"` };
  const found = rows.filter((cells) =>
    wanted.every(([name, value]) => cells[header.indexOf(name)] === value));
  if (found.length !== 1) return { message: `${key} names ${found.length} rows, not one` };
  return { value: numeric(found[0][header.indexOf(column)]) };
}

/** Whether the reader's entry agrees with the book's. */
function agrees(mine, book) {
  if (mine.holds !== undefined) return mine.holds;
  if (Object.is(mine.value, book.value)) return true;
  return Math.abs(mine.value - book.value) <= book.tolerance;
}

const FORMAT = /^%(?:\.(\d))?([defgp])$/;

/** A value in a format: {digits, exponent}, the exponent of ten null if there is none. */
function digits(value, format) {
  const [, precision, kind] = format.match(FORMAT);
  const places = Number(precision ?? 6);
  if (kind === 'd') return { digits: Math.round(value).toFixed(0), exponent: null };
  if (kind === 'f') return { digits: value.toFixed(places), exponent: null };
  if (kind === 'p') return { digits: `${(100 * value).toFixed(places)}%`, exponent: null };
  const significant = kind === 'g' ? Math.max(places, 1) : places + 1;
  const [mantissa, power] = value.toExponential(significant - 1).split('e');
  if (kind === 'e') return { digits: mantissa, exponent: Number(power) };
  const trim = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (Number(power) < -4 || Number(power) >= significant) {
    return { digits: trim(mantissa), exponent: Number(power) };
  }
  const after = Math.max(significant - 1 - Number(power), 0);
  return { digits: trim(value.toFixed(after)), exponent: null };
}

const PLAIN = '−0123456789';
const RAISED = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A raised power in ordinary digits. */
function lowered(power) {
  return [...power].map((c) => PLAIN[RAISED.indexOf(c)]).join('');
}

/** A value as text. Dress: 'prose' (4.5 × 10⁻¹⁰), 'math' (TeX) or 'code' (4.5e-10). */
function render(value, format, dress) {
  if (!Number.isFinite(value)) {
    if (Number.isNaN(value)) return dress === 'math' ? '\\mathrm{NaN}' : 'NaN';
    const sign = value < 0 ? '-' : '';
    return sign + { prose: '∞', math: '\\infty', code: 'inf' }[dress];
  }
  const parts = digits(value, format || (Number.isInteger(value) ? '%d' : '%.3g'));
  const { exponent } = parts;
  if (dress === 'code') {
    if (exponent === null) return parts.digits;
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${parts.digits}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  const math = dress === 'math';
  let text = parts.digits;
  const [whole] = text.match(/\d{5,}/) || [];  // 60,000 but 2048
  const comma = math ? '{,}' : ',';
  if (/^-?\d{5}/.test(text)) text = text.replace(whole, whole.replace(/\B(?=(\d{3})+$)/g, comma));
  if (math) text = text.replace('%', '\\%');
  else text = text.replace('-', '−');
  if (exponent === null) return text;
  const one = text === '1' ? '' : math ? `${text} \\times ` : `${text} × `;
  if (math) return `${one}10^{${exponent}}`;
  const power = String(exponent).replace('-', '−');
  return `${one}10${[...power].map((c) => RAISED[PLAIN.indexOf(c)]).join('')}`;
}

/** How a filling is dressed, and the filling of the same dress for another value. */
function dressOf(filling) {
  if (/^\$`.*`\$$/.test(filling)) return 'math';
  return /^`.*`$/.test(filling) ? 'code' : 'prose';
}

function dressed(text, dress) {
  return { math: `$\`${text}\`$`, code: `\`${text}\``, prose: text }[dress];
}

/** {lines} of an output file, or of its one paragraph that begins with `words`; or a {message}. */
function outputLines(text, words) {
  const paragraphs = text.replace(/\s+$/, '').split(/\n[ \t]*\n/);
  const found = words === undefined ? [paragraphs.join('\n\n')]
    : paragraphs.filter((p) => p.trimStart().toLowerCase().startsWith(words.toLowerCase()));
  if (found.length > 1) {
    return { message: `has ${found.length} paragraphs that begin with "${words}"` };
  }
  if (found.length === 0) return { message: `has no paragraph that begins with "${words}"` };
  return { lines: found[0].split('\n').map((line) => line.trimEnd()) };
}

/** Checks, and with `write` fills, numbers and outputs; returns the problems that are left. */
function check(root, { write = false } = {}) {
  const problems = [];
  const summaries = new Map();
  const look = (chapter) => {
    if (!summaries.has(chapter)) summaries.set(chapter, summary(path.join(root, RESULTS), chapter));
    return summaries.get(chapter);
  };
  // The right filling for a marker, or what is wrong with it.
  const found = (key) => {
    if (TABLE.test(key)) return tableEntry(path.join(root, RESULTS), key);
    const [chapter, ...rest] = key.split('.');
    const name = rest.join('.');
    const file = `${RESULTS}/${chapter}/summary.json`;
    if (!look(chapter)) return { message: `${key}: there is no ${file}` };
    return entry(look(chapter), name) || { message: `${file} has no number or claim "${name}"` };
  };
  const fill = ([, key, format, filling]) => {
    if (format && !FORMAT.test(format)) {
      return { message: `${key}: "${format}" is no format; write %d, %.2f, %.1e, %.3g or %.1p` };
    }
    const { value, message } = found(key);
    if (message) return { message };
    const dress = dressOf(filling);
    return { text: dressed(render(value, format, dress), dress) };
  };
  const resolve = (target) => {
    const [file, words] = target.split('#');
    if (!isFile(root, file)) return { message: `${file} does not exist` };
    const output = outputLines(read(root, file), words);
    if (output.message) return { message: `${file} ${output.message}` };
    return { lines: output.lines, where: () => file, info: 'text' };
  };
  for (const page of find(root, /\.md$/)) {
    const before = read(root, page);
    const { lines, prose } = scan(before);
    const report = (line, message) => problems.push({ file: page, line, message });
    prose.forEach((line, i) => {
      // A marker inside code is an example; its columns are blank in `visible`.
      const visible = blank(line, codeSpans(line).spans.filter((s) => s.text.includes('<!--')));
      const markers = [...visible.matchAll(NUMBER)];
      if ((visible.match(/<!--=/g) || []).length !== markers.length) {
        report(i + 1, 'a number is written <!--=chNN.name-->VALUE<!--/-->, on one line');
      }
      if (/^[\s>]*(?:[-*+]|\d+[.)])?\s*<!--=/.test(visible)) {
        report(i + 1, 'a number may not begin a line: GitHub would take the whole line for HTML');
      }
      for (const marker of markers.reverse()) {
        const [whole, key, , filling] = marker;
        const right = fill(marker);
        if (right.message) report(i + 1, right.message);
        else if (filling !== right.text && !write) {
          report(i + 1, `${key} is ${right.text} in the results, "${filling}" in the text`);
        } else {
          const at = marker.index + whole.indexOf('-->') + 3;
          lines[i] = lines[i].slice(0, at) + right.text + lines[i].slice(at + filling.length);
        }
      }
    });
    const text = lines.join('\n');
    const after = weave({ text, marker: OUTPUT, resolve, report, write }).join('\n');
    if (write && after !== before) fs.writeFileSync(path.join(root, page), after);
  }
  return problems;
}

module.exports = {
  check, summary, entry, tableEntry, agrees, render, dressOf, dressed, outputLines, lowered, NUMBER, TABLE,
  OUTPUT, RESULTS,
};
