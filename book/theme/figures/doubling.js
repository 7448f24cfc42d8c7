'use strict';

// Chapter 16: the way into chaos, a learning rate at a time.
Live.figure('doubling', {
  ask: 'ψ measures the learning rate. Up to ψ = 1 the kernel comes to rest. What does it do at ψ = 1.2, where that point repels?',
  guess: Live.choice({ label: 'my guess:', at: 'grows', options: [['grows', 'it diverges'], ['rests', 'it rests elsewhere'], ['two', 'it alternates'], ['chaos', 'it never repeats']] }),
  controls: {
    psi: Live.range({ label: 'ψ = ηy / √N', values: Array.from({ length: 301 }, (_, k) => Number((0.499 + 0.005 * k).toFixed(3))), at: 0.899, text: (v) => v.toFixed(3) }),
    start: Live.choice({ label: 'start', at: 'unequal', options: [['unequal', 'λ₀ = 1.5'], ['parallel', 'λ₀ = 1.01']] }),
  },
  panels: [
    { title: 'Kernel during 60 steps', tall: 1.25, x: { from: 0, to: 60, ticks: [0, 20, 40, 60], name: 'step' },
      y: { from: 0, to: 8, ticks: [0, 2, 4, 6, 8] } },
    { title: 'After 20,000 steps, by ψ', tall: 1.25, x: { from: 0.5, to: 2, ticks: [0.5, 1, 1.5, 2], name: 'ψ' },
      y: { from: 0, to: 8, ticks: [0, 2, 4, 6, 8] } },
  ],
  request: ({ psi, start }) => ['doubling', [psi, start === 'parallel' ? 1 : 0]],
  prepare({ panels }) {
    panels.forEach((panel, k) => panel.line('two', [[k ? 0.5 : 0, 2], [k ? 2 : 60, 2]], 'soft dash'));
  },
  draw({ panels: [kernel] }, rows, { start }) {
    kernel.line('now', rows.filter((r) => r[0] >= 0), start === 'parallel' ? 'b' : 'a');
  },
  finish({ panels: [, diagram] }, rows, { psi, start }) {
    const last = rows[rows.length - 1].slice(1), colour = start === 'parallel' ? 'b' : 'a';
    const different = [];
    for (const k of last) if (!different.some((d) => Math.abs(d - k) < 1e-3)) different.push(k);
    diagram.points(`seen ${start} ${psi}`, different.map((k) => [psi, k]), colour);
    diagram.line('now', [[psi, 0], [psi, 8]], 'soft faint');
    const at = `ψ = ${psi.toFixed(3)}`;
    if (!last.length) return `${at}: training diverges.`;
    const range = `between ${Live.number(Math.min(...last), 4)} and ${Live.number(Math.max(...last), 4)}`;
    if (different.length === 1) return `${at}: the kernel comes to rest at ${Live.number(last[0], 4)}, ${last[0] < 2 ? 'below' : 'above'} 2.`;
    return different.length > 12 ? `${at}: the kernel never seems to repeat, ${range}.`
      : `${at}: the kernel runs through ${different.length} values for ever, ${range}.`;
  },
});
