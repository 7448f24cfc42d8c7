'use strict';

// Chapter 1: the V that the error of a finite difference draws, one dot for each step tried.
Live.figure('differences', {
  ask: 'A derivative by a difference, in double precision with its 16 digits: at which h is the forward difference most exact?',
  guess: Live.range({ label: 'my guess: h =', from: -13, to: 0, step: 0.5, at: -15, text: (v) => `10^${v}` === `10^${Math.round(v)}` ? Live.power(v) : Live.number(10 ** v, 1) }),
  controls: {
    h: Live.range({ label: 'step h', from: -13, to: 0, step: 0.25, at: -2, text: (v) => Live.number(10 ** v, 2) }),
    dtype: Live.choice({ label: 'precision', at: 'f64', options: [['f64', 'double'], ['f32', 'single']] }),
  },
  panels: [
    { title: 'Relative error of the slope', tall: 1.35,
      x: { from: 1e-13, to: 1, log: true, ticks: [1e-12, 1e-9, 1e-6, 1e-3, 1], text: (v) => (v === 1 ? '1' : Live.power(Math.round(Math.log10(v)))), name: 'step h' },
      y: { from: 1e-12, to: 100, log: true, ticks: [1e-12, 1e-9, 1e-6, 1e-3, 1], text: (v) => (v === 1 ? '1' : Live.power(Math.round(Math.log10(v)))) } },
  ],
  request: ({ h, dtype }) => ['differences', [h, dtype === 'f32' ? 1 : 0]],
  guessed({ panels: [error], guess }) {
    error.clear('guess');
    if (guess === null) return;
    error.line('guess', [[10 ** guess, 1e-12], [10 ** guess, 100]], 'd');
    error.note('guessname', [10 ** (guess + (guess > -3 ? -0.15 : 0.15)), 20], 'your guess', 'd', guess > -3 ? 'end' : 'start');
  },
  draw({ panels: [error], tried }, rows, { h, dtype }) {
    const [forward, central] = rows[0];
    const kind = dtype === 'f32' ? ' hollow' : '';
    tried.set(`${dtype} ${h}`, { h, dtype, forward, central });
    error.clear('now');
    for (const [name, value, colour] of [['forward', forward, 'a'], ['central', central, 'b']]) {
      error.dot(`${name} ${dtype} ${h}`, [10 ** h, value], colour + kind);
      error.dot(`now ${name}`, [10 ** h, value], `${colour}${kind} now`);
    }
    const right = h > -4;
    error.note('now f', [10 ** (h + (right ? -0.25 : 0.25)), forward * 1.6], 'forward', 'a', right ? 'end' : 'start');
    error.note('now c', [10 ** (h + (right ? -0.25 : 0.25)), central / 2.2], 'central', 'b', right ? 'end' : 'start');
  },
  finish({ tried }, rows, { h, dtype }) {
    const best = [...tried.values()].filter((t) => t.dtype === dtype).reduce((a, b) => (b.forward < a.forward ? b : a));
    const now = `h = ${Live.number(10 ** h, 2)}: the forward difference is off by ${Live.number(rows[0][0], 2)} of the slope, the central one by ${Live.number(rows[0][1], 2)}.`;
    return tried.size < 3 ? now : `${now} Your best forward one so far: ${Live.number(best.forward, 1)}, at h = ${Live.number(10 ** best.h, 1)}.`;
  },
});
