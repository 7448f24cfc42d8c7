'use strict';

// Chapter 17: the curvature of the reader's networks, from the first step to the fiftieth.
const widthColour = (width) => ({ 64: 'd', 128: 'c', 256: 'a', 512: 'b' })[width];
const last = (rows) => [...new Map(rows.filter((r) => r.length === 3).map(([t, , value]) => [t, value]))]; // of each step
Live.figure('sharpening', {
  ask: 'One learning rate, small enough that nothing is thrown. Under NTK, which network’s curvature rises more in 50 steps?',
  guess: Live.choice({ label: 'my guess:', at: 'equal', options: [['narrow', 'width 128’s'], ['wide', 'width 512’s'], ['equal', 'both equally']] }),
  controls: {
    width: Live.range({ label: 'width', values: [64, 128, 256, 512], at: 128, text: String }),
    draw: Live.range({ label: 'draw', values: [0, 1, 2, 3, 4, 5, 6, 7], at: 0, text: String }),
    form: Live.choice({ label: 'table', at: '0', options: [['0', 'µP'], ['1', 'NTK'], ['2', 'SP']] }),
  },
  images: true,
  panels: [
    { title: 'Sharpness × rate', tall: 1.3, x: { from: 0, to: 50, ticks: [0, 10, 20, 30, 40, 50], few: [0, 25, 50], name: 'step' },
      y: { from: 0, to: 2.6, ticks: [0, 0.5, 1, 1.5, 2, 2.5] } },
    { title: 'Growth, step 2 to 50', tall: 1.3, x: { from: 52, to: 630, log: true, ticks: [64, 128, 256, 512], name: 'width' },
      y: { from: 0.8, to: 2, ticks: [0.8, 1, 1.2, 1.4, 1.6, 1.8, 2], text: (v) => `× ${v}` } },
  ],
  request: ({ width, form, draw }) => ['sharpening', [width, Number(form), draw]],
  prepare({ panels: [path, growth] }) {
    path.line('two', [[0, 2], [50, 2]], 'soft dash');
    growth.line('one', [[52, 1], [630, 1]], 'soft dash');
    ['filled: µP', 'hollow: NTK', 'grey: SP'].forEach((name, k) => growth.note(`key${k}`, [55, 1.93 - 0.08 * k], name, 'soft'));
  },
  draw({ panels: [path] }, rows, { width, form }) {
    const seen = last(rows), [step, loss] = rows[rows.length - 1];
    path.line('now', seen, widthColour(width));
    path.clear('head');
    if (seen.length && step < 50) path.dot('head', seen[seen.length - 1], `${widthColour(width)} now`); // where it is searched, it rises
    path.note('step', [1, 0.08], `step ${step}: loss ${Live.number(loss)}`, 'soft');
    path.note('form', [49, 0.08], ['µP', 'NTK', 'SP'][form], 'soft', 'end');
  },
  finish({ panels: [path, growth], tried }, rows, { width, form, draw }) {
    const seen = last(rows);
    const at = (step) => (seen.find(([t]) => t === step) || [0, NaN])[1];
    const grown = at(50) / at(2);
    tried.set(`${form} ${width} ${draw}`, { form, width, draw, seen, grown });
    const same = [...tried.values()].filter((run) => run.form === form);
    path.clear('seen');
    for (const run of same) if (run.width !== width || run.draw !== draw) path.line(`seen ${run.width} ${run.draw}`, run.seen, `${widthColour(run.width)} faint`);
    path.clear('width');
    [...new Set(same.map((run) => run.width))].sort((a, b) => a - b)
      .forEach((w, k) => path.note(`width ${w}`, [1 + 12.5 * k, 2.45], String(w), widthColour(w)));
    const kind = form === '2' ? 'soft' : `${widthColour(width)}${form === '1' ? ' hollow' : ''}`, held = Number.isFinite(grown) ? grown : 2;
    const curve = same.filter((run) => run.draw === draw && Number.isFinite(run.grown)).sort((a, b) => a.width - b.width);
    growth.line(`curve ${form} ${draw}`, curve.map((run) => [run.width, run.grown]), `soft ${form === '1' ? 'dash' : 'faint'}`);
    growth.clear('now');
    growth.dot(`seen ${form} ${width} ${draw}`, [width, held], kind);
    growth.dot('now', [width, held], `${kind} now`);
    const who = `Width ${width}, ${['µP', 'NTK', 'SP'][form]}: ηλ is ${Live.number(at(0))} at the start, ${Live.number(at(2))} after two steps`;
    return Number.isFinite(grown) ? `${who} and ${Live.number(at(50))} after 50: ${Live.number(grown)} times that at step 2.` : `${who}; then the loss diverges.`;
  },
});
