'use strict';

// Chapter 14: the reader's own phase diagram, a run of ten steps for each point of the plane.
Live.figure('early_training', {
  ask: 'Width 64, ten steps at η = c / λ₀: how large must c be before the loss passes its start?',
  guess: Live.choice({ label: 'my guess: c =', at: '2.1', options: [['2.1', '2.1'], ['3', '3'], ['9', '9']] }),
  controls: {
    c: Live.range({ label: 'c = ηλ₀', values: Array.from({ length: 46 }, (_, k) => k / 10), at: 0, text: (x) => Live.number(2 ** x, 2) }),
    width: Live.range({ label: 'width', values: [64, 96, 128, 192, 256], at: 64, text: String }),
  },
  images: true,
  panels: [
    { title: 'Loss over its start', x: { from: 0, to: 10, ticks: [0, 5, 10], name: 'step' },
      y: { from: 0.01, to: 100, log: true, ticks: [0.01, 0.1, 1, 10, 100] } },
    { title: 'Sharpness over its start', x: { from: 0, to: 10, ticks: [0, 5, 10], name: 'step' },
      y: { from: 0.01, to: 100, log: true, ticks: [0.01, 0.1, 1, 10, 100] } },
    { title: 'Your diagram: click into it', tall: 1.1, x: { from: 1 / 300, to: 1 / 54, log: true, ticks: [1 / 256, 1 / 128, 1 / 64], text: (v) => `1/${Math.round(1 / v)}`, name: '1 / width' },
      y: { from: 0.9, to: 44, log: true, ticks: [1, 2, 4, 8, 16] },
      points: (u, c) => ({ c: Math.log2(c), width: 1 / u }) },
  ],
  request: ({ c, width }) => ['early_training', [width, c]],
  prepare({ panels: [loss, sharp, diagram] }) {
    for (const panel of [loss, sharp]) panel.line('start', [[0, 1], [10, 1]], 'soft dash');
    diagram.line('two', [[1 / 300, 2], [1 / 54, 2]], 'soft dash');
    diagram.note('twoname', [1 / 295, 1.62], 'c = 2, the parabola’s border', 'soft');
  },
  guessed({ panels: [, , diagram], guess }) {
    diagram.clear('guess');
    if (guess === null) return;
    diagram.dot('guess', [1 / 60, Number(guess)], 'd');
    diagram.note('guessname', [1 / 58, Number(guess) * 1.16], 'your guess', 'd', 'end');
  },
  draw({ panels: [loss, sharp, diagram], tried }, rows, { c, width }) {
    const losses = rows.filter((r) => r.length === 2), sharpness = rows.filter((r) => r.length === 3);
    const start = losses[0][1], lambda = rows.filter((r) => r.length === 1).map(([l]) => l).pop();
    loss.clear('start at');
    if (losses.length === 1) loss.dot('start at', [0, 1], 'a');
    sharp.note('lambda', [9.9, 50], lambda ? `λ₀ ${losses.length > 1 ? '=' : '≥'} ${Live.number(lambda)}` : 'λ₀: searched', 'soft', 'end');
    loss.line('now', losses.map(([t, l]) => [t, l / start]), 'a');
    sharp.line('now', sharpness.map(([t, , s]) => [t, s]), 'a');
    if (!sharpness.length && losses.length < 11 && losses[losses.length - 1][1] <= 1e5) return;
    const gone = losses.some((r) => !(r[1] <= 1e5));
    const raised = sharpness.some((r) => r[2] > 1.000001);
    const phase = gone ? 3 : raised ? 2 : losses.some((r) => r[1] > start) ? 1 : 0;
    tried.set('phase', phase);
    const kind = ['a', 'c', 'b', 'b hollow'][phase];
    diagram.clear('now');
    diagram.dot(`seen ${c} ${width}`, [1 / width, 2 ** c], kind);
    diagram.dot('now', [1 / width, 2 ** c], `${kind} now`);
    const names = [['loss falls', 'a'], ['loss rises, sharpness falls', 'c'], ['both rise, and come back', 'b'], ['diverges (hollow)', 'b']];
    names.forEach(([name, colour], k) => diagram.note(`name${k}`, [1 / 295, 38 / 1.42 ** k], name, colour));
  },
  finish({ tried }, rows, { c, width }) {
    const losses = rows.filter((r) => r.length === 2).map((r) => r[1]), last = rows[rows.length - 1];
    const where = `Width ${width}, c = ${Live.number(2 ** c, 2)}`;
    const top = Math.max(...losses) / losses[0], end = losses[losses.length - 1] / losses[0];
    return [`${where}: the loss never passes its start; it falls to ${Live.number(end, 2)} of it, the sharpness to ${Live.number(last[2], 2)} of its own.`,
      `${where}: the loss is thrown to ${Live.number(top)} times its start and comes back, to ${Live.number(end, 2)}. The sharpness never rises; it ends at ${Live.number(last[2], 2)} of its start.`,
      `${where}: loss and sharpness rise. After ten steps the loss is ${Live.number(end, 2)} of its start, the sharpness ${Live.number(last[2], 2)}.`,
      `${where}: the loss diverges.`][tried.get('phase')];
  },
});
