// The pen of the book's drawings: one set of strokes, fonts and arrowheads. A drawing is an SVG that
// takes the colours of the page it stands in, and has its own, on white, where it stands alone.
'use strict';

// role: [variable of the site, colour elsewhere]
const COLOURS = {
  ink: ['--ink', '#1d2430'], soft: ['--soft', '#5c6573'], line: ['--line', '#d9d7d0'],
  panel: ['--panel', '#f6f5f1'], page: ['--page', '#ffffff'], blue: ['--accent', '#0b5fae'],
  orange: ['--warn', '#b3480a'], green: ['--good', '#1a7a45'],
};
const paint = (role) => (role === 'none' ? 'none' : `var(${COLOURS[role][0]}, ${COLOURS[role][1]})`);
const STYLE = `.drawing text{font-family:Inter,system-ui,"Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
.drawing .m{font-family:KaTeX_Main,"Latin Modern Math","STIX Two Text","Times New Roman","Liberation Serif",serif;font-size:1.14em}
.drawing .i{font-style:italic;font-family:KaTeX_Math,"STIX Two Text","Times New Roman","Liberation Serif",serif}
.drawing .b{text-decoration:overline}
.drawing .s{font-size:.8em}`;

const round = (x) => Math.round(x * 100) / 100;
const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A formula of the drawings: letters italic, `_`, `^` before one sign or {..}, words upright, `~x` a bar over x. */
function formula(tex) {
  const out = [];
  let shift = 0;  // of the baseline, to be undone by the next piece
  const put = (text, classes, dy) => {
    const attributes = [`class="${classes}${dy ? ' s' : ''}"`];
    if (dy - shift) attributes.push(`dy="${round(dy - shift)}"`);
    out.push(`<tspan ${attributes.join(' ')}>${escape(text)}</tspan>`);
    shift = dy;
  };
  const pieces = (s, dy) => {
    for (const [piece] of s.matchAll(/[a-z]{3,}|~?[A-Za-zα-ωΔ∂∇]|[^A-Za-zα-ωΔ∂∇~]+/gu)) {
      const bar = piece.startsWith('~');
      const text = bar ? piece.slice(1) : piece;
      const italic = /^[A-Za-zα-ω]$/u.test(text);
      put(text, italic ? (bar ? 'm i b' : 'm i') : 'm', dy);
    }
  };
  for (const [, mark, group, one, plain] of tex.matchAll(/([_^])(?:\{([^}]*)\}|(.))|([^_^]+)/gu)) {
    if (plain !== undefined) pieces(plain, 0);
    else pieces(group || one, mark === '_' ? 3.5 : -5.5);
  }
  return { text: out.join(''), shift };
}

/** A text with formulas between dollars. */
function inline(text) {
  let owed = 0;
  return text.split('$').map((part, k) => {
    if (!part) return '';
    const back = owed ? ` dy="${round(-owed)}"` : '';
    if (k % 2 === 0) {
      owed = 0;
      return back ? `<tspan${back}>${escape(part)}</tspan>` : escape(part);
    }
    const made = formula(part);
    const first = back ? made.text.replace('<tspan ', `<tspan${back} `) : made.text;
    owed = made.shift;
    return first;
  }).join('');
}

class Drawing {
  constructor(width, height, title) {
    Object.assign(this, { width, height, title, parts: [] });
  }

  add(tag, attributes, inner = '') {
    const list = Object.entries(attributes).filter(([, v]) => v !== undefined && v !== '')
      .map(([k, v]) => `${k}="${typeof v === 'number' ? round(v) : v}"`).join(' ');
    this.parts.push(inner ? `<${tag} ${list}>${inner}</${tag}>` : `<${tag} ${list}/>`);
    return this;
  }

  stroke({ c = 'ink', w = 1.5, dash, fill = 'none', opacity } = {}) {
    return { fill: paint(fill), stroke: c === 'none' ? 'none' : paint(c), 'stroke-width': w,
      'stroke-dasharray': dash, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
      opacity };
  }

  path(d, style) { return this.add('path', { d, ...this.stroke(style) }); }
  line(x1, y1, x2, y2, style) { return this.path(`M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`, style); }
  curve(points, style) {
    return this.path(points.map(([x, y], k) => `${k ? 'L' : 'M'}${round(x)} ${round(y)}`).join(''), style);
  }
  rect(x, y, width, height, style = {}) {
    return this.add('rect', { x, y, width, height, rx: style.r === undefined ? 4 : style.r, ...this.stroke(style) });
  }
  circle(cx, cy, r, style) { return this.add('circle', { cx, cy, r, ...this.stroke(style) }); }
  dot(cx, cy, c = 'ink', r = 3.5) { return this.circle(cx, cy, r, { c: 'none', fill: c }); }

  /** The head of an arrow that arrives at (x, y) from the angle `a`. */
  head(x, y, a, c, size = 7) {
    const at = (side) => `${round(x - size * Math.cos(a + side))} ${round(y - size * Math.sin(a + side))}`;
    return this.path(`M${round(x)} ${round(y)}L${at(0.42)}L${at(-0.42)}Z`, { c, w: 1, fill: c });
  }
  arrow(x1, y1, x2, y2, style = {}) {
    const a = Math.atan2(y2 - y1, x2 - x1);
    this.line(x1, y1, x2 - 5 * Math.cos(a), y2 - 5 * Math.sin(a), style);
    return this.head(x2, y2, a, style.c || 'ink', style.size);
  }
  /** From one point to another by way of a control point. */
  bend(x1, y1, cx, cy, x2, y2, style = {}) {
    const a = Math.atan2(y2 - cy, x2 - cx);
    this.path(`M${x1} ${y1}Q${cx} ${cy} ${round(x2 - 5 * Math.cos(a))} ${round(y2 - 5 * Math.sin(a))}`, style);
    return this.head(x2, y2, a, style.c || 'ink', style.size);
  }

  /** `halo` keeps lines away from the letters. */
  text(x, y, words, { c = 'ink', size = 13.5, at = 'middle', bold, rotate, halo } = {}) {
    return this.add('text', { x, y, 'text-anchor': at, 'font-size': size, 'font-weight': bold && 600,
      fill: paint(c), stroke: halo && paint('page'), 'stroke-width': halo && 4,
      style: halo && 'paint-order:stroke', 'stroke-linejoin': halo && 'round', transform: rotate && `rotate(${rotate} ${round(x)} ${round(y)})` }, inline(words));
  }
  note(x, y, words, options = {}) { return this.text(x, y, words, { c: 'soft', size: 12, ...options }); }

  svg() {
    return `<svg class="drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" ` +
      `width="${this.width}" height="${this.height}" role="img">\n<title>${escape(this.title)}</title>\n` +
      `<style>${STYLE}</style>\n` +
      `<rect class="sheet" width="100%" height="100%" fill="${paint('page')}"/>\n${this.parts.join('\n')}\n</svg>\n`;
  }
}

module.exports = { Drawing };
