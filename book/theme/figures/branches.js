'use strict';

// Chapter 11: what L branches do to the signal, and to one step of SGD and of Adam.
Live.figure('branches', {
  ask: 'L branches, each times 1/√L. From L = 4 to L = 64: what must become of the rate of Adam, if one step is to move the signal as far?',
  guess: Live.choice({ label: 'my guess:', at: '1', options: [['1', 'nothing'], ['4', 'a quarter'], ['16', 'a sixteenth']] }),
  controls: {
    blocks: Live.range({ label: 'blocks L', values: [2, 4, 8, 16, 32, 64], at: 4, text: String }),
    draw: Live.range({ label: 'draw', values: [0, 1, 2, 3, 4, 5, 6, 7], at: 0, text: String }),
    form: Live.choice({ label: 'branch ×', at: '2', options: [['1', '1'], ['2', '1/√L'], ['3', '1/L'], ['0', 'plain: no stream']] }),
  },
  panels: [
    { title: 'A step of SGD moves h, per η', tall: 1.1, x: { from: 1.7, to: 76, log: true, ticks: [2, 4, 8, 16, 32, 64], name: 'blocks L' },
      y: { from: 0.01, to: 1e4, log: true, ticks: [0.01, 1, 100, 1e4], text: (v) => (v < 1e4 ? String(v) : Live.power(4)) } },
    { title: 'A step of Adam moves h, per η', tall: 1.1, x: { from: 1.7, to: 76, log: true, ticks: [2, 4, 8, 16, 32, 64], name: 'blocks L' },
      y: { from: 10, to: 1e5, log: true, ticks: [10, 100, 1000, 1e4, 1e5], text: (v) => (v < 1e4 ? String(v) : Live.power(Math.round(Math.log10(v)))) } },
    { title: 'How many times longer the signal is at the last block', tall: 0.9, x: { from: 1.7, to: 76, log: true, ticks: [2, 4, 8, 16, 32, 64], name: 'blocks L' },
      y: { from: 0.1, to: 1000, log: true, ticks: [0.1, 1, 10, 100, 1000] } },
  ],
  request: ({ blocks, form, draw }) => ['branches', [blocks, Number(form), draw]],
  prepare({ panels: [, , growth] }) {
    const depths = Array.from({ length: 41 }, (_, k) => 2 ** (1 + k / 8));
    for (const [p, kind] of [[0, 'b'], [0.5, 'a'], [1, 'c']]) {
      growth.line(`law${p}`, depths.map((L) => [L, (1 + L ** (-2 * p)) ** (L / 2)]), `${kind} dash`);
    }
    [['× 1', 'b'], ['× 1/√L', 'a'], ['× 1/L', 'c'], ['plain', 'd']].forEach(([name, colour], k) => growth.note(`key${k}`, [1.8, 560 / 2.6 ** k], name, colour));
    growth.note('law', [1.8, 0.14], 'dashed: derived', 'soft');
  },
  guessed({ panels: [, adam], guess }) {
    adam.clear('guess');
    if (guess === null) return;
    adam.line('guess', [[4, 74], [64, 74 * guess]], 'd dash');
    adam.note('guessname', [64, 74 * guess * (guess > 4 ? 1.8 : 0.4)], 'your guess', 'd', 'end');
  },
  draw({ panels, tried }, rows, { blocks, form, draw }) {
    const colour = ['d', 'b', 'a', 'c'][form];
    for (const [L, , sgd, , adam] of rows) tried.set(`${form} ${L} ${draw}`, { form, draw, blocks: L, sgd, adam });
    const curve = [...tried.values()].filter((r) => r.form === form && r.draw === draw).sort((a, b) => a.blocks - b.blocks);
    ['sgd', 'adam'].forEach((by, k) => panels[k].line(`curve ${form} ${draw}`, curve.map((r) => [r.blocks, r[by]]), `${colour} faint`));
    for (const [L, growth, sgd, , adam] of rows) { // four blocks, to compare with, and the reader's
      [[sgd, 1e4], [adam, 1e5], [growth, 1000]].forEach(([value, most], k) => {
        const kind = `${colour}${value > most ? ' hollow' : ''}`;
        panels[k].clear('now');
        panels[k].dot(`seen ${form} ${L} ${draw}`, [L, value], kind);
        if (L === blocks) panels[k].dot('now', [L, value], `${kind} now`);
      });
    }
  },
  finish(view, rows, { blocks, form }) {
    const [, growth, sgd, , adam] = rows[rows.length - 1], [, , sgd4, , adam4] = rows[0];
    const who = form === '0' ? `${blocks} plain layers` : `${blocks} blocks × ${['', '1', '1/√L', '1/L'][form]}`;
    const says = `${who}: the signal ends ${Live.number(growth)} times as long; a step of SGD moves it by ${Live.number(sgd)} η, one of Adam by ${Live.number(adam)} η`;
    return blocks === 4 ? `${says}.` : `${says}: ${Live.number(sgd / sgd4, 2)} and ${Live.number(adam / adam4, 2)} times what they are with 4.`;
  },
});
