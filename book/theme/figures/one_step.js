'use strict';

// Chapter 5: how far one gradient step moves the hidden units and the output.
Live.figure('one_step', {
  ask: 'One hidden layer, one step that raises f at a fixed rate. Double the width: what becomes of the rise of f?',
  guess: Live.choice({ label: 'my guess:', at: 'same', options: [['same', 'the same'], ['root', '√2 times'], ['double', 'double']] }),
  controls: {
    width: Live.range({ label: 'width n', values: [16, 32, 64, 128, 256, 512, 1024, 2048], at: 64, text: String }),
    inputs: Live.choice({ label: 'inputs', at: '2', options: [['2', '2'], ['784', '784']] }),
    form: Live.choice({ label: 'form', at: 'sp', options: [['sp', 'SP'], ['ntk', 'NTK']] }),
  },
  panels: [
    { title: 'Rise of f, per η', tall: 1.2, x: { from: 12, to: 2800, log: true, ticks: [16, 64, 256, 1024], name: 'width' },
      y: { from: 0.1, to: 10000, log: true, ticks: [0.1, 1, 10, 100, 1000, 10000], text: (v) => (v < 1e4 ? String(v) : Live.power(4)) } },
    { title: 'Hidden units’ move, per η', tall: 1.2, x: { from: 12, to: 2800, log: true, ticks: [16, 64, 256, 1024], name: 'width' },
      y: { from: 0.001, to: 100, log: true, ticks: [0.001, 0.01, 0.1, 1, 10, 100], text: (v) => (v >= 0.01 ? String(v) : Live.power(-3)) } },
  ],
  request: ({ width, inputs, form }) => ['one_step', [width, Number(inputs), form === 'ntk' ? 1 : 0, 0]],
  guessed({ panels: [rise], guess }) {
    rise.clear('guess');
    if (guess === null) return;
    const power = { same: 0, root: 0.5, double: 1 }[guess], from = 36.97;
    rise.line('guess', [[16, from * 0.25 ** power], [2048, from * 32 ** power]], 'd');
    rise.note('guessname', [2048, from * 32 ** power * (power ? 1.5 : 0.55)], 'your guess', 'd', 'end');
  },
  draw({ panels: [rise, hidden], tried }, rows, { width, inputs, form }) {
    const [h, f] = rows[0], colour = form === 'ntk' ? 'c' : inputs === '2' ? 'a' : 'b';
    tried.set(`${inputs} ${form} ${width}`, f);
    for (const [panel, value] of [[rise, f], [hidden, h]]) {
      panel.clear('now');
      panel.dot(`seen ${inputs} ${form} ${width}`, [width, value], `${colour}${form === 'ntk' && inputs === '784' ? ' hollow' : ''}`);
      panel.dot('now', [width, value], `${colour} now`);
    }
    // The text's formulas, for SP.
    const n = Array.from({ length: 29 }, (_, k) => 16 * 2 ** (k / 4));
    const d = Number(inputs), sp = form === 'sp';
    rise.line('law', n.map((w) => [w, sp ? w + d / 2 : NaN]), 'soft dash');
    hidden.line('law', n.map((w) => [w, sp ? d / Math.sqrt(2 * w) : NaN]), 'soft dash');
  },
  finish({ tried }, rows, { width, inputs, form }) {
    const [h, f] = rows[0], half = tried.get(`${inputs} ${form} ${width / 2}`);
    const growth = half ? ` That is ${Live.number(f / half, 3)} times the rise at width ${width / 2}.` : '';
    return `Width ${width}, ${inputs} inputs, ${form === 'sp' ? 'SP' : 'NTK form'}: f rises by ${Live.number(f)} η, a hidden unit moves by ${Live.number(h)} η.${growth}`;
  },
});
