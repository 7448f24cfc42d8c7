// The drawings of part III, chapters 12 to 17, and the map of the book.
'use strict';
const fs = require('fs');
const path = require('path');
const { Drawing } = require('./pen');

/** Chapter 12: the contours of a quadratic loss, and steps at two rates. */
function ellipse() {
  const d = new Drawing(480, 262, 'Contours of a loss with two curvatures, and gradient descent a little below and above 2 / lambda');
  const panel = (cx, title, c, colour, words) => {
    const cy = 132, a = 150, ratio = 3.2;  // lambda_1 / lambda_2 = ratio^2
    for (const r of [0.3, 0.6, 0.9]) {
      d.add('ellipse', { cx, cy, rx: (a * r) / 1.42, ry: (a * r) / ratio / 0.82, ...d.stroke({ c: 'line', w: 1.4 }) });
    }
    let x = -0.92, y = c > 2 ? 0.16 : 0.9;
    const at = () => [cx + x * (a / 1.42) * 0.9, cy + y * (a / ratio / 0.82) * 0.9];
    for (let k = 0; k < 9; ++k) {
      const from = at();
      y *= 1 - c; x *= 1 - c / (ratio * ratio);
      if (Math.abs(y) > 1.35) break;
      d.line(...from, ...at(), { c: colour, w: 1.4 });
      d.dot(...from, colour, 2.8);
    }
    d.dot(...at(), colour, 2.8);
    d.dot(cx, cy, 'ink', 3);
    d.text(cx, 26, title, { size: 14 });
    d.note(cx, 234, words, { c: colour });
  };
  panel(122, '$η = 1.8 / λ_1$', 1.8, 'blue', 'zigzags across, creeps along');
  panel(358, '$η = 2.2 / λ_1$', 2.2, 'orange', 'leaves along the steep axis');
  d.arrow(240, 128, 240, 86, { c: 'soft', w: 1.2 }); d.note(240, 80, '$λ_1$');
  d.note(240, 254, 'steep axis: curvature $λ_1$; flat axis: $λ_2$, a tenth of it');
  return d;
}

/** Chapter 13: the catapult in the plane of u and v. */
function catapult() {
  const d = new Drawing(480, 300, 'A catapult: thrown across the valley u v = 0 again and again, it lands where the valley is flatter');
  const [cx, cy, s] = [170, 158, 44];
  const at = (u, v) => [cx + s * u, cy - s * v];
  const clip = (points) => points.filter(([x, y]) => x > 24 && x < 318 && y > 28 && y < 286);
  for (const f of [1, 2.5, 4.5]) for (const [su, sv] of [[1, 1], [1, -1], [-1, 1], [-1, -1]]) {
    const points = [];
    for (let t = -1.6; t <= 1.6; t += 0.05) points.push(at(su * Math.sqrt(f) * Math.exp(t), sv * Math.sqrt(f) * Math.exp(-t)));
    d.curve(clip(points), { c: 'line', w: 1.3 });
  }
  d.line(...at(-3.3, 0), ...at(3.3, 0), { c: 'green', w: 3 });
  d.line(...at(0, -2.85), ...at(0, 2.85), { c: 'green', w: 3 });
  // f = u v, y = 0: u' = u - eta f v, v' = v - eta f u, at c = eta (u^2 + v^2) = 3.
  let [u, v] = [2.9, -0.2];
  const eta = 3 / (u * u + v * v);
  const path = [[u, v]];
  for (let k = 0; k < 40; ++k) {
    const f = u * v;
    [u, v] = [u - eta * f * v, v - eta * f * u];
    path.push([u, v]);
  }
  d.curve(path.slice(0, 14).map(([a, b]) => at(a, b)), { c: 'orange', w: 1.4 });
  path.slice(0, 14).forEach(([a, b]) => d.dot(...at(a, b), 'orange', 2.8));
  const [x0, y0] = at(...path[0]);
  d.text(x0 - 4, y0 + 40, 'start', { c: 'orange', size: 13 });
  d.circle(...at(...path[40]), 6, { c: 'ink', w: 2 });
  d.note(...at(3.42, -0.1), '$u$'); d.note(...at(0.26, 2.7), '$v$');
  d.note(334, 60, 'green: the valley', { at: 'start', c: 'green' });
  d.note(334, 77, '$u v = 0$, loss 0', { at: 'start', c: 'green' });
  d.note(334, 112, 'its curvature is', { at: 'start' });
  d.note(334, 129, '$λ = u^2 + v^2$:', { at: 'start' });
  d.note(334, 146, 'flatter inwards', { at: 'start' });
  d.note(334, 181, '$ηλ = 3$ at the', { at: 'start', c: 'orange' });
  d.note(334, 198, 'start: each step', { at: 'start', c: 'orange' });
  d.note(334, 215, 'throws it across', { at: 'start', c: 'orange' });
  d.note(334, 250, 'ring: it rests where', { at: 'start', c: 'ink' });
  const [ur, vr] = path[40];
  d.note(334, 267, `$ηλ = ${(eta * (ur * ur + vr * vr)).toFixed(1)}$`, { at: 'start', c: 'ink' });
  return d;
}

/** Chapter 14: the phases along c. */
function phases() {
  const d = new Drawing(480, 176, 'The phases of early training along c, the learning rate in units of one over the initial sharpness');
  const X = (c) => 24 + 100 * Math.log2(c * 2);
  const strip = [[0.5, 2, 'blue', 'the loss falls'], [2, 4, 'green', 'catapult'], [4, 6.2, 'orange', 'sharper'], [6.2, 10.4, 'soft', 'diverges']];
  for (const [from, to, c, words] of strip) {
    d.rect(X(from), 72, X(to) - X(from), 46, { c: 'none', fill: c, opacity: 0.22, r: 0 });
    d.text((X(from) + X(to)) / 2, 100, words, { c: c === 'soft' ? 'ink' : c, size: 12.5, bold: true });
  }
  [[2, '$c_{loss}$'], [4, '$c_{sharp}$'], [6.2, '$c_{max}$']].forEach(([c, name]) => {
    d.line(X(c), 58, X(c), 124, { c: 'ink', w: 1.6 });
    d.text(X(c), 48, name, { size: 15 });
  });
  d.arrow(24, 140, 470, 140, { c: 'soft', w: 1.2 });
  d.line(X(2), 140, X(2), 145, { c: 'soft', w: 1.2 });
  d.note(X(2), 160, '2, or above');
  d.note(456, 160, '$c = η λ_0$', { at: 'end' });
  d.text(16, 22, 'Ten steps at the rate $c / λ_0$', { at: 'start', size: 13, bold: true });
  return d;
}

/** Chapter 15: two numbers that open and close the room above c = 2. */
function room() {
  const d = new Drawing(480, 214, 'Where the loss first rises: q, the output against the curvature, moves the boundary up from 2; rho, the labels against it, down');
  d.text(16, 24, 'Where does the loss first rise?', { at: 'start', size: 13, bold: true });
  d.arrow(24, 112, 462, 112, { c: 'soft', w: 1.4 });
  d.note(456, 132, '$c$');
  d.line(206, 58, 206, 120, { c: 'ink', w: 2 });
  d.text(206, 138, '2', { size: 14 });
  d.note(206, 48, 'a parabola', { c: 'ink' });
  d.line(86, 104, 86, 120, { c: 'soft', w: 1.4 });
  d.text(86, 138, '1', { c: 'soft', size: 14 });
  d.arrow(214, 90, 420, 90, { c: 'blue', w: 3, size: 9 });
  d.arrow(198, 90, 98, 90, { c: 'orange', w: 3, size: 9 });
  d.text(317, 78, '$q$ = $f_0^2 / N λ_0^2$', { c: 'blue', size: 14 });
  d.text(146, 78, '$ρ$', { c: 'orange', size: 15 });
  d.note(317, 162, 'the output against the curvature:', { c: 'blue' });
  d.note(317, 179, 'a narrow network has room', { c: 'blue' });
  d.note(110, 162, 'the labels against it:', { c: 'orange' });
  d.note(110, 179, '$α$ small, or $f / n$', { c: 'orange' });
  d.note(240, 204, 'a zero last layer has $q$ = 0, and stays a little above 2');
  return d;
}

/** Chapter 16: two points between which gradient descent goes to and fro. */
function toAndFro() {
  const d = new Drawing(480, 226, 'Two points of a valley with opposite slopes; the step between them undoes itself');
  const loss = (w) => 0.9 * w * w + 0.16 * w * w * w;
  const X = (w) => 200 + 105 * w, Y = (w) => 176 - 92 * loss(w);
  d.curve(Array.from({ length: 61 }, (_, k) => -1.5 + k * 0.05).filter((w) => w > -1.42 && w < 1.18).map((w) => [X(w), Y(w)]), { c: 'soft', w: 1.8 });
  // g(a) = -g(b): 1.8 a + 0.48 a^2 = -(1.8 b + 0.48 b^2).
  const b = 0.56, g = 1.8 * b + 0.48 * b * b;
  const a = (-1.8 + Math.sqrt(1.8 * 1.8 - 4 * 0.48 * g)) / 0.96;
  for (const w of [a, b]) {
    const slope = (1.8 * w + 0.48 * w * w) * 92, l = 44 / Math.hypot(105, slope);
    d.line(X(w) - 105 * l, Y(w) + slope * l, X(w) + 105 * l, Y(w) - slope * l, { c: 'blue', w: 1.6 });
    d.dot(X(w), Y(w), 'orange', 4.5);
  }
  d.bend(X(b) - 6, Y(b) - 8, X(-0.1), 40, X(a) + 6, Y(a) - 9, { c: 'orange', w: 1.8 });
  d.bend(X(a) + 8, Y(a) + 8, X(-0.15), Y(b) + 44, X(b) - 8, Y(b) + 7, { c: 'orange', w: 1.8 });
  d.text(X(a) - 14, Y(a) + 4, '$w_1$', { at: 'end', size: 14 });
  d.text(X(b) + 12, Y(b) + 4, '$w_2$', { at: 'start', size: 14 });
  d.note(340, 96, 'blue: slopes $g$ and $−g$', { at: 'start', c: 'blue' });
  d.note(340, 120, 'the step is $η g$, and', { at: 'start', c: 'orange' });
  d.note(340, 137, 'the next undoes it', { at: 'start', c: 'orange' });
  d.note(240, 212, 'over the distance $η g$ the slope changes by $2 g$: a mean curvature of $2/η$', { c: 'ink' });
  return d;
}

/** Chapter 17: the path of the curvature under two tables. */
function paths() {
  const d = new Drawing(480, 214, 'The path of eta lambda along training: under NTK it depends on the width, under muP hardly');
  const panel = (x0, title, ends) => {
    d.text(x0 + 95, 24, title, { size: 13, bold: true });
    d.arrow(x0, 172, x0 + 200, 172, { c: 'soft', w: 1.2 });
    d.arrow(x0, 172, x0, 42, { c: 'soft', w: 1.2 });
    d.line(x0, 66, x0 + 192, 66, { c: 'ink', w: 1.2, dash: '5 4' });
    d.note(x0 - 8, 70, '2', { at: 'end', c: 'ink' });
    d.note(x0 - 8, 118, '$ηλ$', { at: 'end' });
    d.note(x0 + 192, 190, 'step', { at: 'end' });
    ends.forEach(([c, end], k) => {
      const points = Array.from({ length: 48 }, (_, t) => [x0 + 4 * t, 140 - (140 - end) * (1 - Math.exp(-t / 14)) - k * 1.5]);
      d.curve(points, { c, w: 2 });
    });
  };
  panel(40, 'NTK', [['soft', 88], ['blue', 116], ['orange', 136]]);
  panel(272, 'muP', [['soft', 74], ['blue', 74], ['orange', 74]]);
  d.note(132, 90, 'narrow', { c: 'soft' });
  d.note(210, 154, 'wide', { c: 'orange' });
  d.note(390, 116, 'all widths');
  d.note(240, 208, 'features that move alike make the curvature move alike', { c: 'ink' });
  return d;
}

/** [chapter, one that needs it], as the pages say it: "You need [chapter 1](..) and [chapter 5](..)." */
function needs() {
  const book = path.join(__dirname, '..');
  return fs.readdirSync(book).filter((name) => /^\d\d-.*\.md$/.test(name)).flatMap((name) => {
    const said = fs.readFileSync(path.join(book, name), 'utf8').match(/^You need .*?(?=Afterwards)/m);
    return [...(said ? said[0] : '').matchAll(/\]\((\d\d)-/g)].map((m) => [Number(m[1]), parseInt(name, 10)]);
  });
}

/** Which chapter needs which. */
function map() {
  const d = new Drawing(480, 556, 'The map of the book: an arrow leads from a chapter to one that needs it');
  const at = {
    1: [240, 40], 2: [140, 106], 3: [60, 172], 4: [176, 172], 5: [140, 238], 6: [100, 304], 7: [56, 370], 8: [156, 370],
    9: [56, 436], 10: [156, 436], 11: [156, 502], 12: [350, 238], 13: [350, 304], 14: [304, 370], 15: [304, 436],
    16: [414, 370], 17: [414, 436],
  };
  const names = {
    1: 'Chain rule', 2: 'Signals', 3: 'One pass', 4: 'Wider, deeper', 5: 'One step', 6: 'Freedoms', 7: 'Check', 8: 'Invariants',
    9: 'SGD', 10: 'Adam', 11: 'Depth', 12: 'Sharpness', 13: 'Catapult', 14: 'Phases', 15: 'Output', 16: 'Edge', 17: 'Consistency',
  };
  const style = { c: 'soft', w: 1.2, size: 6 };
  // Around what stands in the way.
  const detours = {
    '2-11': () => d.path('M180 106L226 106Q242 106 242 122L242 486Q242 502 226 502L201 502', style).head(196, 502, Math.PI, 'soft', 6),
    '9-17': () => d.path('M56 453L56 524Q56 540 72 540L398 540Q414 540 414 524L414 459', style).head(414, 453, -Math.PI / 2, 'soft', 6),
  };
  for (const [from, to] of needs()) {
    const [x1, y1] = at[from], [x2, y2] = at[to];
    if (detours[`${from}-${to}`]) detours[`${from}-${to}`]();
    else if (y1 === y2) d.arrow(x1 + 42, y1, x2 - 42, y2, style);
    else d.arrow(x1 + (x2 - x1) * 0.28, y1 + 17, x1 + (x2 - x1) * 0.72, y2 - 17, style);
  }
  for (const [k, [x, y]] of Object.entries(at)) {
    const c = k <= 5 ? 'blue' : k <= 11 ? 'green' : 'orange';
    const long = names[k].length > 9;
    const w = long ? 96 : 80;
    d.rect(x - w / 2, y - 16, w, 32, { c, fill: 'page', r: 8 });
    d.text(x, y - 1, k, { c, size: 11, bold: true });
    d.text(x, y + 12, names[k], { size: 11.5 });
  }
  d.note(16, 24, 'Part I', { at: 'start', c: 'blue' });
  d.note(16, 40, 'Part II', { at: 'start', c: 'green' });
  d.note(16, 56, 'Part III', { at: 'start', c: 'orange' });
  return d;
}

module.exports = {
  'ch12/ellipse': ellipse,
  'ch13/catapult': catapult,
  'ch14/phases': phases,
  'ch15/room': room,
  'ch16/to_and_fro': toAndFro,
  'ch17/paths': paths,
  'index/map': map,
};
