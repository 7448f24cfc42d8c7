'use strict';

// Chapter 9: U-curves out of the reader's own runs.
Live.figure('transfer', {
  ask: 'Under SP the best rate at width 32 is about 1/2. Where is it at width 512?',
  guess: Live.choice({ label: 'my guess: η =', at: '1/2', options: [['1/32', '1/32'], ['1/8', '1/8'], ['1/2', '1/2'], ['2', '2']] }),
  controls: {
    lr: Live.range({ label: 'rate η', from: -6, to: 2.5, step: 0.5, at: -1, text: (v) => Live.number(2 ** v, 2) }),
    width: Live.range({ label: 'width', values: [32, 64, 128, 256, 512], at: 32, text: String }),
    form: Live.choice({ label: 'form', at: 'sp', options: [['sp', 'SP'], ['mup', 'µP']] }),
  },
  panels: [
    { title: 'Loss after 200 steps', tall: 1.25, x: { from: 2 ** -6.4, to: 2 ** 2.9, log: true, ticks: [1 / 64, 1 / 16, 1 / 4, 1, 4], text: (v) => (v < 1 ? `1/${1 / v}` : String(v)), name: 'η' },
      y: { from: 0.003, to: 3, log: true, ticks: [0.01, 0.1, 1] } },
    { title: 'Loss of the batches', tall: 1.25, x: { from: 0, to: 200, ticks: [0, 100, 200], name: 'step' },
      y: { from: 0.003, to: 30, log: true, ticks: [0.01, 0.1, 1, 10] } },
  ],
  request: ({ lr, width, form }) => ['transfer', [width, lr, form === 'mup' ? 1 : 0, 0]],
  prepare({ panels: [curves] }) {
    curves.note('key sp', [2 ** -6.2, 0.0085], 'filled: SP', 'soft');
    curves.note('key mup', [2 ** -6.2, 0.0048], 'hollow: µP', 'soft');
  },
  guessed({ panels: [curves], guess }) {
    curves.clear('guess');
    if (guess === null) return;
    const rate = { '1/32': 1 / 32, '1/8': 1 / 8, '1/2': 1 / 2, 2: 2 }[guess];
    curves.line('guess', [[rate, 0.003], [rate, 3]], 'd');
  },
  draw({ panels: [, loss] }, rows) {
    loss.line('now', rows.map(([t, l]) => [t, l]), 'a');
  },
  finish({ panels: [curves, loss], tried }, rows, { lr, width, form }) {
    const last = rows[rows.length - 1], gone = last.length < 3, value = gone ? Infinity : last[2];
    const colour = { 32: 'a', 64: 'd', 128: 'c', 256: 'soft', 512: 'b' }[width], kind = `${colour}${form === 'mup' ? ' hollow' : ''}`;
    [...tried.values()].slice(-3).forEach((old, k) => loss.line(`old${k}`, old.rows, 'soft faint'));
    tried.set(`${form} ${width} ${lr}`, { form, width, lr, value, rows: rows.map(([t, l]) => [t, l]) });
    const curve = [...tried.values()].filter((r) => r.form === form && r.width === width).sort((a, b) => a.lr - b.lr);
    curves.line(`curve ${form} ${width}`, curve.map((r) => [2 ** r.lr, Math.min(r.value, 3)]), `${colour}${form === 'mup' ? ' dash' : ''}`);
    curves.clear('now');
    curves.dot(`seen ${form} ${width} ${lr}`, [2 ** lr, Math.min(value, 3)], kind);
    curves.dot('now', [2 ** lr, Math.min(value, 3)], `${kind} now`);
    curves.clear(`name ${form} ${width}`);
    curves.note(`name ${form} ${width}`, [2 ** curve[0].lr * 0.92, Math.min(curve[0].value, 2.6)], String(width), colour, 'end');
    const who = `Width ${width}, ${form === 'sp' ? 'SP' : 'µP'}, η = ${Live.number(2 ** lr, 2)}`;
    const best = curve.reduce((a, b) => (b.value < a.value ? b : a));
    const so = curve.length > 2 ? ` Best at this width so far: ${Live.number(best.value, 2)}, at η = ${Live.number(2 ** best.lr, 2)}.` : '';
    return (gone ? `${who}: diverged.` : `${who}: after 200 steps the loss is ${Live.number(value, 2)}.`) + so;
  },
});
