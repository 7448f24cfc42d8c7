'use strict';

// Chapter 15: the phase diagram over the factor on the output, a run of ten steps for each point.
Live.figure('alpha', {
  ask: 'A network of width 64 first raises its loss at c ≈ 9. Divide its output by 256: from which c on does the loss rise now?',
  guess: Live.choice({ label: 'my guess: c =', at: '9', options: [['9', '9'], ['2', '2'], ['1', '1']] }),
  controls: {
    c: Live.range({ label: 'c = ηλ₀', values: Array.from({ length: 46 }, (_, k) => k / 10), at: 3.2, text: (x) => Live.number(2 ** x, 2) }),
    alpha: Live.range({ label: 'output × α', from: -8, to: 2, step: 1, at: 0, text: (k) => (k < 0 ? `1/${2 ** -k}` : String(2 ** k)) }),
  },
  images: true,
  panels: [
    { title: 'Loss over its start', x: { from: 0, to: 10, ticks: [0, 5, 10], name: 'step' },
      y: { from: 0.01, to: 100, log: true, ticks: [0.01, 0.1, 1, 10, 100] } },
    { title: 'Sharpness over its start', x: { from: 0, to: 10, ticks: [0, 5, 10], name: 'step' },
      y: { from: 0.01, to: 1000, log: true, ticks: [0.01, 0.1, 1, 10, 100, 1000] } },
    { title: 'Your diagram: click into it', tall: 1.2, x: { from: 2 ** -8.5, to: 2 ** 2.5, log: true, ticks: [1 / 256, 1 / 64, 1 / 16, 1 / 4, 1, 4], text: (v) => (v < 1 ? `1/${1 / v}` : String(v)), name: 'α' },
      y: { from: 0.9, to: 130, log: true, ticks: [1, 2, 4, 8, 16] },
      points: (alpha, c) => ({ c: Math.log2(c), alpha: Math.log2(alpha) }) },
  ],
  request: ({ c, alpha }) => ['alpha', [alpha, c]],
  prepare({ panels: [loss, sharp, diagram] }) {
    for (const panel of [loss, sharp]) panel.line('start', [[0, 1], [10, 1]], 'soft dash');
    diagram.line('two', [[2 ** -8.5, 2], [2 ** 2.5, 2]], 'soft dash');
    [['loss falls', 'a'], ['sharpness alone rises', 'd'], ['loss alone rises', 'c'], ['both rise', 'b'], ['diverges (hollow)', 'b']]
      .forEach(([name, colour], k) => diagram.note(`name${k}`, [2 ** -8.4, 110 / 1.46 ** k], name, colour));
  },
  guessed({ panels: [, , diagram], guess }) {
    diagram.clear('guess');
    if (guess === null) return;
    diagram.dot('guess', [2 ** -8, Number(guess)], 'soft');
    diagram.note('guessname', [2 ** -7.7, Number(guess) * 1.06], 'your guess', 'soft');
  },
  draw({ panels: [loss, sharp, diagram], tried }, rows, { c, alpha }) {
    const losses = rows.filter((r) => r.length === 2), sharpness = rows.filter((r) => r.length === 3);
    const start = losses[0][1], lambda = rows.filter((r) => r.length === 1).map(([l]) => l).pop();
    loss.clear('start at');
    if (losses.length === 1) loss.dot('start at', [0, 1], 'a');
    sharp.note('lambda', [9.9, 450], lambda ? `λ₀ ${losses.length > 1 ? '=' : '≥'} ${Live.number(lambda)}` : 'λ₀: searched', 'soft', 'end');
    loss.line('now', losses.map(([t, l]) => [t, l / start]), 'a');
    sharp.line('now', sharpness.map(([t, , s]) => [t, s]), 'a');
    if (!sharpness.length && losses.length < 11) return;
    const gone = losses.some((r) => !(r[1] <= 1e5));
    const rises = losses.some((r) => r[1] > start), raised = sharpness.some((r) => r[2] > 1.000001);
    const phase = gone ? 4 : (rises ? 2 : 0) + (raised ? 1 : 0);
    tried.set('phase', phase);
    const kind = ['a', 'd', 'c', 'b', 'b hollow'][phase];
    diagram.clear('now');
    diagram.dot(`seen ${c} ${alpha}`, [2 ** alpha, 2 ** c], kind);
    diagram.dot('now', [2 ** alpha, 2 ** c], `${kind} now`);
  },
  finish({ tried }, rows, { c, alpha }) {
    const losses = rows.filter((r) => r.length === 2).map((r) => r[1]), last = rows[rows.length - 1];
    const factor = alpha < 0 ? `1/${2 ** -alpha}` : String(2 ** alpha);
    const where = `α = ${factor}, c = ${Live.number(2 ** c, 2)}: loss ${Live.number(losses[0])} and λ₀ = ${Live.number(rows.filter((r) => r.length === 1).pop()[0])} at the start`;
    const top = Live.number(Math.max(...losses) / losses[0]), sharpest = Live.number(Math.max(...rows.filter((r) => r.length === 3).map((r) => r[2]).filter(Number.isFinite)));
    return [`${where}. Neither rises; the sharpness ends at ${Live.number(last[2], 2)} of its start.`,
      `${where}. The loss never rises; the sharpness does, to ${sharpest} times its start.`,
      `${where}. The loss rises, to ${top} times its start, and the sharpness does not.`,
      `${where}. Both rise, the loss to ${top} and the sharpness to ${sharpest} times its start.`,
      `${where}. The loss diverges.`][tried.get('phase')];
  },
});
