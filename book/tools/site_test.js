// node book/tools/site_test.js [SITE]: the search, the copying of listings, the meanings of symbols and the
// width of a phone in a headless Chromium, from files. The site is build/site by default.
'use strict';
const fs = require('fs');
const path = require('path');
const { Browser } = require('./browser');
const { HERE } = require('./files');

let failures = 0;
const expect = (good, what, detail = '') => {
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${good ? '' : ` ${detail}`}`);
  if (!good) ++failures;
};

const INPUT = "[...document.querySelectorAll('.search input')].find((i) => i.offsetParent)";
const FOUND = `[...${INPUT}.parentElement.querySelectorAll('a')]`;
const NARROW = 'document.documentElement.scrollWidth <= 390'; // innerWidth grows with what is wide
const FOCUS = 'document.activeElement';

function clean(page, folder, what) {
  expect(!page.errors.length, `${what}: a clean console`, page.errors.join('; '));
  const away = page.requests.filter((url) => !url.startsWith(`file://${folder}/`) && !/^(blob|data):/.test(url));
  expect(!away.length, `${what}: no request leaves the folder`, away.join(' '));
}

/** Types words into the search and waits for what it shows. */
async function search(page, words) {
  await page.run(`${INPUT}.focus()`);
  await page.run(`${INPUT}.select()`);
  await page.type(words);
  await page.until(`${INPUT}.value === '${words}' && ${INPUT}.parentElement.querySelector('li')`, 10);
}

async function searches(browser, folder) {
  const name = '13-catapult.html';
  const page = await browser.page(`file://${folder}/${name}`);
  await page.key('/');
  expect(await page.run(`${FOCUS} === ${INPUT} && ${INPUT}.value === ''`), 'the key / leads to the search');
  await search(page, 'catapult sharpness');
  const found = await page.run(`${FOUND}.map((a) => [a.href, a.textContent.toLowerCase()])`);
  expect(found.length > 2, 'the search finds sections', String(found.length));
  const dead = found.filter(([href]) => {
    const [file, id] = decodeURI(href.replace('file://', '')).split('#');
    return !file.startsWith(`${folder}/`) || !fs.existsSync(file) || (id && !fs.readFileSync(file, 'utf8').includes(` id="${id}"`));
  });
  expect(!dead.length, 'each in a place that is there', dead.join(' '));
  expect(await page.run(`${FOUND}.some((a) => a.querySelector('mark'))`), 'the words are marked');
  await page.key('ArrowDown');
  expect(await page.run(`${FOCUS} === ${FOUND}[0]`), 'the arrow leads to the first');
  await page.key('ArrowDown');
  expect(await page.run(`${FOCUS} === ${FOUND}[1]`), 'and to the second');
  await page.key('ArrowUp');
  await page.key('ArrowUp');
  expect(await page.run(`${FOCUS} === ${INPUT}`), 'and back');
  await search(page, 'catapult zyzzyva');
  expect(await page.run(`${INPUT}.parentElement.textContent.includes('Nothing has all of these words.')`), 'what is nowhere is said so');
  await page.key('Escape');
  await page.until(`${INPUT}.value === '' && !${INPUT}.parentElement.querySelector('li')`, 5);
  expect(await page.run(`${FOCUS} === ${INPUT}`), 'Escape empties it');
  clean(page, folder, 'search');
  await search(page, 'lanczos');
  const target = await page.run(`${FOUND}[0].href`);
  await page.key('ArrowDown');
  await page.key('Enter');
  await page.until(`location.href === '${target}' && document.readyState === 'complete'`, 10);
  expect(!target.includes(name), 'Enter opens another page', target);
  await page.close();

  // A page in a folder of its own, and a phone.
  const source = fs.readdirSync(path.join(folder, 'source/chapters/ch01_chain_rule')).find((file) => file.endsWith('.html'));
  const deep = await browser.page(`file://${folder}/source/chapters/ch01_chain_rule/${source}`);
  await search(deep, 'lanczos');
  expect((await deep.run(`${FOUND}[0].href`)) === target, 'pages of sources find the same', await deep.run(`${FOUND}[0].href`));
  clean(deep, folder, 'search from a source');
  await deep.close();
  const phone = await browser.page(`file://${folder}/${name}`, { width: 390, height: 844 });
  await phone.run("document.querySelector('.bar summary').click()");
  await search(phone, 'catapult sharpness');
  expect((await phone.run(`${FOUND}.length`)) === found.length, 'a phone finds as much');
  expect(await phone.run(NARROW), 'and nothing is wider than the page');
  clean(phone, folder, 'search on a phone');
  await phone.close();
}

async function copies(browser, folder) {
  await browser.send('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
  const page = await browser.page(`file://${folder}/01-chain-rule.html`);
  const [listings, buttons] = await page.run("[document.querySelectorAll('main .code, main div.sourceCode:not(.code *)').length, document.querySelectorAll('.copy').length]");
  expect(listings > 3 && buttons === listings, 'every listing has its button', `${listings} listings, ${buttons} buttons`);
  await page.run(`document.querySelector('main .code a').focus()`);
  await page.key('Tab');
  for (let k = 0; k < 5 && !(await page.run(`${FOCUS}.className === 'copy'`)); ++k) await page.key('Tab');
  expect(await page.run(`${FOCUS}.className === 'copy' && getComputedStyle(${FOCUS}).opacity === '1'`), 'Tab reaches it, and it shows');
  expect(await page.run(`${FOCUS}.getAttribute('aria-label')`) === 'Copy this listing', 'a screen reader hears what it does');
  await page.key('Enter');
  await page.until(`${FOCUS}.textContent !== 'Copy'`, 5);
  expect(await page.run(`${FOCUS}.textContent`) === 'Copied', 'Enter copies', await page.run(`${FOCUS}.textContent`));
  const [copied, shown] = await page.run(`Promise.all([navigator.clipboard.readText(), ${FOCUS}.parentElement.querySelector('pre').innerText])`);
  expect(copied === shown.trimEnd() && copied.includes('\n'), 'the whole listing', copied);
  await page.until(`${FOCUS}.textContent === 'Copy'`, 5);
  clean(page, folder, 'copy');
  await page.close();
}

/** The meaning that the mouse finds on the first symbol whose text is `text` and title has `part`. */
const hovered = (text, part) => `(() => {
  const symbol = [...document.querySelectorAll('main .katex-html [title]')]
    .find((s) => s.checkVisibility() && s.textContent.replace(/\\u200b/g, '') === '${text}' && s.title.includes('${part}'));
  if (!symbol) return null;
  symbol.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = symbol.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  return { x, y, title: hit && hit.closest('[title]') ? hit.closest('[title]').title : '' };
})()`;

async function symbols(browser, folder) {
  // One letter, its meaning in each chapter.
  const meanings = [
    ['05-one-step.html', 'η', 'learning rate'],
    ['01-chain-rule.html', 'xˉ', 'the cotangent of x'],
    ['03-one-backward-pass.html', 'm', 'number of inputs'],
    ['08-invariants.html', 'm', 'rows and columns of one weight matrix'],
    ['08-invariants.html', 'δ', 'cotangent of a layer’s pre-activations'],
    ['16-edge-of-stability.html', 'δ', 'target and error'],
    ['05-one-step.html', 'r', 'residual'],
    ['12-sharpness.html', 'v', 'a direction in weight space'],
    ['17-super-consistency.html', 'n0', 'the width at which the learning rate was tuned'],
  ];
  for (const [name, text, part] of meanings) {
    const page = await browser.page(`file://${folder}/${name}`);
    const found = await page.run(hovered(text, part.split('’')[0]));
    expect(found && found.title.replace(/'/g, '’').includes(part), `${name}: ${text} is told under the mouse: ${part}`, JSON.stringify(found));
    clean(page, folder, name);
    await page.close();
  }
  const phone = await browser.page(`file://${folder}/05-one-step.html`, { width: 390, height: 844 });
  const { x, y, title } = await phone.run(hovered('η', 'learning rate'));
  await phone.click(x, y);
  expect(await phone.run("(document.querySelector('.meaning') || {}).textContent") === title, 'a tap shows the meaning');
  expect(await phone.run("(() => { const r = document.querySelector('.meaning').getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth; })()"), 'on the screen');
  await phone.key('Escape');
  expect(await phone.run("document.querySelector('.meaning') === null"), 'Escape takes it away');
  await phone.close();
}

/** No page of the book is wider than a phone. */
async function fits(browser, folder) {
  const wide = [];
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.html'))) {
    const page = await browser.page(`file://${folder}/${name}`, { width: 390, height: 844 });
    if (!(await page.run(NARROW))) wide.push(name);
    await page.close();
  }
  expect(!wide.length, 'every page fits a phone', wide.join(' '));
}

async function main([folder = path.join(HERE, 'build/site')]) {
  if (!Browser.found()) {
    console.log('The site was tried in no browser: sudo apt install chromium');
    process.exit(3);
  }
  const browser = new Browser();
  try {
    for (const test of [searches, copies, symbols, fits]) await test(browser, path.resolve(folder));
  } finally {
    await browser.close();
  }
  process.exitCode = failures ? 1 : 0;
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exitCode = 1; });
