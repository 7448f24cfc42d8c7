// The page of all ops: meaning, derivation and rule of each, read from the code.
'use strict';
const { all, pieces, formulasOf } = require('./ops');
const { escape, formula } = require('./html');
const { sourceLink } = require('./prepare');

const TITLE = 'Every op and its derivation';
const codeHtml = (text) => `<code>${escape(text)}</code>`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);

const ARROW = formula('\\enspace\\Rightarrow\\enspace');
const listHtml = (formulas) => formulas.map(formula).join(', ');

/** Prose of a comment, in which `..` holds code or formulas. */
function proseHtml(prose) {
  return pieces(prose).map(({ text, code, formulas }) => {
    if (formulas) return listHtml(formulas);
    return code ? codeHtml(code) : escape(text.replace(/'/g, '’'));
  }).join('');
}

/** A paragraph of a derivation. */
function paragraph({ steps, prose }) {
  return `<p>${steps.map((step) => listHtml(formulasOf(step))).join(ARROW)}${proseHtml(prose)}</p>`;
}

function opText(op) {
  const { source, derivation } = op;
  let doc = proseHtml(op.doc);
  let says = '';
  if (op.kind === 'constant' && !/no gradient/i.test(op.doc)) says = 'No gradient.';
  if (op.kind === 'composed' && !derivation) says = 'Made of other ops, whose rules compose.';
  if (says) doc += doc && !doc.endsWith('.') ? `. ${says}` : ` ${says}`;
  const lines = (derivation || []).map(paragraph);
  const signature = op.signature.split('\n').map(codeHtml).join('<br>');
  return `<h3 id="${op.name}"><code>${op.name}</code></h3>

<p>${doc}</p>

${lines.length ? `<div class="derivation">${lines.join('')}</div>` : ''}

<details><summary>${signature}</summary>

<figure class="code"><figcaption>${sourceLink(source.file, source.first)}</figcaption>

\`\`\`cpp
${source.lines.join('\n')}
\`\`\`

</figure>

</details>
`;
}

/** The page as markdown. */
function opsPage(site) {
  const rows = [];
  const texts = [];
  let count = 0;
  for (const section of all(site.root)) {
    const [title, aside] = section.title.split('; ').map(capital);
    const note = [aside ? `${aside}.` : '', section.note.trim()].filter(Boolean).join(' ');
    texts.push(`## ${title}\n`);
    if (note) texts.push(`<p>${proseHtml(note)}</p>\n`);
    texts.push(...section.ops.map(opText));
    if (section.operators.length) texts.push('```cpp', ...section.operators, '```\n');
    const links = section.ops.map(({ name }) => `<a href="#${name}">${name}</a>`);
    if (links.length) rows.push(`<tr><td>${escape(title)}</td><td>${links.join(' ')}</td></tr>`);
    count += section.ops.length;
  }
  return `# ${TITLE}

*The ${count} ops of the engine, read from its code when this page was built. A bar marks a cotangent, the
derivative of the loss; a rule follows from the differential d of the op.*

<div class="table"><table class="index">${rows.join('')}</table></div>

${texts.join('\n')}`;
}

module.exports = { opsPage };
