// The formulas in comments of the code as TeX. They are written in ASCII, in a small fixed grammar:
//
//     formulas = relation { "," relation }
//     relation = sum { ( "=" | "<" | ">" | "<=" | ">=" ) sum }
//     sum      = [ "-" ] product { ( "+" | "-" ) product }
//     product  = power { [ "*" | "/" ] power }      factors stand side by side; * is a convolution
//     power    = factor [ "^" [ "-" ] factor ]      x^(p-1); B^T is transposed
//     factor   = number | bracket | name [ "(" formulas ")" | "[" formulas "]" ]
//     bracket  = "(" formulas ")" | "[" formulas "]" | "<" formulas ">" | "|" sum "|"
//     name     = x, x_i, dx, x_bar, x_bar_i, sum_i, lambda, log, or any word
//
// [x > 0] is 1 where x > 0 and 0 elsewhere, <a, b> an inner product, x_bar a cotangent, dx a differential.
'use strict';

const TOKEN = /\s*([A-Za-z]\w*|\d+(?:\.\d+)?|<=|>=|[-+*/^=<>|,()[\]])/y;
const FUNCTIONS = ['log', 'exp', 'tanh', 'max', 'min'];
const GREEK = ['lambda', 'sigma', 'eta', 'delta', 'alpha', 'beta'];
const SIGNS = { '<=': '\\le', '>=': '\\ge', '*': '\\ast' };
const CLOSING = { '(': ')', '[': ']', '<': '>', '|': '|' };
const BRACKETS = { '(': ['(', ')'], '[': ['[', ']'], '<': ['\\langle ', '\\rangle '], '|': ['\\vert ', '\\vert '] };

const isWord = (text) => /^[a-z]{3,}$/.test(text) && ![...FUNCTIONS, ...GREEK].includes(text);

/** [{text, spaced}]: the signs of a formula, and whether a space stands before each. */
function tokensOf(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim(); at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`"${text.slice(at).trim()}" begins with no sign of a formula`);
    tokens.push({ text: found[1], spaced: found[0] !== found[1] });
  }
  return tokens;
}

/** A name as TeX: x_bar_i, dA, sum_i, lambda, log. */
function nameTex(name) {
  const [base, ...below] = name.split('_');
  const bar = below[0] === 'bar';
  if (bar) below.shift();
  let tex = base;
  if (base === 'sum' && below.length) tex = '\\sum';
  else if (base === 'inf') tex = '\\infty';
  else if (GREEK.includes(base)) tex = `\\${base}`;
  else if (FUNCTIONS.includes(base)) tex = `\\${base} `;
  else if (/^d[A-Za-z]$/.test(base)) tex = `\\mathrm{d}${base[1]}`;
  else if (base.length > 1) tex = `\\mathrm{${base}}`;
  if (bar) tex = base.length > 1 ? `\\overline{${tex}}` : `\\bar{${tex}}`;
  return below.length ? `${tex}_{${below.join(',')}}` : tex;
}

/** The TeX of each formula of a list; throws where the text does not follow the grammar. */
function formulasOf(text) {
  const tokens = tokensOf(text);
  let at = 0;
  const open = [];  // the brackets, the innermost first; between < > a > is no relation
  const next = () => (tokens[at] ? tokens[at].text : '');
  const spaced = () => Boolean(tokens[at]) && tokens[at].spaced;
  const take = (...signs) => (signs.includes(next()) ? tokens[at++].text : '');
  const missing = (what) => {
    const rest = tokens.slice(at).map((t) => (t.spaced ? ' ' : '') + t.text).join('').trim();
    throw new Error(`${what} is missing ${rest ? `before "${rest}"` : 'at the end'} in the formula "${text.trim()}"`);
  };
  const chain = (part, signs) => {
    let tex = part();
    for (let sign; (sign = take(...signs));) tex += ` ${SIGNS[sign] || sign} ${part()}`;
    return tex;
  };
  const list = () => {
    const found = [relation()];
    while (take(',')) found.push(relation());
    return found;
  };
  const relation = () => chain(sum, ['=', '<', '<=', '>=', ...(open[0] === '<' ? [] : ['>'])]);
  const sum = () => take('-') + chain(product, ['+', '-']);
  const product = () => {
    let tex = chain(power, ['*', '/']);
    while (/^[\w([]/.test(next())) {
      if (isWord(tokens[at - 1].text) && isWord(next())) {
        throw new Error(`"${tokens[at - 1].text} ${next()}" is no formula; prose comes after a colon or semicolon`);
      }
      const thin = spaced() && !/\\(log|exp|tanh|max|min) $|\\sum_\{\w+\}$/.test(tex);
      tex += (thin ? '\\,' : '') + chain(power, ['*', '/']);
    }
    return tex;
  };
  const power = () => {
    const base = factor();
    if (!take('^')) return base;
    const minus = take('-');
    if (take('T')) return `${base}^{\\top}`;
    return `${base}^{${minus}${next() === '(' ? bracket().slice(1, -1) : factor()}}`;
  };
  const factor = () => {
    if (CLOSING[next()]) return bracket();
    if (/^\d/.test(next())) return tokens[at++].text;
    if (!/^[A-Za-z]/.test(next())) missing('a name, a number or a bracket');
    const name = nameTex(tokens[at++].text);
    return name + (/^[([]$/.test(next()) && !spaced() ? bracket() : '');
  };
  const bracket = () => {
    open.unshift(tokens[at++].text);
    const inside = open[0] === '|' ? sum() : list().join(', ');
    if (!take(CLOSING[open[0]])) missing(CLOSING[open[0]]);
    const [left, right] = BRACKETS[open.shift()];
    return left + inside + right;
  };
  const found = list();
  if (at < tokens.length) missing('a sign');
  return found;
}

module.exports = { formulasOf };
