// The page of all ops: meaning, derivation and rule of each, read from the code.
'use strict';
const { all, typeset } = require('./ops');
const { listing, sourceLink, math } = require('./blocks');
const { str, code, header, codeBlock, html, escape } = require('./pandoc');

const TITLE = 'Every op and its derivation';
const codeHtml = (text) => `<code>${escape(text)}</code>`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** A statement in ASCII, typeset. */
function set(ascii) {
  const parts = typeset(ascii).map((part) => {
    if (part.math) return math(part.text);
    return part.code ? codeHtml(part.code) : escape(part.text);
  });
  return parts.join('');
}

/** A comment of ops.h: words, `code`, and clauses that are formulas. */
function prose(comment) {
  const isFormula = (clause) => /[\^*/|<>=]| [-+] |^\W*\w\W*$/.test(clause);
  const clause = (text) => (isFormula(text) ? set(text.replace(/\*/g, '·')) : escape(text));
  const marks = /([,;:.](?=\s|$)\s*)/;
  const sentence = (text) => text.split(marks).map((t, k) => (k % 2 ? t : clause(t)));
  const piece = (text) => {
    if (text.startsWith('`')) return codeHtml(text.slice(1, -1));
    return text.startsWith('<') ? set(text) : sentence(text).join('');
  };
  return comment.split(/(`[^`]*`|<\w[^<>=]*>)/).map(piece).join('');
}

function opBlocks(site, op) {
  const { source, derivation } = op;
  let doc = prose(op.doc);
  let says = '';
  if (op.kind === 'constant' && !/no gradient/i.test(op.doc)) says = 'No gradient.';
  if (op.kind === 'composed' && !derivation) says = 'Made of other ops, whose rules compose.';
  if (says) doc += doc && !doc.endsWith('.') ? `. ${says}` : ` ${says}`;
  const lines = (derivation || []).map((statement) => `<p>${set(statement)}</p>`);
  const signature = op.signature.split('\n').map(codeHtml).join('<br>');
  const link = sourceLink(site.source(source.file, source.first), source.file);
  return [
    header(3, op.name, [code(op.name)]),
    html(`<p>${doc}</p>`),
    ...(lines.length ? [html(`<div class="derivation">${lines.join('')}</div>`)] : []),
    html(`<details><summary>${signature}</summary>`),
    ...listing(codeBlock('cpp', source.lines.join('\n')), link),
    html('</details>'),
  ];
}

/** {title, headings, blocks, kind} of the page for the template. */
function opsPage(site) {
  const headings = [];
  const rows = [];
  const blocks = [];
  let count = 0;
  for (const section of all(site.root)) {
    const [title, aside] = section.title.split('; ').map(capital);
    const id = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const note = [aside ? `${aside}.` : '', section.note.trim()].filter(Boolean).join(' ');
    headings.push({ id, text: title, level: 2 });
    blocks.push(header(2, id, [str(title)]));
    if (note) blocks.push(html(`<p>${prose(note)}</p>`));
    for (const op of section.ops) blocks.push(...opBlocks(site, op));
    if (section.operators.length) blocks.push(codeBlock('cpp', section.operators.join('\n')));
    const links = section.ops.map(({ name }) => `<a href="#${name}">${name}</a>`);
    if (links.length) rows.push(`<tr><td>${escape(title)}</td><td>${links.join(' ')}</td></tr>`);
    count += section.ops.length;
  }
  const lead =
    `The ${count} ops of the engine, read from its code when this page was built. A bar marks a ` +
    'cotangent, the derivative of the loss; a rule follows from the differential d of the op.';
  const index = `<div class="table"><table class="index">${rows.join('')}</table></div>`;
  return {
    title: TITLE,
    headings,
    kind: 'ops',
    blocks: [
      header(1, 'ops', [str(TITLE)]),
      html(`<div class="lead"><p>${lead}</p></div>${index}`),
      ...blocks,
    ],
  };
}

module.exports = { opsPage };
