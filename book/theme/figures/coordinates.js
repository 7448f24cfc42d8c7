'use strict';

// Chapter 7: a planted bug, and the view that shows it.
Live.figure('coordinates', {
  ask: 'Adam’s hidden rate was forgotten to be divided by m = n / 64. Which numbers show it after two steps, at widths 64 to 512?',
  guess: Live.choice({ label: 'my guess:', at: 'size', options: [['size', 'the size of h'], ['change', 'its change'], ['both', 'both']] }),
  controls: {
    width: Live.range({ label: 'width', values: [64, 128, 256, 512], at: 64, text: String }),
    step: Live.range({ label: 'after steps', values: [1, 2, 5, 10, 20], at: 2, text: String }),
    bug: Live.choice({ label: 'network', at: '1', options: [['0', 'sound µP'], ['1', 'hidden rate'], ['2', 'output'], ['3', 'biases']] }),
    optimiser: Live.choice({ label: 'by', at: 'Adam', options: [['Adam', 'Adam'], ['SGD', 'SGD']] }),
  },
  panels: [
    { title: 'Size of h', tall: 1.2, x: { from: 54, to: 620, log: true, ticks: [64, 128, 256, 512], name: 'width' },
      y: { from: 1e-4, to: 10, log: true, ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10], text: (v) => (v < 0.01 ? Live.power(Math.round(Math.log10(v))) : String(v)) } },
    { title: 'Change of h', tall: 1.2, x: { from: 54, to: 620, log: true, ticks: [64, 128, 256, 512], name: 'width' },
      y: { from: 1e-4, to: 10, log: true, ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10], text: (v) => (v < 0.01 ? Live.power(Math.round(Math.log10(v))) : String(v)) } },
  ],
  request: ({ width, bug, optimiser }) => ['coordinates', [width, Number(bug), optimiser === 'Adam' ? 1 : 0]],
  draw({ panels: [size, change], tried }, rows, { width, step, bug, optimiser }) {
    const row = rows.find((r) => r[0] === step), which = `${bug} ${optimiser} ${step}`;
    if (!row) return;
    if (tried.get('which') !== which) {
      tried.clear();
      for (const panel of [size, change]) { panel.clear('seen'); panel.clear('curve'); }
    }
    tried.set('which', which).set(width, row);
    const widths = [64, 128, 256, 512].filter((w) => tried.has(w));
    ['d', 'a', 'b', 'c'].forEach((colour, l) => {
      const name = ['first biases', 'layer 1', 'layer 2', 'output'][l];
      for (const [panel, from] of [[size, 1], [change, 5]]) {
        panel.dot(`seen ${l} ${width}`, [width, row[from + l]], colour);
        panel.dot(`now ${l}`, [width, row[from + l]], `${colour} now`);
        panel.line(`curve ${l}`, widths.map((w) => [w, tried.get(w)[from + l]]), colour);
      }
      change.note(`key${l}`, [56, 6.5 / 1.75 ** l], name, colour);
    });
  },
  finish({ tried }, rows, { width, step }) {
    const row = rows.find((r) => r[0] === step), first = tried.get(64);
    const now = `Width ${width}, after ${step} step${step > 1 ? 's' : ''}: layer 2 has the size ${Live.number(row[3])} and has moved by ${Live.number(row[7])}.`;
    if (!first || width === 64) return now;
    return `${now} Against width 64 that is ${Live.number(row[3] / first[3], 2)} times the size and ${Live.number(row[7] / first[7], 2)} times the move.`;
  },
});
