'use strict';

// Chapter 6: the same network, stored otherwise; for which rate is it the same training?
Live.figure('symmetry', {
  ask: 'The output weights are stored 16 times larger, with 1/16 in front. By what factor must SGD’s rate for them change, so that training goes on as it did?',
  guess: Live.choice({ label: 'my guess:', at: '1', options: [['0.0625', '1/16'], ['1', '1'], ['16', '16'], ['256', '256']] }),
  controls: {
    multiplier: Live.range({ label: 'multiplier in front', from: -4, to: 2, step: 2, at: -4, text: (v) => (v < 0 ? `1/${2 ** -v}` : String(2 ** v)) }),
    factor: Live.range({ label: 'rate of these weights ×', from: -4, to: 8, step: 1, at: 0, text: (v) => (v < 0 ? `1/${2 ** -v}` : String(2 ** v)) }),
    optimiser: Live.choice({ label: 'by', at: 'SGD', options: [['SGD', 'SGD'], ['Adam', 'Adam']] }),
  },
  panels: [
    { title: 'Loss of the batches', tall: 1.2, x: { from: 0, to: 100, ticks: [0, 50, 100], name: 'step' },
      y: { from: 0.05, to: 20, log: true, ticks: [0.1, 1, 10] } },
    { title: 'How far the losses part', tall: 1.2, x: { from: 1 / 24, to: 400, log: true, ticks: [1 / 16, 1, 16, 256], text: (v) => (v < 1 ? `1/${1 / v}` : String(v)), name: 'rate ×' },
      y: { from: 1e-5, to: 100, log: true, ticks: [1e-5, 1e-3, 0.1, 10], text: (v) => (v < 1e-4 ? '0' : v < 0.01 ? Live.power(-3) : String(v)) } },
  ],
  request: ({ multiplier, factor, optimiser }) => ['symmetry', [48, 2 ** multiplier, 2 ** factor, optimiser === 'Adam' ? 1 : 0]],
  prepare({ panels: [loss, apart] }) {
    loss.note('key base', [99, 12], 'line: table 3', 'soft', 'end');
    loss.note('key twin', [99, 7], 'points: stored otherwise', 'a', 'end');
    apart.note('key', [1 / 20, 40], 'filled: SGD; hollow: Adam', 'soft');
  },
  guessed({ panels: [, apart], guess }) {
    apart.clear('guess');
    if (guess === null) return;
    apart.line('guess', [[Number(guess), 1e-5], [Number(guess), 15]], 'd');
  },
  draw({ panels: [loss] }, rows) {
    loss.line('base', rows.map((r) => [r[0], r[1]]), 'soft');
    loss.points('twin', rows.map((r) => [r[0], r[2]]), 'a');
  },
  finish({ panels: [, apart] }, rows, { multiplier, factor, optimiser }) {
    const text = (v) => (v < 0 ? `1/${2 ** -v}` : String(2 ** v));
    const last = rows[rows.length - 1], gone = rows.length < 100 || !Number.isFinite(last[2]);
    const largest = gone ? Infinity : Math.max(...rows.map((r) => Math.abs(r[1] - r[2])));
    const colour = { '-4': 'a', '-2': 'c', 0: 'd', 2: 'b' }[multiplier], kind = `${colour}${optimiser === 'Adam' ? ' hollow' : ''}`;
    const place = [2 ** factor, Math.min(Math.max(largest, 1e-5), 100)];
    apart.clear('now');
    apart.dot(`seen ${multiplier} ${factor} ${optimiser}`, place, kind);
    apart.dot('now', place, `${kind} now`);
    apart.clear(`name ${multiplier} ${optimiser}`);
    apart.note(`name ${multiplier} ${optimiser}`, [place[0] * 0.8, place[1] * 1.6], text(multiplier), colour, 'end');
    const who = `Multiplier ${text(multiplier)}, rate × ${text(factor)}, ${optimiser}`;
    if (gone) return `${who}: diverged.`;
    if (largest === 0) return `${who}: the loss after 100 steps is ${Live.number(last[2])}, and so it is in table 3. All 100 losses agree in every bit.`;
    return `${who}: the loss after 100 steps is ${Live.number(last[2])}, in table 3 it is ${Live.number(last[1])}. On the way they part by up to ${Live.number(largest, 2)}.`;
  },
});
