// pandoc parses the markdown and writes the HTML; in between, this changes its tree.
'use strict';
const { spawn } = require('child_process');

// Without the extensions that other versions of pandoc switch on by themselves for "gfm".
const FROM = 'gfm+smart-tex_math_dollars-emoji';

function run(args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn('pandoc', args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`pandoc: ${Buffer.concat(err).toString().trim()}`));
    });
    child.stdin.on('error', () => {});  // the exit code tells more than a broken pipe
    child.stdin.end(input);
  });
}

/** Markdown as pandoc's tree. */
async function parse(markdown) {
  return JSON.parse(await run(['-f', FROM, '-t', 'json'], markdown));
}

/** A tree as HTML, in a template whose variables are the tree's meta data. */
function write(tree, template) {
  return run(['-f', 'json', '-t', 'html5', '--template', template, '--wrap=preserve',
    '--email-obfuscation=none'], JSON.stringify(tree));
}

const INLINE = new Set(
  ('Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space ' +
    'SoftBreak LineBreak Math RawInline Link Image Note Span').split(' ')
);
const BLOCK = new Set(
  ('Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList ' +
    'Header HorizontalRule Table Figure Div Null').split(' ')
);

/**
 * Replaces, from the inside out, every list of inlines by inlines(list) and every list of blocks by
 * blocks(list).
 */
function rewrite(node, change) {
  if (Array.isArray(node)) {
    const list = node.map((child) => rewrite(child, change));
    if (!list.length || !list.every((e) => e && typeof e === 'object' && typeof e.t === 'string')) {
      return list;
    }
    if (INLINE.has(list[0].t)) return change.inlines(list);
    return BLOCK.has(list[0].t) ? change.blocks(list) : list;
  }
  if (node && typeof node === 'object') {
    const copy = {};
    for (const key of Object.keys(node)) copy[key] = rewrite(node[key], change);
    return copy;
  }
  return node;
}

/** The text of inlines, without its dress. */
function plain(inlines) {
  return inlines.map((e) => {
    if (e.t === 'Str') return e.c;
    if (e.t === 'Space' || e.t === 'SoftBreak' || e.t === 'LineBreak') return ' ';
    if (e.t === 'Code') return e.c[1];
    if (e.t === 'Quoted') return `“${plain(e.c[1])}”`;
    if (e.t === 'Link' || e.t === 'Image' || e.t === 'Span') return plain(e.c[1]);
    return Array.isArray(e.c) && e.t !== 'RawInline' && e.t !== 'Note' ? plain(e.c) : '';
  }).join('');
}

// The elements of the tree that the site adds.
const attr = (id = '', classes = [], pairs = []) => [id, classes, pairs];
const str = (text) => ({ t: 'Str', c: text });
const code = (text) => ({ t: 'Code', c: [attr(), text] });
const span = (name, inlines, pairs) => ({ t: 'Span', c: [attr('', [name], pairs), inlines] });
const div = (names, blocks) => ({ t: 'Div', c: [attr('', names.split(' ')), blocks] });
const para = (inlines) => ({ t: 'Para', c: inlines });
const line = (inlines) => ({ t: 'Plain', c: inlines });
const header = (level, id, inlines) => ({ t: 'Header', c: [level, attr(id), inlines] });
const codeBlock = (language, text) => ({ t: 'CodeBlock', c: [attr('', [language]), text] });
const html = (text) => ({ t: 'RawBlock', c: ['html', text] });
const htmlInline = (text) => ({ t: 'RawInline', c: ['html', text] });
const escape = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A text as inlines; what stands in `..` is code. */
function words(text) {
  return text
    .split(/(`[^`]*`|\s+)/)
    .filter(Boolean)
    .map((w) => {
      if (w.startsWith('`')) return code(w.slice(1, -1));
      return /^\s/.test(w) ? { t: 'Space' } : str(w);
    });
}

/** Inlines without the spaces at their start. */
function trimmed(inlines) {
  const first = inlines.findIndex((e) => e.t !== 'Space' && e.t !== 'SoftBreak');
  return first < 0 ? [] : inlines.slice(first);
}

/** A JavaScript value as pandoc's meta data; arrays of tree elements are inlines. */
function meta(value) {
  if (typeof value === 'boolean') return { t: 'MetaBool', c: value };
  if (typeof value === 'string') return { t: 'MetaString', c: value };
  if (Array.isArray(value)) {
    if (value.length && value.every((e) => e.t)) return { t: 'MetaInlines', c: value };
    return { t: 'MetaList', c: value.map(meta) };
  }
  const map = {};
  for (const [key, entry] of Object.entries(value)) if (entry !== undefined) map[key] = meta(entry);
  return { t: 'MetaMap', c: map };
}

module.exports = {
  parse,
  write,
  rewrite,
  plain,
  attr,
  str,
  code,
  span,
  div,
  para,
  line,
  header,
  codeBlock,
  html,
  htmlInline,
  escape,
  words,
  trimmed,
  meta,
};
