'use strict';

// Chapter 10: one step of Adam against the width, and the eps that nobody looks at.
Live.figure('adam_step', {
  ask: 'Adam under SP takes one step at width 256, and one with the same rate at width 1024. By what factor does the second move f further?',
  guess: Live.choice({ label: 'my guess:', at: '1', options: [['1', '1'], ['4', '4'], ['8', '8']] }),
  controls: {
    width: Live.range({ label: 'width', values: [64, 128, 256, 512, 1024], at: 256, text: String }),
    form: Live.choice({ label: 'form', at: '0', options: [['0', 'SP'], ['1', 'SP, η/m'], ['2', 'µP']] }),
    eps: Live.choice({ label: 'ε', at: '0', options: [['0', '0'], ['fixed', 'fixed'], ['scaled', '÷ m']] }),
  },
  panels: [
    { title: 'Move of f, per η', tall: 1.2, x: { from: 54, to: 1250, log: true, ticks: [64, 256, 1024], name: 'width' },
      y: { from: 30, to: 30000, log: true, ticks: [100, 1000, 10000], text: (v) => (v < 1e4 ? String(v) : Live.power(4)) } },
    { title: 'What ε leaves of a step', tall: 1.2, x: { from: 54, to: 1250, log: true, ticks: [64, 256, 1024], name: 'width' },
      y: { from: 0, to: 1.2, ticks: [0, 0.5, 1], text: (v) => `${100 * v}%` } },
  ],
  request: ({ width, form, eps }) => ['adam_step', [width, Number(form), eps === '0' ? 0 : 0.01, eps === 'scaled' ? 1 : 0, 0]],
  guessed({ panels: [move], guess }) { // the lines go through the point in which all three meet
    [['SP', 'b', 1.5], ['SP, η/m', 'd', 0.5], ['µP', 'a', 0]].forEach(([name, colour, power], k) => {
      move.line(`law ${k}`, [64, 1024].map((n) => [n, 1094 * (n / 256) ** power]), 'soft dash');
      move.note(`key ${name}`, [58, 19000 / 1.7 ** k], name, colour);
    });
    move.note('derived', [1180, 40], 'dashed: derived', 'soft', 'end');
    move.clear('guess');
    if (guess === null) return;
    move.dot('guess', [1024, 1094 * Number(guess)], 'c');
    move.note('guessname', [900, 1094 * Number(guess) * 0.72], 'your guess', 'c', 'end');
  },
  draw({ panels: [move, kept], tried }, rows, { width, form, eps }) {
    const colour = { 0: 'b', 1: 'd', 2: 'a' }[form], kind = `${colour}${eps === '0' ? '' : ' hollow'}`;
    for (const [n, f, share] of rows) { // the base width, to compare with, and the reader's
      tried.set(`${form} ${eps} ${n}`, f);
      [[move, f], [kept, share]].forEach(([panel, value]) => {
        panel.clear('now');
        panel.dot(`seen ${form} ${eps} ${n}`, [n, value], kind);
        if (n === width) panel.dot('now', [n, value], `${kind} now`);
      });
    }
  },
  finish(view, rows, { width, form, eps }) {
    const [, f, share] = rows[rows.length - 1], base = rows[0][1], name = ['SP', 'SP with its rate over m', 'µP'][form];
    const beside = width !== 256 ? ` That is ${Live.number(f / base, 2)} times the move at width 256.` : '';
    const left = eps === '0' ? '' : ` ε leaves ${Live.number(100 * share, 2)}% of a hidden weight’s step.`;
    return `Width ${width}, ${name}: one step of Adam moves f by ${Live.number(f, 4)} η.${beside}${left}`;
  },
});
