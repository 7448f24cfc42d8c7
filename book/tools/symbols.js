// The symbols of notation.md tell their meaning wherever they stand: a title in the HTML that KaTeX has
// made. A symbol is known by what it shows, with its accent and its index, and by the chapter.
'use strict';
const { read, katex, bookPages } = require('./files');
const { scan, formulas } = require('./markdown');

const PAGE = 'book/notation.md';

// ---------------------------------------------------------------- KaTeX's HTML as a tree

/** The element that begins at `from`: {open, close, children} or {text}; and where it ends. */
function treeOf(html, from) {
  const root = { children: [] };
  const stack = [root];
  const token = /<(\/?)([^>]*?)(\/?)>|[^<]+/g;
  token.lastIndex = from;
  for (let m; (m = token.exec(html));) {
    const [all, closing, , empty] = m, parent = stack[stack.length - 1];
    if (closing) {
      stack.pop().close = all;
    } else if (!all.startsWith('<')) {
      parent.children.push({ text: all });
    } else {
      const node = { open: all, close: '', children: [], kind: (all.match(/class="([^"]*)"/) || ['', ''])[1].split(' ') };
      parent.children.push(node);
      if (!empty) stack.push(node);
    }
    if (stack.length === 1) return { tree: root.children[0], end: token.lastIndex };
  }
  throw new Error('a formula has no end');
}

const htmlOf = (node) => (node.text === undefined ? node.open + node.children.map(htmlOf).join('') + node.close : node.text);
const is = (node, kind) => node.kind && node.kind.includes(kind);
const scriptsOf = (node) => (node.children || []).find((child) => is(child, 'msupsub'));

/** The parts of a vertical list, and whether each stands above the line: [node, above]. */
function stacked(node) {
  let list = node;
  while (!is(list, 'vlist')) list = list.children[0];
  return list.children.filter((part) => part.children.length).map((part) => {
    const top = Number(part.open.match(/top:(-?[\d.]+)em/)[1]);
    return [part, top + Number(part.children[0].open.match(/height:([\d.]+)em/)[1]) < 0];
  });
}

/** What a piece of a formula shows, in one line: x̄, h_l, n^−a. */
function shown(node) {
  if (node.text !== undefined) return node.text.replace(/[\u200b\u00a0]/g, '');
  if (is(node, 'msupsub')) return scripts(node, false) + scripts(node, true);
  if (is(node, 'mfrac')) {
    const [below, above] = [stacked(node)[0], stacked(node).pop()].map(([part]) => shown(part));
    return `${above}/${below}`;
  }
  if (is(node, 'sqrt')) return `√${node.children.map(shown).join('')}`;
  return node.children.map(shown).join('');
}

function scripts(node, above) {
  const [part] = stacked(node).find(([, up]) => up === above) || [];
  return part ? (above ? '^' : '_') + shown(part) : '';
}

/** [base, index, power] of a piece, as shown. */
function partsOf(node) {
  const scripted = scriptsOf(node);
  if (!scripted) return [shown(node), '', ''];
  const base = node.children.filter((child) => child !== scripted).map(shown).join('');
  return [base, scripts(scripted, false), scripts(scripted, true)];
}

// ---------------------------------------------------------------- notation.md

/** The function that tells whether "all but 11", "1, 12 to 15" or "5 (SP), 6" has a chapter. */
function chaptersOf(text) {
  if (/^all$/.test(text)) return () => true;
  const ranges = text.replace(/^all but /, '').replace(/ \([^)]*\)/g, '').split(/,\s*/)
    .map((part) => part.match(/^(\d+)(?: (?:to|and) (\d+))?$/));
  if (!ranges.every(Boolean)) return null;
  const inside = (chapter) => ranges.some(([, from, to]) => chapter >= Number(from) && chapter <= Number(to || from));
  return text.startsWith('all') ? (chapter) => !inside(chapter) : inside;
}

const piecesIn = (node) => node.children.filter((child) => child.text === undefined && !is(child, 'strut') && !is(child, 'mspace'));

/** The pieces of a formula, spaces left out. */
function piecesOf(html) {
  const { tree } = treeOf(html, html.indexOf('<span class="katex-html"'));
  return tree.children.flatMap(piecesIn);
}

class Notation {
  constructor(root) {
    this.render = (tex) => katex().renderToString(tex);
    this.entries = []; // {line, pieces: [base, index, power] each, closes, meaning, qualified, has(chapter)}
    this.letters = []; // {line, letter, meaning, has(chapter)}
    this.problems = [];
    let head = [];
    read(root, PAGE).split('\n').forEach((text, k) => {
      if (!text.startsWith('|')) head = [];
      else if (!head.length) head = this.cells(text);
      else if (!/^\|[-|: ]+$/.test(text)) this.row(head, this.cells(text), k + 1);
    });
  }

  cells(text) {
    return text.split('|').slice(1, -1).map((cell) => cell.trim());
  }

  /** Prose with its formulas as one line each. */
  plain(text) {
    return formulas(text).reverse().reduce((all, { start, end, tex }) =>
      all.slice(0, start) + piecesOf(this.render(tex)).map(shown).join('').replace(/^[_^]/, '') + all.slice(end), text)
      .replace(/`/g, '');
  }

  row(head, cells, line) {
    const at = (name) => cells[head.indexOf(name)];
    if (head[0] === 'letter') return this.letterRow(cells, line);
    if (head[0] !== 'symbol' || !at('meaning')) return;
    if (at('chapters') === 'the code') return;
    const has = chaptersOf(at('chapters'));
    if (!has) return this.report(line, at('chapters'));
    const [{ tex, end }] = formulas(cells[0]);
    const names = this.namesOf(tex);
    const beside = cells[0].slice(end).trim().match(/^\(([^)]*)\)/);
    const meaning = (names.length > 1 ? `${names.map(([text]) => text).join(', ')}: ` : beside ? `${beside[1]}: ` : '') + this.plain(at('meaning'));
    for (const [, pieces, closes] of names) this.entries.push({ line, pieces, closes, meaning, qualified: Boolean(beside), has });
  }

  /** The symbols in "u, v = 1": what each shows, its pieces, and where the brackets among these close. */
  namesOf(tex) {
    const names = [[]];
    let depth = 0;
    for (const piece of piecesOf(this.render(tex))) {
      depth += is(piece, 'mopen') ? 1 : is(piece, 'mclose') ? -1 : 0;
      if (depth === 0 && is(piece, 'mrel') && shown(piece) === '=') break;
      if (depth === 0 && is(piece, 'mpunct')) names.push([]);
      else names[names.length - 1].push(piece);
    }
    return names.map((pieces) => [pieces.map(shown).join(''), pieces.map(partsOf),
      pieces.map((piece, k) => (is(piece, 'mopen') ? closing(pieces, k) : 0))]);
  }

  /** One letter and "meaning (chapters); meaning (chapters), meaning (chapters)". */
  letterRow([symbols, text], line) {
    const letters = this.namesOf(formulas(symbols)[0].tex).map(([name]) => name);
    for (const group of text.split(/;\s*/)) {
      const [, tex, rest] = group.match(/^\$`([^`]*)`\$ (.*)$/) || [];
      const own = tex && letters.includes(this.plain(`$\`${tex}\`$`)) ? [this.plain(`$\`${tex}\`$`)] : null;
      for (const [, meaning, chapters] of (own ? rest : group).matchAll(/(?:,\s*)?((?:[^()`]|`[^`]*`|\((?!\d))+?)\s*\((\d[^)]*)\)/g)) {
        const has = chaptersOf(chapters.replace(/, \D.*$/, ''));
        if (!has) this.report(line, chapters);
        else for (const letter of own || letters) this.letters.push({ line, letter, meaning: this.plain(meaning), has });
      }
    }
  }

  report(line, chapters) {
    this.problems.push({ file: PAGE, line, message: `"${chapters}" names no chapters; write "all", "all but 11", "1, 12 to 15" or "the code"` });
  }

  /** The symbols of a chapter. */
  of(chapter) {
    const entries = this.entries.filter((entry) => entry.has(chapter));
    return {
      several: entries.filter(({ pieces }) => pieces.length > 1),
      single: entries.filter(({ pieces }) => pieces.length === 1),
      letters: this.letters.filter((entry) => entry.has(chapter)),
    };
  }

  /** A page with titles on its symbols, if it is a chapter's. */
  told(name, html) {
    const [, digits] = name.match(/^(\d\d)-/) || [];
    if (!digits) return html;
    const known = this.of(Number(digits));
    let out = '', from = 0;
    for (let at; (at = html.indexOf('<span class="katex-html"', from)) >= 0;) {
      const { tree, end } = treeOf(html, at);
      mark(tree.children.flatMap(piecesIn), known);
      out += html.slice(from, at) + htmlOf(tree);
      from = end;
    }
    return out + html.slice(from);
  }
}

// ---------------------------------------------------------------- symbols in a formula

/** The entries that tell one piece, best first: with its index, with any, without. */
function entriesOf(piece, { single, letters }) {
  const [base, index, power] = partsOf(piece);
  const like = (test) => single.filter(({ pieces: [[b, i, p]] }) => b === base && test(i, p));
  const exact = like((i, p) => (i || p) && i === index && p === power);
  const indexed = like((i, p) => !p && /^_[a-z]{1,2}$/.test(i));
  const bare = like((i, p) => !i && !p);
  const meanings = letters.filter(({ letter }) => letter === base);
  const ways = [exact];
  if (index) ways.push(like((i, p) => !p && i === index), indexed);
  if (meanings.length > 1) ways.push(meanings);
  // "lambda (uv model)" leaves room for another lambda.
  ways.push(bare.length && bare.every((entry) => entry.qualified) ? [...bare, ...indexed] : bare, meanings, indexed);
  return ways.find((way) => way.length) || [];
}

/** The first place behind `at` where the bracket that opens there closes. */
function closing(pieces, at) {
  for (let depth = 0, k = at; k < pieces.length; ++k) {
    depth += is(pieces[k], 'mopen') ? 1 : is(pieces[k], 'mclose') ? -1 : 0;
    if (depth === 0) return k;
  }
  return -1;
}

/**
 * Whether the pieces from `at` on are those of an entry. What stands in its brackets is an example: there
 * may be anything. Those that are told, those in brackets, and where it ends; or null.
 */
function wholeOf(entry, pieces, at) {
  const told = [], inside = [];
  let to = at;
  for (let k = 0; k < entry.pieces.length; ++k, ++to) {
    if (!pieces[to] || !same(partsOf(pieces[to]), entry.pieces[k], k === entry.pieces.length - 1)) return null;
    told.push(pieces[to]);
    if (!entry.closes[k]) continue;
    const end = closing(pieces, to);
    if (end < 0) return null;
    inside.push(...pieces.slice(to + 1, end));
    [k, to] = [entry.closes[k] - 1, end - 1];
  }
  return { entries: [entry], told, inside, to };
}

/** Whether a piece is the wanted one; the last of several may have a power of its own. */
function same([base, index, power], [wantBase, wantIndex, wantPower], last) {
  const anyIndex = /^_[a-z]$/.test(wantIndex) && index;
  return base === wantBase && (index === wantIndex || anyIndex) && (power === wantPower || (last && !wantPower));
}

/** Titles on the symbols among these pieces and in them. */
function mark(pieces, known) {
  for (let at = 0; at < pieces.length;) {
    const whole = known.several.reduce((found, entry) => found || wholeOf(entry, pieces, at), null);
    const { entries, told, inside, to } = whole
      || { entries: is(pieces[at], 'mord') ? entriesOf(pieces[at], known) : [], told: [pieces[at]], inside: [], to: at + 1 };
    const title = [...new Set(entries.map((entry) => entry.meaning))].join('; or ').replace(/"/g, '&quot;');
    for (const entry of entries) entry.used = true;
    for (const piece of told) {
      if (title) piece.open = piece.open.replace('<span', `<span title="${title}"`);
      // A symbol's base is told by the whole; its index and power may hold others.
      const inner = title ? scriptsOf(piece) : piece;
      if (inner && !is(inner, 'accent')) mark(piecesIn(inner), known);
    }
    mark(inside, known);
    at = to;
  }
}

/** Rows of notation.md that name no chapters, or a symbol that no chapter of theirs has. */
function check(root) {
  if (!katex()) return [];
  const notation = new Notation(root);
  for (const page of bookPages(root)) {
    const { prose, fences } = scan(read(root, page));
    const tex = [...prose.flatMap((line) => formulas(line).map((formula) => formula.tex)),
      ...fences.filter(({ info }) => info === 'math').map(({ body }) => body.join('\n'))];
    notation.told(page.replace('book/', ''), tex.map(notation.render).join(''));
  }
  const idle = notation.entries.filter((entry) => !entry.used).map(({ line, pieces }) =>
    ({ file: PAGE, line, message: `no chapter of its own has ${pieces.map((piece) => piece.join('')).join('')}` }));
  return [...notation.problems, ...idle];
}

module.exports = { Notation, check };
