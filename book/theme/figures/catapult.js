'use strict';

// Chapter 13: the loss at the reader's c, and how high it was thrown at each c that was tried.
Live.figure('catapult', {
  ask: 'From c = 2 on the first steps raise the loss. Up to which c does it come back?',
  guess: Live.range({ label: 'my guess: c =', from: 2, to: 10, step: 0.1, at: 3, text: (v) => v.toFixed(1) }),
  controls: {
    net: Live.choice({ label: 'network', at: 'uv', options: [['uv', 'uv model'], ['64', 'ReLU, 64'], ['256', 'ReLU, 256']] }),
    c: Live.range({ label: 'c = ηλ₀', from: 0.5, to: 12, step: 0.1, at: 1.5, text: (v) => v.toFixed(1) }),
  },
  images: true,
  panels: [
    { title: 'Loss over its start', x: { from: 0, to: 30, ticks: [0, 10, 20, 30], name: 'step' },
      y: { from: 1e-6, to: 1e6, log: true, ticks: [1e-6, 1e-3, 1, 1e3, 1e6], text: (v) => (v === 1 ? '1' : Live.power(Math.round(Math.log10(v)))) } },
    { title: 'Sharpness in units of 1/η', x: { from: 0, to: 30, ticks: [0, 10, 20, 30], name: 'step' },
      y: { from: 0, to: 12, ticks: [0, 2, 4, 8, 12] } },
    { title: 'Largest loss over its start, at every c that you tried', tall: 0.85,
      x: { from: 0, to: 12, ticks: [0, 2, 4, 6, 8, 10, 12], name: 'c' },
      y: { from: 0.3, to: 1e6, log: true, ticks: [1, 1e3, 1e6], text: (v) => (v === 1 ? '1' : Live.power(Math.round(Math.log10(v)))) } },
  ],
  request: ({ net, c }) => (net === 'uv' ? ['catapult', [c]] : ['catapult_images', [c, Number(net), 0]]),
  prepare({ panels: [loss, sharp] }) {
    loss.line('start', [[0, 1], [30, 1]], 'soft dash');
    sharp.line('two', [[0, 2], [30, 2]], 'soft dash');
    sharp.note('hessian', [1, 11.2], 'Hessian', 'a');
  },
  guessed({ panels: [, , tried], guess }) {
    tried.clear('guess');
    if (guess === null) return;
    tried.line('guess', [[guess, 0.3], [guess, 1e6]], 'd');
    tried.note('guessname', [guess + 0.12, 2.5e5], 'your guess', 'd');
  },
  draw({ panels: [loss, sharp] }, rows) {
    loss.line('now', rows.map(([t, l]) => [t, l]), 'a');
    sharp.line('now', rows.map(([t, , s]) => [t, s]), 'a');
    sharp.clear('kernel');
    if (rows[0].length < 4) return;
    sharp.line('kernel', rows.map((r) => [r[0], r[3]]), 'b dash');
    sharp.note('kernelname', [1, 10], 'kernel', 'b');
  },
  finish({ panels: [, , tried], tried: seen }, rows, { net, c }) {
    const losses = rows.map(([, l]) => l), last = losses[losses.length - 1];
    const whole = net === 'uv' ? 31 : 11;
    const gone = rows.length < whole || !(last < 100);
    const largest = Math.max(...losses.filter(Number.isFinite));
    const thrown = largest > 1.001;
    const [colour, place, called] = { uv: ['a', 2e5, 'uv model'], 64: ['c', 3e4, 'ReLU, width 64'], 256: ['b', 4e3, 'ReLU, width 256'] }[net];
    const kind = `${colour}${gone ? ' hollow' : ''}`;
    tried.clear('now');
    tried.dot(`seen ${net} ${c}`, [c, gone ? 1e6 : largest], kind);
    tried.dot('now', [c, gone ? 1e6 : largest], `${kind} now`);
    tried.note(`name ${net}`, [0.15, place], called, colour);
    if (gone) tried.note('gone', [12, 2.2e5], 'never came back', 'soft', 'end');
    seen.set(`${net} ${c}`, largest);
    if (gone) return `c = ${c.toFixed(1)}: the loss never comes back.`;
    const end = `After ${rows.length - 1} steps it is ${Live.number(last)} times its start, and ηλ is ${rows[rows.length - 1][2].toFixed(2)}.`;
    return thrown ? `c = ${c.toFixed(1)}: the loss is thrown to ${Live.number(largest)} times its start, and comes back. ${end}`
      : `c = ${c.toFixed(1)}: the loss falls from the first step on. ${end}`;
  },
});
