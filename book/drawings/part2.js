// The drawings of part II: chapters 6 to 11.
'use strict';
const { Drawing } = require('./pen');

/** Chapter 6: the plane of what is real in the output layer, and a line of equivalent forms. */
function plane() {
  const d = new Drawing(480, 304, 'The plane of start and update of the output weights, and a line of forms that train alike');
  const X = (b) => 62 + 150 * b, Y = (g) => 226 - 130 * g;
  d.text(16, 24, 'What is real: a point for each parametrisation', { at: 'start', size: 13, bold: true });
  for (const v of [0, 0.5, 1]) {
    d.line(X(v), Y(0), X(v), Y(1) - 12, { c: 'line', w: 1 });
    d.line(X(0), Y(v), X(1) + 18, Y(v), { c: 'line', w: 1 });
    d.note(X(v), Y(0) + 18, v === 0.5 ? '½' : String(v));
    d.note(X(0) - 12, Y(v) + 4, v === 0.5 ? '½' : String(v), { at: 'end' });
  }
  d.arrow(X(0), Y(0), X(1) + 30, Y(0), { c: 'soft', w: 1.2 });
  d.arrow(X(0), Y(0), X(0), Y(1) - 24, { c: 'soft', w: 1.2 });
  d.note(X(0.5), Y(0) + 38, '$β = a + b$: how small it starts');
  d.note(24, Y(0.5), '$γ = 2a + c$: how small an update', { rotate: -90 });
  const point = (b, g, words, c, dx, dy, at) => {
    d.dot(X(b), Y(g), c, 5);
    d.text(X(b) + dx, Y(g) + dy, words, { c, at, size: 13, bold: true });
  };
  point(0.5, 0, 'SP', 'orange', 10, -8, 'start');
  point(0.5, 1, 'NTK', 'blue', -10, -9, 'end');
  point(1, 1, 'muP, mean field', 'green', 8, -12, 'middle');
  d.bend(X(0.5) - 4, Y(0) - 8, X(0.36), Y(0.5), X(0.5) - 5, Y(1) + 8, { c: 'soft', w: 1.2, dash: '4 3' });
  d.note(X(0.36), Y(0.44), 'rate ÷ $n$', { at: 'end' });
  d.text(318, 74, 'One point, many forms', { at: 'start', size: 13, bold: true });
  const forms = [['table 3', '(0, 1, 1)'], ['table 9', '(½, ½, 0)'], ['table 8', '(1, 0, −1)']];
  forms.forEach(([name, abc], k) => {
    const x = 340 + k * 24, y = 190 - k * 40;
    d.dot(x, y, 'green', 4.5);
    d.text(x + 12, y + 5, name, { at: 'start', size: 13 });
    d.note(x + 12, y + 20, `${abc}`, { at: 'start', size: 11.5 });
  });
  d.line(331, 205, 397, 95, { c: 'green', w: 1.4, dash: '5 4' });
  d.note(318, 240, '$(a, b, c)$ of the output;', { at: 'start' });
  d.note(318, 257, 'along the line a shift', { at: 'start' });
  d.note(318, 274, '$(a+t, b−t, c−2t)$ trains', { at: 'start' });
  d.note(318, 291, 'the same network.', { at: 'start' });
  return d;
}

/** Chapter 7: the size against the change. */
function check() {
  const d = new Drawing(480, 226, 'The size of h hides a growing change; the change alone shows it');
  const panel = (x0, title, sub) => {
    d.text(x0, 24, title, { at: 'start', size: 13, bold: true });
    d.note(x0, 41, sub, { at: 'start' });
    d.line(x0, 186, x0 + 190, 186, { c: 'soft', w: 1.2 });
  };
  panel(24, 'size of $h$', 'before, and after two steps');
  panel(266, 'change of $h$', 'the same networks');
  ['$n$', '$4n$', '$16n$'].forEach((name, k) => {
    const change = [4, 16, 64][k];
    const x = 44 + k * 60, y = 286 + k * 60;
    d.rect(x, 186 - 84, 34, 84, { c: 'soft', fill: 'panel', r: 2 });
    d.rect(x, 186 - 84 - [1, 3, 7][k], 34, [1, 3, 7][k], { c: 'none', fill: 'orange', r: 0 });
    d.rect(y, 186 - change * 1.7, 34, change * 1.7, { c: 'none', fill: 'orange', r: 2 });
    d.note(x + 17, 203, name); d.note(y + 17, 203, name);
  });
  d.note(119, 220, 'one and the same, it seems', { c: 'ink' });
  d.note(361, 220, '4 times for 4 times: slope 1', { c: 'orange' });
  return d;
}

/** Chapter 8: one direction against n. */
function rankOne() {
  const d = new Drawing(480, 266, 'The weights act in n directions, an update in one');
  const sphere = (cx, title, draw) => {
    d.text(cx, 24, title, { size: 13, bold: true });
    draw(cx, 128);
  };
  sphere(120, 'weights: $n$ directions', (cx, cy) => {
    d.circle(cx, cy, 74, { c: 'line', w: 1.5 });
    for (let k = 0; k < 16; ++k) {
      const a = (k * Math.PI) / 8 + 0.2, r = [74, 60, 68, 50, 71, 57, 64, 73][k % 8];
      d.arrow(cx, cy, cx + r * Math.cos(a), cy + r * Math.sin(a), { c: 'blue', w: 1.4, size: 6 });
    }
  });
  sphere(360, 'a step: one of them', (cx, cy) => {
    d.circle(cx, cy, 74, { c: 'line', w: 1.5 });
    for (let k = 0; k < 16; ++k) {
      const a = (k * Math.PI) / 8 + 0.2;
      d.line(cx, cy, cx + 70 * Math.cos(a), cy + 70 * Math.sin(a), { c: 'line', w: 1 });
    }
    const a = -0.59;
    d.arrow(cx, cy, cx + 74 * Math.cos(a), cy + 74 * Math.sin(a), { c: 'orange', w: 3, size: 10 });
  });
  d.note(120, 228, 'spectral norm: the longest arrow');
  d.note(360, 228, 'spectral norm: this arrow');
  d.note(120, 247, 'Frobenius: all, $√n$ times as much');
  d.note(360, 247, 'Frobenius: this arrow again');
  return d;
}

/** Chapter 9: loss against rate under two tables. */
function bowls() {
  const d = new Drawing(480, 222, 'Under SP the best rate moves with the width, under muP it stays');
  const panel = (x0, title, shift) => {
    d.text(x0 + 95, 24, title, { size: 13, bold: true });
    d.arrow(x0, 176, x0 + 204, 176, { c: 'soft', w: 1.2 });
    d.arrow(x0, 176, x0, 44, { c: 'soft', w: 1.2 });
    d.note(x0 + 100, 212, 'log learning rate');
    d.note(x0 - 8, 112, 'loss', { rotate: -90 });
    [['soft', 0], ['blue', 1], ['orange', 2]].forEach(([c, k]) => {
      const best = x0 + 138 - shift * k, lift = [34, 18, 6][k];
      const points = [];
      for (let t = -92; t <= 30; ++t) {
        const y = 162 - lift - (t < 0 ? t * t * 0.0095 : t * t * 0.105);
        if (y > 52 && best + t > x0 + 6) points.push([best + t, y]);
      }
      d.curve(points, { c, w: 2 });
      d.dot(best, 162 - lift, c, 4);
      d.line(best, 162 - lift + 6, best, 176, { c, w: 1, dash: '3 3' });
    });
  };
  panel(28, 'SP', 34);
  panel(264, 'muP', 0);
  d.note(62, 194, 'wide', { c: 'orange' });
  d.note(168, 194, 'narrow');
  d.note(402, 194, 'all widths');
  return d;
}

/** Chapter 10: what Adam forgets and what it keeps. */
function signs() {
  const d = new Drawing(480, 220, 'Adam makes every entry of the step equally long and keeps its sign, so the sum stays aligned');
  const z = [1, 0, 2, 1, 0.4, 1.6, 0, 0.8];
  d.text(16, 24, 'gradient of $v$ = $z$', { at: 'start', size: 13, bold: true });
  d.text(258, 24, 'step of Adam', { at: 'start', size: 13, bold: true });
  const bars = (x0, list, c, scale) => {
    d.line(x0, 104, x0 + 190, 104, { c: 'soft', w: 1.2 });
    list.forEach((v, k) => {
      if (v) d.rect(x0 + 8 + k * 23, 104 - v * scale, 14, v * scale, { c: 'none', fill: c, r: 2 });
      else d.note(x0 + 15 + k * 23, 100, '0', { size: 11 });
    });
  };
  bars(16, z, 'blue', 32);
  bars(258, z.map((v) => (v ? 1 : 0)), 'orange', 32);
  d.note(111, 122, 'sizes from the backward pass');
  d.note(353, 122, 'all of size $η$, signs kept');
  d.arrow(214, 84, 246, 84, { c: 'soft' });
  d.line(16, 138, 464, 138, { c: 'line', w: 1 });
  d.text(16, 164, '$Δf$ = $Σ z_i Δv_i$:', { at: 'start', size: 14 });
  let x = 124;
  for (const v of z) {
    if (!v) continue;
    d.arrow(x, 159, x + v * 45, 159, { c: 'orange', w: 1.8, size: 6 });
    x += v * 45;
  }
  d.note(124, 186, 'every term has the sign of its unit: $n$ terms add to order $n$,', { at: 'start' });
  d.note(124, 203, 'whatever the loss is multiplied with', { at: 'start' });
  return d;
}

/** Chapter 11: a residual stream with its branches. */
function residual() {
  const d = new Drawing(480, 236, 'A residual stream to which every branch adds its part');
  const y = 74, blocks = [76, 196, 316];
  d.arrow(20, y, 462, y, { c: 'blue', w: 2.4, size: 9 });
  d.text(24, y - 12, '$x_0$', { c: 'blue', size: 14 });
  d.text(446, y - 12, '$x_L$', { c: 'blue', size: 14 });
  blocks.forEach((x, k) => {
    d.line(x, y, x, y + 34, { c: 'ink' });
    d.arrow(x, y + 34, x, y + 44, { c: 'ink' });
    d.rect(x - 30, y + 46, 74, 30, { c: 'ink', fill: 'panel' });
    d.text(x + 7, y + 66, 'branch', { size: 13 });
    d.line(x + 44, y + 61, x + 70, y + 61, { c: 'orange', w: 1.8 });
    d.arrow(x + 70, y + 61, x + 70, y + 13, { c: 'orange', w: 1.8 });
    d.circle(x + 70, y, 10, { c: 'orange', fill: 'page', w: 1.8 });
    d.text(x + 70, y + 5, '+', { c: 'orange', size: 15 });
    d.text(x + 56, y + 48, `$f_${k + 1}$`, { c: 'orange', size: 14 });
    if (k < 2) d.text(x + 95, y - 12, `$x_${k + 1}$`, { c: 'blue', size: 14 });
  });
  d.note(24, 182, 'at the start the branches are random: $L$ of them add $√L$', { at: 'start', c: 'ink' });
  d.note(24, 201, 'in training they are aligned: $L$ of them add $L$', { at: 'start', c: 'orange' });
  d.note(24, 222, 'the stream itself is never multiplied, so nothing fades on the way back', { at: 'start' });
  return d;
}

module.exports = {
  'ch06/plane': plane,
  'ch07/size_and_change': check,
  'ch08/rank_one': rankOne,
  'ch09/bowls': bowls,
  'ch10/signs': signs,
  'ch11/residual_stream': residual,
};
