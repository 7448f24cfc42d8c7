'use strict';

// Chapter 2: 200 networks that differ in nothing but their seed.
Live.figure('lengths', {
  ask: '200 networks of eight layers, 64 units each, differ in their seed only, and the squared lengths of two signals typically by a factor of 2. What becomes of it with 1024 units each?',
  guess: Live.choice({ label: 'my guess:', at: '1.7', options: [['1.01', '1.01'], ['1.2', '1.2'], ['1.7', '1.7']] }),
  controls: {
    width: Live.range({ label: 'width n', values: [8, 16, 32, 64, 128, 256, 512, 1024], at: 64, text: String }),
    layer: Live.range({ label: 'layer l', values: [1, 2, 4, 8, 16, 32, 64], at: 8, text: String }),
    gain: Live.range({ label: 'variance × n', from: 1, to: 3, step: 0.1, at: 2, text: (v) => v.toFixed(1) }),
    draw: Live.range({ label: 'draw', values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], at: 0, text: String }),
  },
  panels: [
    { title: 'ln R of 200 networks', tall: 1.2, x: { from: -8, to: 8, ticks: [-8, -4, 0, 4, 8], name: 'ln R' },
      y: { from: 0, to: 100, ticks: [0, 25, 50, 75, 100] } },
    { title: 'Factor between two networks', tall: 1.2, x: { from: 0.001, to: 10, log: true, ticks: [0.001, 0.01, 0.1, 1, 10], text: (v) => (v < 1 && v > 0.05 || v >= 1 ? String(v) : Live.power(Math.round(Math.log10(v)))), name: 'l / n' },
      y: { from: 1, to: 100, log: true, ticks: [1, 2, 10, 100] } },
  ],
  request: ({ width, layer, gain, draw }) => ['lengths', [width, layer, gain, draw]],
  prepare({ panels: [, factor] }) { // exp(0.954 sqrt(5 l / n)): the median of |N(0, 2 * 5 l / n)|
    const curve = Array.from({ length: 81 }, (_, k) => 10 ** (-3 + k / 20));
    factor.line('law', curve.map((r) => [r, Math.exp(0.6745 * Math.sqrt(10 * r))]), 'soft dash');
    factor.note('lawname', [0.0012, 60], 'derived', 'soft');
  },
  guessed({ panels: [, factor], guess }) {
    factor.clear('guess');
    if (guess === null) return;
    factor.dot('guess', [8 / 1024, Number(guess)], 'd');
    factor.note('guessname', [8 / 1024, Number(guess) * 1.25], 'your guess', 'd', 'middle');
  },
  draw({ panels: [histogram, factor], tried }, rows, { width, layer, gain, draw }) {
    const last = rows[rows.length - 1], reached = rows.length; // layer by layer
    const values = last.filter(Number.isFinite), bin = 0.5;
    const counts = Array.from({ length: 32 }, (_, k) => [-8 + k * bin, -8 + (k + 1) * bin, 0]);
    for (const v of values) ++counts[Math.max(0, Math.min(31, Math.floor((v + 8) / bin)))][2];
    histogram.bars('now', counts, 'a');
    const mean = (-2.5 * reached) / width + reached * Math.log(gain / 2), variance = (5 * reached) / width;
    const normal = (x) => (200 * bin * Math.exp(-((x - mean) ** 2) / (2 * variance))) / Math.sqrt(2 * Math.PI * variance);
    histogram.line('law', Array.from({ length: 321 }, (_, k) => [-8 + k / 20, normal(-8 + k / 20)]), 'b dash');
    histogram.note('lawname', [-7.7, 92], 'derived', 'b');
    histogram.note('layer', [7.7, 92], `layer ${reached}`, 'soft', 'end');
    if (reached < layer) return;
    const apart = [];
    for (let k = 0; k + 1 < values.length; k += 2) apart.push(Math.abs(values[k] - values[k + 1]));
    apart.sort((a, b) => a - b);
    const middle = Math.exp((apart[Math.floor((apart.length - 1) / 2)] + apart[Math.floor(apart.length / 2)]) / 2);
    tried.set('factor', middle).set('silent', last.length - values.length);
    factor.clear('now');
    factor.dot(`seen ${width} ${layer} ${draw}`, [layer / width, middle], 'a');
    factor.dot('now', [layer / width, middle], 'a now');
  },
  finish({ tried }, rows, { width, layer, gain }) {
    const sorted = rows[layer - 1].slice().sort((a, b) => a - b);
    const median = Math.exp((sorted[99] + sorted[100]) / 2), silent = tried.get('silent');
    return `Layer ${layer}, width ${width}: two networks differ by a factor of ${Live.number(tried.get('factor'), 2)}, the median over pairs. ` +
      `The median R is ${Live.number(median, 2)}${gain === 2 ? ', the mean over all networks is 1' : ''}.` + (silent ? ` ${silent} networks are silent.` : '');
  },
});
