// The blocks of a page: figures, callouts, listings, tables, displayed formulas.
'use strict';
const fs = require('fs');
const path = require('path');
const { katex, read, isFile } = require('./files');
const { pngSize, darkName } = require('./links');
const { render } = require('./math');
const { MARKER: SNIPPET } = require('./snippets');
const { place } = require('./live');
const { OUTPUT, outputLines } = require('./numbers');
const { plain, attr, str, span, div, para, line, html, escape, trimmed } = require('./pandoc');

const engine = katex();
const IMAGES = 'book/images/';
const ALERTS = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};

/** A formula as HTML. */
function math(tex, display = false) {
  try {
    return render(engine, tex, display);
  } catch (error) {
    throw new Error(`${error.message} in ${tex}`);
  }
}

/** The <picture> of an image, the reader's own where there is one: {tag, mine}. */
function picture(site, page, image) {
  const [, alt, [target]] = image.c;
  const goal = path.posix.join(path.posix.dirname(page), decodeURI(target));
  if (/^\w+:/.test(target) || !goal.startsWith(IMAGES)) {
    throw new Error(`the picture ${target} is not in ${IMAGES}`);
  }
  const rest = goal.slice(IMAGES.length);
  const mine = site.run.file(rest);
  const file = mine || path.join(site.root, goal);
  if (!fs.existsSync(file)) throw new Error(`the picture ${goal} does not exist`);
  const name = site.picture(`images/${rest}`, file);
  const size = pngSize(file);
  const box = size // figures are drawn with two pixels per point
    ? ` width="${Math.round(size.width / 2)}" height="${Math.round(size.height / 2)}"`
    : '';
  const img = `<img src="${escape(name)}"${box} alt="${escape(plain(alt))}">`;
  const dark = darkName(file);
  if (!fs.existsSync(dark)) {
    return { tag: `<picture class="light-only">${img}</picture>`, mine: Boolean(mine) };
  }
  const darkSource = escape(site.picture(darkName(name), dark));
  const source = `<source srcset="${darkSource}" media="(prefers-color-scheme: dark)">`;
  return { tag: `<picture>${source}${img}</picture>`, mine: Boolean(mine) };
}

/** A drawing as part of the page, whose colours it takes. */
function drawing(site, page, image) {
  const [, alt, [target]] = image.c;
  const goal = path.posix.join(path.posix.dirname(page), decodeURI(target));
  if (!isFile(site.root, goal)) throw new Error(`the drawing ${goal} does not exist`);
  const svg = read(site.root, goal).replace('role="img"', `role="img" aria-label="${escape(plain(alt))}"`);
  return svg.trim().replace(/<title>.*<\/title>\n/, '');
}

/** A paragraph that is a picture, with or without a caption in *..* on the next line, or null. */
function figure(site, page, { c: [image, gap, emphasis, ...more] }) {
  const captioned = gap && gap.t === 'SoftBreak' && emphasis.t === 'Emph' && !more.length;
  if (gap && !captioned) return null;
  const drawn = image.c[2][0].endsWith('.svg');
  const { tag, mine } = drawn ? { tag: drawing(site, page, image) } : picture(site, page, image);
  const caption = captioned ? [...emphasis.c, { t: 'Space' }] : [];
  if (site.run.results && !drawn) {
    const [name, text] = mine ? ['whose mine', 'Your run.'] : ['whose', 'The book’s run.'];
    caption.push(span(name, [str(text)]));
  }
  const below = caption.length ? [html('<figcaption>'), line(caption), html('</figcaption>')] : [];
  return [html(`<figure class="picture">${tag}`), ...below, html('</figure>')];
}

/** A quotation that begins with [!NOTE] as a box, or null. */
function callout({ c: [first, ...rest] }) {
  const mark = first && first.t === 'Para' && first.c[0].t === 'Str' ? first.c[0].c : '';
  const [, kind] = mark.match(/^\[!(\w+)\]$/) || [];
  if (!kind) return null;
  if (!ALERTS[kind]) {
    throw new Error(`[!${kind}] is no callout; write one of ${Object.keys(ALERTS).join(', ')}`);
  }
  const text = trimmed(first.c.slice(1));
  return box(kind, [...(text.length ? [para(text)] : []), ...rest]);
}

/** A box; if its text begins with bold words, they are its title. */
function box(kind, blocks) {
  let title = [str(ALERTS[kind])];
  const [first, ...others] = blocks;
  if (first && first.t === 'Para' && first.c[0].t === 'Strong') {
    title = first.c[0].c;
    const rest = trimmed(first.c.slice(1));
    blocks = [...(rest.length ? [para(rest)] : []), ...others];
  }
  return div(`callout ${kind.toLowerCase()}`, [div('title', [line(title)]), ...blocks]);
}

/** Whether a block is a callout as pandoc 3.2 and later parse it. */
function isAlert(block) {
  return block.t === 'Div' && ALERTS[(block.c[0][1][0] || '').toUpperCase()] !== undefined;
}

/** A code block under a caption. */
function listing(block, caption, kind = '') {
  const open = `<figure class="code${kind}"><figcaption>${caption}</figcaption>`;
  return [html(open), block, html('</figure>')];
}

/** A link to the page of a file, as the caption of its code. */
function sourceLink(href, file) {
  return `<a href="${escape(href)}">${escape(file)}</a>`;
}

/** The block under a comment <!-- snippet: .. --> or <!-- output: .. -->, or null. */
function woven(site, comment, block) {
  const snippet = comment.match(SNIPPET);
  const output = comment.match(OUTPUT);
  if (!(snippet || output) || !block || block.t !== 'CodeBlock') return null;
  if (snippet) {
    const [file, region] = snippet[2].split('#');
    return listing(block, sourceLink(site.region(file, region), file));
  }
  const [file, paragraph] = output[2].split('#');
  const mine = site.run.file(file.replace(/^book\/results\//, ''));
  const lines = mine && outputLines(fs.readFileSync(mine, 'utf8'), paragraph).lines;
  const shown = lines ? { t: 'CodeBlock', c: [block.c[0], lines.join('\n')] } : block;
  const whose = lines ? 'Output of your run' : 'Output of the book’s run';
  return listing(shown, site.run.results ? whose : 'Output', ' output');
}

/** A table whose columns are as wide as they need; cells with sentences stay wide on a phone. */
function table({ c: [id, caption, columns, head, bodies, foot] }) {
  for (const [, , , rows] of bodies) {
    for (const cell of rows.flatMap(([, cells]) => cells)) {
      const text = cell[4].map((b) => (b.t === 'Plain' ? plain(b.c) : '')).join('');
      if (text.length > 24) cell[0] = attr('', ['long']);
    }
  }
  const free = columns.map(([align]) => [align, { t: 'ColWidthDefault' }]);
  const block = { t: 'Table', c: [id, caption, free, head, bodies, foot] };
  return [html('<div class="table" tabindex="0">'), block, html('</div>')];
}

/** What the site shows for one block, and how many blocks of the page that uses up. */
function shown(site, page, block, next) {
  if (block.t === 'RawBlock' && block.c[1].startsWith('<!--')) {
    const live = place(block.c[1].trim());
    if (live) return { blocks: live, used: 1 };
    const pair = woven(site, block.c[1].trim(), next);
    return pair ? { blocks: pair, used: 2 } : { blocks: [], used: 1 };
  }
  let blocks = null;
  if (block.t === 'CodeBlock' && block.c[0][1][0] === 'math') {
    blocks = [html(`<div class="display">${math(block.c[1], true)}</div>`)];
  } else if (block.t === 'Para' && block.c[0].t === 'Image') {
    blocks = figure(site, page, block);
  } else if (block.t === 'BlockQuote') {
    const quote = callout(block);
    blocks = quote && [quote];
  } else if (isAlert(block)) {
    blocks = [box(block.c[0][1][0].toUpperCase(), block.c[1].slice(1))];
  } else if (block.t === 'Table') {
    blocks = table(block);
  }
  return { blocks: blocks || [block], used: 1 };
}

/** The function that changes every list of blocks of a page. */
function blocksOf(site, page) {
  return (list) => {
    const out = [];
    for (let i = 0; i < list.length; ) {
      const { blocks, used } = shown(site, page, list[i], list[i + 1]);
      out.push(...blocks);
      i += used;
    }
    return out;
  };
}

module.exports = { blocksOf, listing, sourceLink, math };
