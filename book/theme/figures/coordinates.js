'use strict';

// Chapter 7: a planted bug, and the view that shows it.
Live.figure('coordinates', {
  ask: 'Adam’s hidden rate was forgotten to be divided by m = n / 64. Which numbers show it after two steps, at widths 64 to 512?',
  guess: Live.choice({ label: 'my guess:', at: 'size', options: [['size', 'the size of h'], ['change', 'its change'], ['both', 'both']] }),
  controls: {
    step: Live.range({ label: 'after steps', values: [1, 2, 5, 10, 20], at: 2, text: String }),
    bug: Live.choice({ label: 'forgotten', at: '0', options: [['0', 'nothing'], ['1', 'hidden rate'], ['2', 'output'], ['3', 'biases']] }),
    optimiser: Live.choice({ label: 'by', at: 'Adam', options: [['Adam', 'Adam'], ['SGD', 'SGD']] }),
  },
  panels: [
    { title: 'Size of h', tall: 1.2, x: { from: 54, to: 620, log: true, ticks: [64, 128, 256, 512], name: 'width' },
      y: { from: 1e-4, to: 1000, log: true, ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10], text: (v) => (v < 0.01 ? Live.power(Math.round(Math.log10(v))) : String(v)) } },
    { title: 'Change of h', tall: 1.2, x: { from: 54, to: 620, log: true, ticks: [64, 128, 256, 512], name: 'width' },
      y: { from: 1e-4, to: 1000, log: true, ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10], text: (v) => (v < 0.01 ? Live.power(Math.round(Math.log10(v))) : String(v)) } },
  ],
  request: ({ bug, optimiser, step }) => ['coordinates', [Number(bug), optimiser === 'Adam' ? 1 : 0, step]],
  prepare({ panels: [size, change] }) {
    [['output', 'c'], ['layer 2', 'b'], ['layer 1', 'a'], ['first biases', 'd']].forEach(([name, colour], k) => {
      for (const panel of [size, change]) panel.note(`key ${name}`, [56, 500 / 2.9 ** k], name, colour);
    });
  },
  draw({ panels }, rows, { step }) {
    const seen = rows.filter((r) => r[1] === step);
    ['d', 'a', 'b', 'c'].forEach((colour, l) => panels.forEach((panel, k) => {
      const points = seen.map((r) => [r[0], r[2 + 4 * k + l]]).filter(([, v]) => v > 0);
      panel.clear(`dot ${l}`);
      panel.line(`curve ${l}`, points, colour);
      points.forEach(([w, v]) => panel.dot(`dot ${l} ${w}`, [w, v], colour));
    }));
  },
  finish({ panels: [size, change], tried }, rows, { step, bug, optimiser }) {
    const seen = rows.filter((r) => r[1] === step), [first, last] = [seen[0], seen[seen.length - 1]];
    if (tried.has('before')) { // what layer 2 did before this turn
      size.line('before', tried.get('before').map((r) => [r[0], r[4]]), 'soft faint');
      change.line('before', tried.get('before').map((r) => [r[0], r[8]]), 'soft faint');
    }
    tried.set('before', seen);
    const what = { 0: 'Sound µP', 1: 'Hidden rate not divided', 2: 'Output of SP', 3: 'Biases like weights' }[bug];
    return `${what}, ${optimiser}, after ${step} step${step > 1 ? 's' : ''}: from width 64 to 512 layer 2 changes its size ${Live.number(last[4] / first[4], 2)} times, ` +
      `its move ${Live.number(last[8] / first[8], 2)} times, and the output’s move ${Live.number(last[9] / first[9], 2)} times.`;
  },
});
