'use strict';

// Chapter 8: one step's change over the weights, in two norms.
Live.figure('two_norms', {
  ask: 'Under µP one step moves the activations as far at width 512 as at width 64. And the hidden weights’ relative change in the Frobenius norm: at width 512 it is',
  guess: Live.choice({ label: 'my guess:', at: 'same', options: [['same', 'the same'], ['root', 'a third of it'], ['whole', 'an eighth of it']] }),
  controls: {
    width: Live.range({ label: 'width', values: [64, 128, 256, 512], at: 64, text: String }),
    table: Live.choice({ label: 'form', at: '4', options: [['0', 'SP'], ['4', 'µP']] }),
    seed: Live.range({ label: 'draw', values: [0, 1, 2, 3, 4, 5, 6, 7], at: 0, text: String }),
  },
  panels: ['Frobenius: ΔW over W', 'Spectral: ΔW over W'].map((title) => ({
    title, tall: 1.2, x: { from: 54, to: 620, log: true, ticks: [64, 128, 256, 512], name: 'width' },
    y: { from: 0.05, to: 20, log: true, ticks: [0.1, 1, 10] } })),
  request: ({ width, table, seed }) => ['two_norms', [width, Number(table), seed]],
  guessed({ panels: [frobenius, spectral], guess }) { // one step of eta = 1: sqrt(n) / 4 over the layer's own 1 / 2
    [['SP', 'b', 0], ['µP', 'a', 0.5]].forEach(([name, colour, power], k) => {
      const widths = [64, 512];
      frobenius.line(`law ${name}`, widths.map((n) => [n, (n / 64) ** -power / 2]), `${colour} dash`);
      spectral.line(`law ${name}`, widths.map((n) => [n, (Math.sqrt(n) / 4) * (n / 64) ** -power]), `${colour} dash`);
      for (const panel of [frobenius, spectral]) panel.note(`key ${name}`, [57, 12 / 1.6 ** k], name, colour);
    });
    spectral.note('derived', [600, 0.065], 'dashed: derived', 'soft', 'end');
    frobenius.clear('guess');
    if (guess === null) return;
    const power = { same: 0, root: 0.5, whole: 1 }[guess];
    frobenius.line('guess', [[64, 0.553], [512, 0.553 * 8 ** -power]], 'd');
    frobenius.note('guessname', [600, 0.553 * 8 ** -power * (power ? 0.6 : 1.5)], 'your guess', 'd', 'end');
  },
  draw() {},
  finish({ panels, tried }, rows, { width, table, seed }) {
    const [name, colour] = { 0: ['SP', 'b'], 4: ['µP', 'a'] }[table];
    const seen = [1, 2].map((k) => Math.sqrt(rows.reduce((sum, r) => sum + r[k] ** 2, 0) / rows.length));
    panels.forEach((panel, k) => {
      panel.clear('now');
      panel.dot(`seen ${table} ${width} ${seed}`, [width, seen[k]], colour);
      panel.dot('now', [width, seen[k]], `${colour} now`);
    });
    tried.set(`${table} ${seed} ${width}`, seen);
    const from = tried.get(`${table} ${seed} 64`);
    const beside = from && width > 64
      ? ` That is ${Live.number(seen[0] / from[0], 2)} and ${Live.number(seen[1] / from[1], 2)} times the change at width 64.` : '';
    return `Width ${width}, ${name}: one step changes the hidden weights by ${Live.number(seen[0])} of their Frobenius norm, and by ${Live.number(seen[1])} of their spectral norm.${beside}`;
  },
});
