'use strict';

// Chapter 4: one problem, one rule, 500 steps; width, depth and rate are the reader's.
Live.figure('spiral', {
  ask: 'With η = 0.1 and four layers, width 64 learns the spiral. What becomes of it at width 256: better, the same, or worse?',
  guess: Live.choice({ label: 'my guess:', at: 'better', options: [['better', 'better'], ['same', 'the same'], ['worse', 'worse']] }),
  controls: {
    width: Live.range({ label: 'width', values: [8, 16, 32, 64, 128, 256], at: 64, text: String }),
    depth: Live.range({ label: 'depth', values: [2, 3, 4, 6, 8, 12], at: 4, text: String }),
    lr: Live.range({ label: 'learning rate', values: [0.003, 0.01, 0.03, 0.1, 0.3, 1], at: 0.1, text: String }),
  },
  panels: [
    { title: 'What the network answers', side: 50, edge: 2.5 },
    { title: 'Loss of the batches', tall: 1.25, x: { from: 0, to: 500, ticks: [0, 250, 500], name: 'step' },
      y: { from: 1e-3, to: 1e3, log: true, ticks: [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3], text: (v) => (v >= 0.1 && v <= 100 ? String(v) : Live.power(Math.round(Math.log10(v)))) } },
    { title: 'Loss after 500 steps, of every network that you tried', tall: 0.8,
      x: { from: 6, to: 340, log: true, ticks: [8, 16, 32, 64, 128, 256], name: 'width' },
      y: { from: 1e-3, to: 1e3, log: true, ticks: [1e-3, 0.1, 10, 1e3], text: (v) => (v >= 0.1 && v <= 10 ? String(v) : Live.power(Math.round(Math.log10(v)))) } },
  ],
  request: ({ width, depth, lr }) => ['spiral', [width, depth, lr, 0]],
  prepare({ panels: [, loss] }) {
    loss.line('chance', [[0, Math.log(3)], [500, Math.log(3)]], 'soft dash');
    loss.note('chancename', [500, 1.35], 'guessing', 'soft', 'end');
  },
  draw({ panels: [map, loss] }, rows) {
    const [first] = rows, points = [];
    const third = (first.length - 1) / 6;
    for (let k = 1, i = 0; k + 1 < first.length; k += 2, ++i) points.push([first[k], first[k + 1], Math.floor(i / third)]);
    map.points(points);
    const steps = rows.slice(1);
    loss.line('now', steps.map(([t, l]) => [t, l]), 'a');
    const seen = steps.filter((r) => r.length > 4).pop();
    if (seen) map.classes(seen.slice(2));
  },
  finish({ panels: [, loss, tried], tried: seen }, rows, { width, depth, lr }) {
    const last = rows[rows.length - 1], gone = last.length < 4;
    const value = gone ? Infinity : last[2];
    for (const [k, old] of [...seen.values()].slice(-4).entries()) loss.line(`old${k}`, old.steps, 'soft faint');
    seen.set(`${width} ${depth} ${lr}`, { steps: rows.slice(1).map(([t, l]) => [t, l]) });
    const colour = lr < 0.1 ? 'c' : lr > 0.1 ? 'b' : 'a';
    tried.clear('now');
    tried.dot(`seen ${width} ${depth} ${lr}`, [width, Math.min(value, 1e3)], `${colour}${gone ? ' hollow' : ''}`);
    tried.dot('now', [width, Math.min(value, 1e3)], `${colour}${gone ? ' hollow' : ''} now`);
    tried.note('key', [7, 300], 'blue: η = 0.1; green: smaller; orange: larger', 'soft');
    const who = `Width ${width}, depth ${depth}, η = ${lr}`;
    return gone ? `${who}: diverged at step ${last[0]}.`
      : `${who}: after 500 steps the loss is ${Live.number(value, 2)}, and ${Live.number(100 * last[3], 3)}% of the points are right.`;
  },
});
