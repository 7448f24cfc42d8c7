// A small book and the mistakes that the checks must find in it; for selftest.js.
'use strict';

const TICKS = '```';

const BOOK = {
  'book/index.md': `# A book

*With one chapter.*

## Contents

### Part I. Beginnings

1. [First](01-first.md): what is it?
2. Second *(planned)*: and then?

### Reference

- [Notation](notation.md): the symbols.
- [Every op](../autodiff/ops.h): from the code.
- [Errata](errata.md): none.
`,
  'book/notation.md': `# Notation

| symbol | meaning | in the code | chapters |
|---|---|---|---|
| $\`\\lVert x \\rVert\`$ | length | \`norm\` | the code |
| $\`\\bar x\`$ | the cotangent of $\`x\`$ | \`x_bar\` | 1 |
| $\`\\eta_l = 1\`$ | rate of layer l | \`lr\` | all but 2 |

| letter | meanings, and their chapters |
|---|---|
| $\`b\`$ | a bound (1, 3); a bias (2) |
`,
  'book/errata.md': '# Errata\n\nNone.\n',
  'book/01-first.md': `# 1. First

*The lead.*

A formula $\`a < b\`$ and a number, <!--=ch01.error %.1e-->4.5 × 10⁻¹⁰<!--/-->.

${TICKS}math
\\bar x = \\frac{1}{2}
${TICKS}

<!-- snippet: chapters/ch01_first/main.cpp#loop -->
${TICKS}cpp
for (int i = 0; i < 3; ++i) {
  step(i);
}
${TICKS}

> [!NOTE]
> See [the notation](notation.md#notation) and [below](#the-end).

<!-- output: book/results/ch01/output.txt#claim -->
${TICKS}text
claim  value
error  4.5e-10
${TICKS}

![A curve](images/ch01/curve.png)
*A caption with $\`\\eta\`$.*

Of <!--=ch01.images-->60,000<!--/--> images <!--=ch01.accuracy %.1p-->85.3%<!--/--> are right, or
in TeX <!--=ch01.error %.2g-->$\`4.5 \\times 10^{-10}\`$<!--/--> and
in code <!--=ch01.error %.2g-->\`4.5e-10\`<!--/-->. The full run has
a loss of <!--=ch01/full/loss.csv{width=64,lr=0.1}.loss %.2f-->0.03<!--/--> at width 64.

## The end
`,
  'book/results/ch01/summary.json': JSON.stringify({
    command: 'ch01_first --quick',
    machine: { cpu: 'a processor', threads: 2 },
    seconds: 3,
    numbers: {
      images: { value: 60000, tolerance: 0 },
      accuracy: { value: 0.853, tolerance: 0.01 },
    },
    claims: { error: { claim: 'error', value: 4.52e-10, expected: '< 1e-07', holds: true } },
  }),
  'book/results/ch01/full/loss.csv': 'width,lr,loss\n64,0.1,0.0271\n64,1,inf\n128,0.1,0.0312\n',
  'book/results/ch01/output.txt': `A line before.

claim  value
error  4.5e-10

A line after.
`,
  'chapters/ch01_first/main.cpp': `int main() {
  // [loop]
  for (int i = 0; i < 3; ++i) {
    step(i);
  }
  // [loop]
}
`,
  'autodiff/ops.h': `namespace gradus {
// --- square (ops/elementwise.cpp) ---
Tensor square(const Tensor& x);  ///< \`x^2\`
/// Its name in two lines,
/// the second here.
Tensor cube(const Tensor& x,
            int unused = 0);
// --- without a gradient (ops/elementwise.cpp) ---
Tensor sign(const Tensor& x);
}
`,
  'autodiff/ops/elementwise.cpp': `namespace {
Tensor map(const char* name, const Tensor& x) {
  return record(name, x);
}
}
Tensor square(const Tensor& x) {
  // y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar
  return map("square", x);
}
Tensor cube(const Tensor& x, int unused) { return x * square(x); }
Tensor sign(const Tensor& x) { return map("sign", x); }
`,
};

const INDEX = 'book/index.md';
const FIRST = 'book/01-first.md';
const NOTATION = 'book/notation.md';
const ERRATA = 'book/errata.md';
const SUMMARY = 'book/results/ch01/summary.json';
const OUTPUT = 'book/results/ch01/output.txt';
const CODE = 'chapters/ch01_first/main.cpp';
const OPS_H = 'autodiff/ops.h';
const OPS_CPP = 'autodiff/ops/elementwise.cpp';
const LONG = `\`\`\`cpp\n${'x'.repeat(79)}\n\`\`\``;

/** A text that stands on the page of the errata, and what is wrong with it. */
const note = (what, text, message) => [what, ERRATA, 'None.', text, message];

// By check: [what it is, file, text, its replacement, message]; with null the change is no mistake.
const MISTAKES = {
  snippets: [
    note('nothing', 'None.', null),
    ['code changed', CODE, 'step(i)', 'leap(i)',
      'book/01-first.md:14: differs from chapters/ch01_first/main.cpp:4'],
    ['text changed', FIRST, '  step(i)', '   step(i)', 'book/01-first.md:14: differs'],
    ['code longer', CODE, '  }\n  // [', '  }\n  stop();\n  // [',
      'book/01-first.md:16: differs from chapters/ch01_first/main.cpp:6'],
    ['no block', FIRST, '#loop -->\n', '#loop -->\n\n', 'book/01-first.md:11: no code block'],
    ['missing region', FIRST, '#loop', '#pool',
      'book/01-first.md:11: chapters/ch01_first/main.cpp has no region'],
    ['missing file', FIRST, 'main.cpp#', 'mein.cpp#', 'mein.cpp does not exist'],
    ['no region named', FIRST, 'main.cpp#loop', 'main.cpp', 'names no region'],
    ['duplicate region', CODE, '}\n', '}\n// [loop]\nint x;\n// [loop]\n',
      'region [loop] exists already'],
    ['unused region', CODE, 'int main', '// [more]\nint x;\n// [more]\nint main',
      'chapters/ch01_first/main.cpp:1: region [more] is shown on no page'],
    ['open region', CODE, 'int main', '// [more]\nint main', 'may not overlap'],
    ['a comment that is no mark', CODE, 'int main', '// [more] text\nint main', null],
    note('open block', '```cpp\nint x;', 'book/errata.md:3: this code block is never'),
    note('long line', LONG, 'book/errata.md:4: code line of 79 columns'),
    note('quoted snippet',
      '> <!-- snippet: chapters/ch01_first/main.cpp#loop -->\n> ```cpp\n> for\n> ```',
      'book/errata.md:5: differs'),
  ],
  numbers: [
    note('nothing', 'None.', null),
    ['result changed', SUMMARY, '0.853', '0.861',
      'book/01-first.md:30: ch01.accuracy is 86.1% in the results, "85.3%" in the text'],
    ['text changed', FIRST, '60,000<', '6,000<', 'ch01.images is 60,000'],
    ['ASCII in prose', FIRST, '4.5 × 10⁻¹⁰', '4.5e-10',
      'book/01-first.md:5: ch01.error is 4.5 × 10⁻¹⁰'],
    ['formula changed', FIRST, '10^{-10}', '10^{-9}', 'book/01-first.md:31: ch01.error is $`4.5'],
    ['unknown name', FIRST, 'ch01.images', 'ch01.pictures', 'has no number or claim "pictures"'],
    ['unknown chapter', FIRST, 'ch01.images', 'ch09.images', 'there is no book/results/ch09'],
    ['table changed', 'book/results/ch01/full/loss.csv', '0.0271', '0.0371', '.loss is 0.04 in the'],
    ['two rows of a table', FIRST, '{width=64,lr=0.1}', '{width=64}', 'names 2 rows, not one'],
    ['no such row', FIRST, '{width=64,lr=0.1}', '{width=65}', 'names 0 rows, not one'],
    ['unknown column', FIRST, 'lr=0.1', 'rate=0.1', 'loss.csv has no column "rate"'],
    ['unknown table', FIRST, 'full/loss.csv', 'full/losses.csv', 'there is no book/results/ch01/full'],
    ['an infinite entry', FIRST, 'lr=0.1}.loss %.2f-->0.03', 'lr=1}.loss %.2f-->∞', null],
    ['bad format', FIRST, '%.1p', '%5s', '"%5s" is no format'],
    ['no end', FIRST, '60,000<!--/-->', '60,000', 'on one line'],
    ['at the start of a line', FIRST, 'Of <!--=', '<!--=', 'may not begin a line'],
    ['an infinite number', SUMMARY, '0.853', '"inf"', 'ch01.accuracy is ∞'],
    ['a negative infinite number', SUMMARY, '0.853', '"-inf"', 'ch01.accuracy is -∞'],
    ['an infinite claim', SUMMARY, '4.52e-10', '"inf"', 'ch01.error is `inf`'],
    ['a negative infinite entry', 'book/results/ch01/full/loss.csv', '0.0271', '-inf',
      '.loss is -∞'],
    ['NaN', SUMMARY, '0.853', '"nan"', 'ch01.accuracy is NaN'],
    ['broken JSON', SUMMARY, '{"command"', '{command', 'is not JSON'],
    ['output changed', OUTPUT, 'error  4.5', 'error  4.6', 'book/01-first.md:24: differs'],
    ['output twice', OUTPUT, 'A line after', 'Claims after', '2 paragraphs that begin'],
    ['output missing', FIRST, 'output.txt#', 'out.txt#', 'out.txt does not exist'],
    ['output by two words', FIRST, '#claim -->', '#claim  val -->', null],
    ['output that begins otherwise', FIRST, '#claim -->', '#claims -->',
      'no paragraph that begins with "claims"'],
    note('example in code', 'Write `<!--=ch09.x-->1<!--/-->`.', null),
  ],
  math: [
    note('nothing', 'None.', null),
    note('bad TeX inline', 'A $`\\frac{1}`$.', 'book/errata.md:3: KaTeX:'),
    ['bad TeX in a block', FIRST, '\\frac{1}{2}', '\\fraq{1}{2}', 'book/01-first.md:8: KaTeX:'],
    note('Unicode in TeX', 'A $`é`$.', 'book/errata.md:3: KaTeX:'),
    note('bare dollars', 'A $x_1$.', 'book/errata.md:3: a bare $'),
    note('double dollars', '$$\nx\n$$.', 'book/errata.md:3: a bare $'),
    note('an escaped dollar', 'It costs \\$5.', null),
    note('in double backticks', 'A ``$`x`$``.', 'book/errata.md:3: ``$`x`$`` shows its dollars'),
    note('half a formula', 'A $`x`.', 'a bare $'),
    note('over two lines', 'A $`x\ny`$.', 'book/errata.md:3: code or a formula opens'),
    ['bar in a table', NOTATION, '\\lVert x \\rVert', '|x|',
      'book/notation.md:5: a | in a formula'],
    note('operatorname*', '$`\\operatorname*{max} x`$.', 'does not work on GitHub'),
    note('macro', '```math\n\\newcommand{\\R}{1}\n```.', 'macros cannot be defined'),
    note('tight <', '$`a<b`$.', 'put spaces around <'),
    note('letter before', 'an$`x`$.', 'touches the start'),
    note('letter after', '$`x`$s.', 'touches the end'),
    note('in a link', '[the $`x`$\nhere](index.md).', 'book/errata.md:3: no formula in the text'),
    note('in a footnote', 'x[^1]\n\n[^1]: the $`x`$.', 'book/errata.md:5: no formula in a foot'),
    ['in a heading', ERRATA, '# Errata', '# Errata $`x`$',
      'book/errata.md:1: no formula in a heading'],
    note('empty line', '```math\nx\n\ny\n```.', 'book/errata.md:3: no empty lines'),
    note('dollars in code', '`$x` and\n```sh\n$ ls $HOME\n```.', null),
  ],
  links: [
    note('nothing', 'None.', null),
    note('missing page', '[x](02-second.md).', 'book/errata.md:3: book/02-second.md does not'),
    ['missing anchor', FIRST, '#the-end', '#an-end', 'book/01-first.md has no heading #an-end'],
    ['anchor of another page', FIRST, 'notation.md#notation', 'notation.md#x', 'no heading #x'],
    note('wrong case', '[x](Notation.md).', 'book/Notation.md does not exist'),
    note('over two lines', '[a\nb](none.md).', 'book/errata.md:3: book/none.md does not'),
    ['no alternative text', FIRST, '![A curve]', '![]', 'book/01-first.md:27: the picture'],
    ['missing picture', FIRST, 'curve.png', 'kurve.png', 'kurve.png does not exist'],
    note('absolute path', '[x](/etc/passwd).', 'is not a relative link'),
    note('out of the repository', '[x](../../y.md).', 'leads out of the repository'),
    ['a page that nobody finds', INDEX, '- [Errata](errata.md): none.\n', '',
      'book/errata.md:1: no link'],
    note('link in code', '`[x](none.md)`.', null),
    note('another site', '[x](https://example.org).', null),
  ],
  ops: [
    note('nothing', 'None.', null),
    ['no derivation', OPS_CPP, '  // y = x^2, dy = 2 x dx  =>  x_bar = 2 x y_bar\n', '',
      'autodiff/ops/elementwise.cpp:6: square has no derivation'],
    ['a comment that derives nothing', OPS_CPP, '=>  x_bar = 2 x y_bar', 'and so on',
      'square has no derivation'],
    ['no definition', OPS_CPP, 'Tensor cube', 'Tensor cubed', 'autodiff/ops.h:7: cube is defined'],
    ['composition that becomes an op', OPS_CPP, 'return x * square(x)', 'return map("cube", x)',
      'cube has no derivation'],
    ['a formula that breaks off', OPS_CPP, '2 x y_bar', '2 x +',
      'elementwise.cpp:7: a name, a number or a bracket is missing at the end in the formula "x_bar = 2 x +"'],
    ['words in a formula', OPS_CPP, '2 x y_bar', '2 x y_bar for every x',
      'elementwise.cpp:7: "for every" is no formula; prose comes after'],
    ['a bracket that stays open', OPS_CPP, 'y = x^2', 'y = (x x', 'elementwise.cpp:7: ) is missing'],
    ['a sign that no formula has', OPS_CPP, 'y = x^2', 'y = x²', 'elementwise.cpp:7: "²'],
    ['a formula in prose', OPS_CPP, '2 x y_bar', '2 x y_bar: so x_bar = 0 at 0',
      'elementwise.cpp:7: write the formula around "x_bar" in backticks'],
    ['prose below a derivation', OPS_CPP, 'y_bar\n', 'y_bar: 0\n  // where \`x = 0\`, by \`square\`\n', null],
    ['half a pair of backticks', OPS_H, '\`x^2\`', '\`x^2', 'autodiff/ops.h:3: a backtick is never closed'],
    ['a formula without backticks', OPS_H, '\`x^2\`', 'x^2', 'ops.h:3: write the formula around "x^2"'],
    ['no longer said to have no gradient', OPS_H, 'without a gradient', 'signs',
      'sign has no derivation'],
  ],
  live: [
    note('a figure to turn', '<!-- live: catapult -->', null),
    note('an unknown one', '<!-- live: cannon -->', 'there is no figure "cannon"'),
    note('a marker inside a line', 'See <!-- live: catapult -->', 'is a line <!-- live: name -->'),
    note('one twice', '<!-- live: catapult -->\n\n<!-- live: catapult -->', 'is on this page twice'),
  ],
  symbols: [
    note('nothing', 'None.', null),
    ['no chapters', NOTATION, '| all but 2 |', '| most |', 'book/notation.md:7: "most" names no chapters'],
    ['chapters of a letter', NOTATION, '(1, 3)', '(1-3)', 'book/notation.md:11: "1-3" names no chapters'],
    ['a symbol that its chapter has not', NOTATION, '\\bar x', '\\bar z', 'book/notation.md:6: no chapter of its own has zˉ'],
  ],
  site: [
    note('bad TeX', '$`\\frac{1}`$', 'KaTeX'),
    note('a dead link', '[x](index.md#none)', 'has no such place'),
    note('an id that a heading has', '<a id="errata"></a>x', 'errata.html: two places have the id "errata"'),
    note('an unknown callout', '> [!HINT]\n> x', 'is no callout'),
    ['a missing picture', FIRST, 'curve.png', 'kurve.png', 'does not exist'],
    ['an unknown number', FIRST, 'ch01.images', 'ch01.x', 'no number "ch01.x"'],
  ],
};

module.exports = { BOOK, MISTAKES };
