// The drawings of part I: chapters 1 to 5.
'use strict';
const { Drawing } = require('./pen');

/** The graph of a = x y, b = a + x, f = a b, with what each order hands back. */
function graph(wrong) {
  const d = new Drawing(480, 268, wrong
    ? 'The same graph in the order f, a, b: a hands on 8 before its share of 6 has come'
    : 'The graph of a = x y, b = a + x, f = a b with its values, and the slopes on the way back');
  const nodes = { x: [56, 70], y: [56, 206], a: [188, 166], b: [312, 70], f: [424, 122] };
  const values = { x: 2, y: 3, a: 6, b: 8, f: 48 };
  const edge = (from, to) => {
    const [x1, y1] = nodes[from], [x2, y2] = nodes[to];
    const l = Math.hypot(x2 - x1, y2 - y1), ux = (x2 - x1) / l, uy = (y2 - y1) / l;
    d.line(x1 + 24 * ux, y1 + 24 * uy, x2 - 24 * ux, y2 - 24 * uy, { c: 'line', w: 2 });
    return [ux, uy];
  };
  const share = (from, to, words, [x, y, at], c = 'orange') => {
    const [ux, uy] = edge(from, to);
    const [x1, y1] = nodes[from], [x2, y2] = nodes[to];
    d.arrow(x2 - 26 * ux, y2 - 26 * uy, x1 + 27 * ux, y1 + 27 * uy, { c, w: 1.8 });
    d.text(x, y, words, { c, size: 13, at, halo: true });
  };
  const back = wrong ? { x: 30, y: 16 } : { x: 48, y: 28 };
  share('x', 'b', '6', [184, 62]);
  share('x', 'a', wrong ? '$8 · 3 = 24$' : '$14 · 3 = 42$', [136, 116, 'start']);
  share('y', 'a', wrong ? '$8 · 2 = 16$' : '$14 · 2 = 28$', [98, 216, 'start']);
  share('a', 'b', wrong ? '6, too late' : '6', wrong ? [258, 138, 'start'] : [258, 134, 'start'], wrong ? 'soft' : 'orange');
  share('a', 'f', '$b = 8$', [326, 162, 'start']);
  share('b', 'f', '$a = 6$', [368, 78, 'start']);
  for (const [name, [x, y]] of Object.entries(nodes)) {
    d.circle(x, y, 23, { c: 'ink', fill: 'panel' });
    d.text(x, y - 1, `$${name}$`, { size: 14 });
    d.text(x, y + 14, String(values[name]), { c: 'blue', size: 12.5, bold: true });
  }
  const bar = (x, y, name, value, at = 'middle') => d.text(x, y, `$~${name}$ = ${value}`, { c: 'orange', at });
  bar(56, 36, 'x', back.x);
  bar(56, 247, 'y', back.y);
  bar(210, 198, 'a', wrong ? '8' : '8 + 6 = 14', 'start');
  bar(312, 36, 'b', 6);
  bar(424, 164, 'f', 1);
  d.note(470, 218, 'values go right', { c: 'blue', at: 'end' });
  d.note(470, 236, 'slopes come back', { c: 'orange', at: 'end' });
  d.note(470, 254, wrong ? 'order $f$, $a$, $b$: wrong' : 'order $f$, $b$, $a$', { at: 'end' });
  return d;
}

/** Row times matrix against matrix times matrix. */
function thinEnd() {
  const d = new Drawing(480, 262, 'A row times a matrix is a row; a matrix times a matrix is a matrix');
  const block = (x, y, w, h, name, c = 'ink') => {
    d.rect(x, y, w, h, { c, fill: 'panel', r: 2 });
    d.text(x + w / 2, y + h / 2 + 5, name, { c, size: 14 });
  };
  const row = (y, label, cost, c) => {
    d.note(16, y, label, { at: 'start', c: 'ink', size: 13 });
    d.text(464, y, cost, { at: 'end', c, size: 13 });
  };
  row(24, 'From the loss: rows all the way', '$n^2 + n^2$ products', 'green');
  block(16, 59, 78, 22, '$J_3$', 'green'); d.text(105, 75, '·');
  block(116, 38, 64, 64, '$J_2$'); d.text(191, 75, '=');
  block(202, 59, 64, 22, '', 'green'); d.text(277, 75, '·');
  block(288, 38, 64, 64, '$J_1$'); d.text(363, 75, '=');
  block(374, 59, 64, 22, '$dL/dw$', 'green');
  d.line(16, 124, 464, 124, { c: 'line', w: 1 });
  row(150, 'From the weights: the first product is a matrix', '$n^3 + n^2$ products', 'orange');
  block(16, 164, 64, 64, '$J_2$'); d.text(91, 201, '·');
  block(102, 164, 64, 64, '$J_1$'); d.text(177, 201, '=');
  block(188, 164, 64, 64, '', 'orange');
  block(288, 185, 64, 22, '$J_3$'); d.text(270, 201, ','); d.text(363, 201, '·');
  d.note(220, 200, '$n$ by $n$', { c: 'orange' });
  block(374, 164, 64, 64, '', 'orange');
  d.note(240, 252, '$J_3$ is one row, since a loss is one number: start at the thin end.');
  return d;
}

/** What the tape holds while the way there and the way back run. */
function memory() {
  const d = new Drawing(480, 250, 'Arrays that are held while a gradient is computed: all, or every fourth');
  const lane = (y0, title, held) => {
    d.text(16, y0 - 66, title, { at: 'start', size: 13, bold: true });
    const steps = 32, x = (t) => 30 + t * 13.4, y = (h) => y0 - h * 3.1;
    const points = Array.from({ length: steps + 1 }, (_, t) => [x(t), y(held(t))]);
    d.path(`M${x(0)} ${y0}${points.map(([a, b]) => `L${a.toFixed(1)} ${b.toFixed(1)}`).join('')}L${x(steps).toFixed(1)} ${y0}Z`,
      { c: 'none', fill: 'blue', opacity: 0.16 });
    d.curve(points, { c: 'blue', w: 2 });
    d.line(30, y0, 460, y0, { c: 'soft', w: 1 });
    d.line(x(16), y0, x(16), y0 - 60, { c: 'soft', w: 1, dash: '3 3' });
  };
  lane(92, 'keep everything', (t) => (t <= 16 ? t : 32 - t));
  d.note(125, 108, 'way there: every layer keeps its arrays');
  d.note(355, 108, 'way back: freed as they are used');
  const frugal = (t) => {
    if (t <= 16) return Math.floor(t / 4) + 1;
    const left = 32 - t;  // layers still to go
    const segment = Math.ceil(left / 4);
    return segment + (left % 4 === 0 && t > 16 ? 4 : left % 4);
  };
  lane(214, 'keep every 4th, and compute the others again', frugal);
  d.note(125, 230, 'way there: 4 of 16 layers');
  d.note(355, 230, 'way back: one segment at a time');
  return d;
}

/** Chapter 2: where both normals are positive. */
function wedge() {
  const d = new Drawing(480, 290, 'The half planes in which u and u′ are positive, and the wedge in which both are');
  const [cx, cy, R] = [170, 150, 118], theta = Math.PI / 3;
  const at = (phi, r = R) => [cx + r * Math.cos(phi), cy - r * Math.sin(phi)];
  const arc = (from, to, r) => {
    const [x1, y1] = at(from, r), [x2, y2] = at(to, r);
    return `${x1.toFixed(1)} ${y1.toFixed(1)}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 0 ${x2.toFixed(1)} ${y2.toFixed(1)}`;
  };
  d.path(`M${cx} ${cy}L${arc(theta - Math.PI / 2, Math.PI / 2, R)}Z`, { c: 'none', fill: 'green', opacity: 0.2 });
  d.circle(cx, cy, R, { c: 'line', w: 1.5 });
  d.line(...at(Math.PI / 2, R + 12), ...at(-Math.PI / 2, R + 12), { c: 'blue', w: 1.4, dash: '5 4' });
  d.line(...at(theta + Math.PI / 2, R + 12), ...at(theta - Math.PI / 2, R + 12), { c: 'orange', w: 1.4, dash: '5 4' });
  d.arrow(cx, cy, ...at(0, R + 26), { c: 'blue', w: 2 });
  d.arrow(cx, cy, ...at(theta, R + 22), { c: 'orange', w: 2 });
  d.path(`M${arc(0, theta, 34)}`, { c: 'ink', w: 1.2 });
  d.text(...at(theta / 2, 48).map((v, k) => v + (k ? 5 : 0)), '$θ$');
  d.text(...at(-0.16, 86), 'both', { c: 'green', bold: true, size: 13 });
  d.text(330, 156, '$u$', { c: 'blue', size: 15 });
  d.text(248, 30, '$u$′', { c: 'orange', size: 15 });
  d.note(348, 204, '$u > 0$ right of', { at: 'start', c: 'blue' });
  d.note(348, 220, 'the blue line', { at: 'start', c: 'blue' });
  d.note(348, 244, '$u$′ > 0 above', { at: 'start', c: 'orange' });
  d.note(348, 260, 'the orange one', { at: 'start', c: 'orange' });
  d.note(348, 66, 'The wedge is', { at: 'start' });
  d.note(348, 82, '$π − θ$ wide: two', { at: 'start' });
  d.note(348, 98, 'alike inputs share', { at: 'start' });
  d.note(348, 114, 'a half plane.', { at: 'start' });
  return d;
}

/** Chapter 3: shapes forward, delta back, the gradient as an outer product. */
function outerProduct() {
  const d = new Drawing(480, 300, 'A layer: z comes in, delta comes back, and the gradient is the product of both');
  const bar = (x, y, h, name, c, shape, w = 16) => {
    d.rect(x, y - h / 2, w, h, { c, fill: 'panel', r: 2 });
    if (name) d.text(x + w / 2, y - h / 2 - 9, name, { c, size: 14 });
    if (shape) d.note(x + w / 2, y + h / 2 + 16, shape);
  };
  const y = 76;
  bar(24, y, 40, '$x$', 'blue', '$m$');
  bar(150, y, 84, '$z_1$', 'blue', '$n$');
  bar(276, y, 84, '$z_2$', 'blue', '$n$');
  bar(402, y, 16, '$f$', 'blue', '1');
  const between = (x1, x2, name, shape) => {
    d.arrow(x1, y - 10, x2, y - 10, { c: 'blue', w: 1.8 });
    d.arrow(x2, y + 12, x1, y + 12, { c: 'orange', w: 1.8 });
    d.text((x1 + x2) / 2, y - 20, name, { size: 14 });
    d.note((x1 + x2) / 2, y - 37, shape, { size: 11.5 });
  };
  between(48, 142, '$W_1$', '$m × n$');
  between(174, 268, '$W_2$', '$n × n$');
  between(300, 394, '$W_3$', '$n × 1$');
  d.text(95, y + 32, '$δ_1$', { c: 'orange', size: 14 });
  d.text(221, y + 32, '$δ_2$', { c: 'orange', size: 14 });
  d.text(347, y + 32, '$δ_3 = 1$', { c: 'orange', size: 14 });
  d.line(16, 152, 464, 152, { c: 'line', w: 1 });
  d.text(24, 178, 'The gradient of $W_2$ is a column times a row:', { at: 'start', size: 13 });
  d.rect(74, 196, 14, 84, { c: 'blue', fill: 'panel', r: 2 });
  d.text(56, 243, '$z_1^⊤$', { c: 'blue', size: 14 });
  d.text(104, 243, '·');
  d.rect(122, 231, 84, 14, { c: 'orange', fill: 'panel', r: 2 });
  d.text(164, 224, '$δ_2$', { c: 'orange', size: 14 });
  d.text(226, 243, '=');
  d.rect(248, 196, 84, 84, { c: 'ink', fill: 'panel', r: 2 });
  d.text(290, 243, '$∂f/∂W_2$', { size: 14 });
  d.note(350, 224, 'rank one, so', { at: 'start' });
  d.note(350, 242, 'its norm is', { at: 'start' });
  d.note(350, 260, '$|z_1| · |δ_2|$', { at: 'start', c: 'ink', size: 13 });
  return d;
}

/** Chapter 4: four rates on one parabola. */
function parabolas() {
  const d = new Drawing(480, 206, 'Gradient descent on a parabola with four products of rate and curvature');
  [[0.15, 'too slow', 'soft'], [1, 'one step', 'green'], [1.8, 'jumps over', 'blue'], [2.1, 'diverges', 'orange']]
    .forEach(([c, words, colour], k) => {
      const cx = 62 + k * 119, base = 150, sx = 42, sy = 78;
      const at = (w) => [cx + sx * w, base - sy * w * w];
      d.curve(Array.from({ length: 41 }, (_, i) => at(-1.12 + i * 0.056)), { c: 'soft', w: 1.3 });
      let w = c > 2 ? 0.72 : 1;
      const steps = c > 2 ? 5 : c === 1 ? 1 : 5;
      for (let i = 0; i < steps; ++i) {
        const next = (1 - c) * w;
        if (Math.abs(next) > 1.12) break;
        d.line(...at(w), ...at(next), { c: colour, w: 1.3 });
        d.dot(...at(w), colour, 3);
        w = next;
      }
      if (Math.abs(w) < 1.12) d.dot(...at(w), colour, 3);
      d.text(cx, 30, `$ηλ = ${c}$`, { size: 14 });
      d.text(cx, 176, words, { c: colour, size: 13 });
      d.note(cx, 194, `factor ${(1 - c).toFixed(c === 1 ? 0 : 2).replace('-', '−').replace(/0$/, (z) => (c === 1 ? z : ''))}`);
    });
  return d;
}

/** Chapter 5: a sum of random signs beside a sum of aligned terms. */
function sums() {
  const d = new Drawing(480, 232, 'Sixteen steps of random sign end near the start; sixteen aligned steps end 16 away');
  const signs = [1, -1, -1, 1, 1, 1, -1, 1, -1, -1, 1, -1, 1, 1, 1, -1];
  const unit = 24, x0 = 60;
  d.text(16, 24, 'random signs: the start', { at: 'start', size: 13, bold: true });
  let x = x0;
  signs.forEach((s, k) => {
    const y = 40 + k * 3.4;
    d.arrow(x, y, x + s * unit, y, { c: s > 0 ? 'blue' : 'soft', w: 1.3, size: 5 });
    x += s * unit;
  });
  d.line(x0, 34, x0, 104, { c: 'soft', w: 1, dash: '3 3' });
  d.arrow(x0, 112, x, 112, { c: 'blue', w: 3, size: 9 });
  d.text(x + 14, 117, 'a few terms long: as $√n$', { at: 'start', c: 'blue', size: 13 });
  d.line(16, 138, 464, 138, { c: 'line', w: 1 });
  d.text(16, 164, 'aligned: the change in a step', { at: 'start', size: 13, bold: true });
  for (let k = 0; k < 16; ++k) d.arrow(x0 + k * unit, 182, x0 + (k + 1) * unit, 182, { c: 'orange', w: 1.3, size: 5 });
  d.line(x0, 176, x0, 206, { c: 'soft', w: 1, dash: '3 3' });
  d.arrow(x0, 200, x0 + 16 * unit, 200, { c: 'orange', w: 3, size: 9 });
  d.text(x0 + 8 * unit, 222, 'all terms long: as $n$', { c: 'orange', size: 13 });
  return d;
}

module.exports = {
  'ch01/graph': () => graph(false),
  'ch01/graph_wrong': () => graph(true),
  'ch01/thin_end': thinEnd,
  'ch01/memory': memory,
  'ch02/wedge': wedge,
  'ch03/outer_product': outerProduct,
  'ch04/parabolas': parabolas,
  'ch05/sums': sums,
};
