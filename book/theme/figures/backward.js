'use strict';

// Chapter 3: the ratio of gradient to weights in each layer, as the width grows.
Live.figure('backward', {
  ask: 'Double the width under SP: what becomes of the ratio of a hidden layer, gradient over weights?',
  guess: Live.choice({ label: 'my guess:', at: 'falls', options: [['rises', 'it rises'], ['stays', 'it stays'], ['falls', 'it falls']] }),
  controls: {
    width: Live.range({ label: 'width', values: [16, 32, 64, 128, 256, 512], at: 64, text: String }),
    form: Live.choice({ label: 'form', at: '5', options: [['5', 'SP'], ['6', 'NTK'], ['7', 'µP']] }),
    seed: Live.range({ label: 'draw', values: [0, 1, 2, 3, 4, 5, 6, 7], at: 0, text: String }),
  },
  panels: [
    { title: 'Ratio × rate’s factor', tall: 1.2, x: { from: 0.7, to: 4.3, ticks: [1, 2, 3, 4], text: (l) => (l === 1 ? 'first' : l === 4 ? 'last' : String(l)), name: 'layer' },
      y: { from: 0.01, to: 100, log: true, ticks: [0.01, 0.1, 1, 10, 100] } },
    { title: 'The same against the width', tall: 1.2, x: { from: 12, to: 700, log: true, ticks: [16, 64, 256], name: 'width' },
      y: { from: 0.01, to: 100, log: true, ticks: [0.01, 0.1, 1, 10, 100] } },
  ],
  request: ({ width, form, seed }) => ['backward', [width, 4, Number(form), seed]],
  prepare({ panels: [, widths] }) {
    [['last', 'b', 45], ['hidden', 'c', 26], ['first', 'a', 15]].forEach(([name, colour, y]) => widths.note(`key ${name}`, [13, y], name, colour));
  },
  draw({ panels: [layers, widths], tried }, rows, { width, form, seed }) {
    const row = rows[0], seen = [0, 1, 2, 3].map((l) => row[l] * row[4 + l]);
    if (tried.has('before')) layers.line('before', tried.get('before'), 'soft faint');
    const points = seen.map((v, l) => [l + 1, v]);
    tried.set('before', points);
    layers.line('now', points, 'soft');
    if (tried.get('form') !== form) widths.clear('seen');
    tried.set('form', form);
    widths.clear('now');
    seen.forEach((v, l) => {
      const colour = ['a', 'c', 'c', 'b'][l];
      layers.dot(`now${l}`, [l + 1, v], colour);
      widths.dot(`seen ${width} ${seed} ${l}`, [width, v], colour);
      widths.dot(`now ${l}`, [width, v], `${colour} now`);
    });
  },
  finish(view, rows, { width, form }) {
    const name = { 5: 'SP', 6: 'NTK', 7: 'µP' }[form], ratios = rows[0].slice(0, 4).map((v) => Live.number(v)).join(', ');
    const factors = rows[0].slice(4), same = factors.every((v) => Math.abs(v - 1) < 1e-9);
    return `Width ${width}, ${name}: the ratios are ${ratios}.` + (same ? ' One learning rate serves all layers.'
      : ` The rate’s factors are ${factors.map((v) => Live.number(v, 2)).join(', ')}.`);
  },
});
