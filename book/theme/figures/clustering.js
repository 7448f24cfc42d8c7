'use strict';

// Chapter 12: two ways to the largest eigenvalue, while its neighbours come closer.
Live.figure('clustering', {
  ask: 'Twenty of 300 eigenvalues crowd below the largest, which is 1. Move them closer to it: does power iteration find the 1 sooner or later?',
  guess: Live.choice({ label: 'my guess:', at: 'sooner', options: [['sooner', 'sooner'], ['later', 'later'], ['same', 'no difference']] }),
  controls: {
    spread: Live.range({ label: 'crowd reaches down to', values: [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4], at: 0.1, text: (v) => `1 − ${v}` }),
  },
  panels: [
    { title: 'Error of the eigenvalue', tall: 1.25, x: { from: 0, to: 60, ticks: [0, 20, 40, 60], name: 'products' },
      y: { from: 1e-12, to: 1, log: true, ticks: [1e-12, 1e-9, 1e-6, 1e-3, 1], text: (v) => (v === 1 ? '1' : Live.power(Math.round(Math.log10(v)))) } },
    { title: 'Products until the error is 1%', tall: 1.25, x: { from: 0.0007, to: 0.6, log: true, ticks: [0.001, 0.01, 0.1], text: String, name: 'width of the crowd' },
      y: { from: 0, to: 60, ticks: [0, 20, 40, 60] } },
  ],
  request: ({ spread }) => ['clustering', [spread]],
  draw({ panels: [error] }, rows) {
    const off = (k) => rows.map((r) => [r[0], Math.max(1 - r[k], 1e-16)]);
    error.line('power', off(1), 'b');
    error.line('Lanczos', off(3), 'a');
    error.line('residual', rows.map((r) => [r[0], r[2]]), 'b dash');
    if (rows.length < 60) return;
    error.note('powername', [59, (1 - rows[58][1]) / 4], 'power iteration', 'b', 'end');
    error.note('residualname', [59, Math.min(rows[58][2] * 2.5, 0.5)], 'its residual', 'b', 'end');
    const k = rows.findIndex((r) => 1 - r[3] < 1e-5);
    if (k >= 0) error.note('lanczosname', [k + 2.5, 1e-5], 'Lanczos', 'a');
  },
  finish({ panels: [, needed], tried }, rows, { spread }) {
    const first = (k) => { const r = rows.find((row) => 1 - row[k] < 0.01); return r ? r[0] : Infinity; };
    const [power, lanczos] = [first(1), first(3)];
    needed.clear('now');
    for (const [name, n, colour] of [['power', power, 'b'], ['Lanczos', lanczos, 'a']]) {
      needed.dot(`seen ${name} ${spread}`, [spread, Math.min(n, 60)], `${colour}${n > 60 ? ' hollow' : ''}`);
      needed.dot(`now ${name}`, [spread, Math.min(n, 60)], `${colour}${n > 60 ? ' hollow' : ''} now`);
    }
    needed.note('p', [0.0008, 55], 'power iteration', 'b');
    needed.note('l', [0.0008, 49.5], 'Lanczos', 'a');
    tried.set(spread, [power, lanczos]);
    const last = rows[rows.length - 1];
    return `Within 1% power iteration is after ${power > 60 ? 'more than 60' : power} products, Lanczos after ${lanczos}. ` +
      `After 60 they miss ${Live.number(1 - last[1], 2)} and ${1 - last[3] < 1e-14 ? 'nothing' : Live.number(1 - last[3], 2)}; the first one’s residual is ${Live.number(last[2], 2)}.`;
  },
});
