// The checks of the book, by name: node book/tools/check.js [--write] [--root DIR] [NAME...]
'use strict';
const { HERE, katex } = require('./files');

const CHECKS = {
  snippets: require('./snippets'),
  numbers: require('./numbers'),
  math: require('./math'),
  links: require('./links'),
  ops: require('./ops'),
  live: require('./live'),
  symbols: require('./symbols'),
};
const USAGE = `usage: book/check [--write] [${Object.keys(CHECKS).join('|')}...]

Compares the book with the code, the committed results, GitHub's rules and KaTeX; all checks
without a name. --write repairs snippets, numbers, printed output and formulas in double backticks.

exit codes: 0 all is well, 1 problems, 2 wrong options, 3 nodejs is missing`;

/** The problems that a check finds, a line "file:line: message" each. */
function problems(name, root, write = false) {
  try {
    return CHECKS[name].check(root, { write }).map((p) => `${p.file}:${p.line}: ${p.message}`);
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
}

function main(args) {
  let root = HERE;
  let write = false;
  const names = [];
  while (args.length) {
    const arg = args.shift();
    if (arg === '--help' || arg === '-h') {
      console.log(USAGE);
      return 0;
    }
    if (arg === '--write') write = true;
    else if (arg === '--root' && args.length) root = args.shift();
    else if (CHECKS[arg]) names.push(arg);
    else {
      console.error(`book/check: unknown argument "${arg}"; see book/check --help`);
      return 2;
    }
  }
  if (!katex()) console.error('book/check: formulas are not compiled; sudo apt install katex');
  const chosen = names.length ? names : Object.keys(CHECKS);
  const found = chosen.flatMap((name) => problems(name, root, write));
  found.forEach((problem) => console.log(problem));
  if (found.length) console.log(`${found.length} problem${found.length > 1 ? 's' : ''}`);
  return found.length ? 1 : 0;
}

module.exports = { problems };
if (require.main === module) process.exitCode = main(process.argv.slice(2));
