// node book/tools/live_test.js [SITE [SHOTS]]: the figures in a headless Chromium, from files. The
// site is build/site by default; SHOTS is a folder for pictures of every figure. With --times [SITE] it
// tests nothing and prints how long the figures take.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Browser } = require('./browser');
const { HERE, bookPages, read } = require('./files');
const { figuresOf } = require('./live');

// What a figure's first sentence says: numbers of the committed results (tests/chapters/live_*_test.cpp).
const OPENS = {
  differences: /h = 0\.010: the forward difference is off by 0\.034 of the slope, the central one by 1\.1 × 10⁻⁵/,
  lengths: /differ by a factor of 2\.1/,
  spiral: /after 500 steps the loss is 0\.02\d?, and 100% of the points are right/,
  backward: /Width 64, SP: the ratios are 0\.584, 0\.469, 0\.509, 7\.46/,
  coordinates: /Sound µP, Adam, after 2 steps: from width 64 to 512 layer 2 changes its size 0\.96 times, its move 1\.0 times/,
  transfer: /Width 32, SP, η = 0\.50: after 200 steps the loss is 0\.05/,
  one_step: /f rises by 37\.0 η, a hidden unit moves by 0\.168 η/,
  clustering: /power iteration is after 33 products, Lanczos after 8/,
  early_training: /c = 1\.0: the loss never passes its start/,
  doubling: /ψ = 0\.899: the kernel comes to rest at 1\.809/,
  branches: /4 blocks × 1\/√L: the signal ends 1\.63 times as long; a step of SGD moves it by 1\.78 η, one of Adam by 74\.0 η/,
  alpha: /α = 1, c = 9\.2: loss 0\.422 and λ₀ = 23\.8 at the start\. The loss rises/,
  sharpening: /Width 128, µP: ηλ is 1\.59 at the start, 1\.59 after two steps and 2\.12 after 50: 1\.34 times/,
  catapult: /c = 1\.5: the loss falls from the first step on.*ηλ is 1\.49/,
  symmetry: /Multiplier 1\/16, rate × 1, SGD: the loss after 100 steps is [0-9.]+, in table 3 it is 0\.889/,
  two_norms: /Width 64, µP: one step changes the hidden weights by 0\.553 of their Frobenius norm, and by 2\.36 of their spectral norm/,
  adam_step: /Width 256, SP: one step of Adam moves f by 1094 η/,
};

let failures = 0;
const expect = (good, what, detail = '') => {
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${good ? '' : ` ${detail}`}`);
  if (!good) ++failures;
};

const BOX = "document.querySelector('.live')";
const SAYS = "document.querySelector('.live-says').textContent";
const RANGE = "document.querySelector('.live-controls input[type=range]')";
const inView = (page) => page.run(`${BOX}.scrollIntoView()`);
const settled = (page) => page.until(`['done', 'error', 'away'].includes(${BOX}.dataset.state)`, 120);
const frame = (page) => page.run('new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))');
const turn = async (page, value, range = RANGE) => {
  await page.run(`(() => { const i = ${range}; i.value = ${value}; i.dispatchEvent(new Event('input', { bubbles: true })); })()`);
  await frame(page);
};

class Site {
  constructor(folder) {
    this.folder = folder;
    this.pages = bookPages(HERE).flatMap((file) => figuresOf(read(HERE, file))
      .map((figure) => ({ figure, name: `${path.basename(file, '.md')}.html` })));
  }

  url(name) {
    return `file://${path.join(this.folder, name)}`;
  }
}

/** Every figure opens with its number, in any look; and no request leaves the folder. */
async function opens(browser, site, shots) {
  const looks = { light: {}, dark: { dark: true }, phone: { width: 390, height: 844 } };
  for (const { figure, name } of site.pages) {
    for (const [look, options] of Object.entries(looks)) {
      const page = await browser.page(site.url(name), options);
      const height = await page.run('document.body.scrollHeight');
      const begin = Date.now();
      await inView(page);
      await settled(page);
      const cold = Date.now() - begin;
      const said = await page.run(SAYS);
      expect(OPENS[figure].test(said), `${figure}, ${look}: opens with the book's number (${cold} ms)`, said);
      expect(!page.errors.length, `${figure}, ${look}: a clean console`, page.errors.join('; '));
      const away = page.requests.filter((url) => !url.startsWith(`file://${site.folder}/`) && !/^(blob|data):/.test(url));
      expect(!away.length, `${figure}, ${look}: no request leaves the folder`, away.join(' '));
      expect(await page.run(`document.documentElement.scrollWidth <= ${options.width || 1280}`), `${figure}, ${look}: nothing is wider than the page`);
      expect(Math.abs(await page.run('document.body.scrollHeight') - height) < 2, `${figure}, ${look}: the text does not jump`);
      if (shots) {
        await page.shot(path.join(shots, `${figure}-${look}.png`), await page.run(
          `(() => { const r = ${BOX}.getBoundingClientRect(); return { x: Math.max(0, r.x - 12), y: r.y + scrollY - 12, width: Math.min(innerWidth, r.width + 24), height: r.height + 24 }; })()`));
      }
      await page.close();
    }
  }
}

/** To the first rows and to the last: of every figure's start, and of turns of all its ranges, the median and the worst. */
async function times(browser, site) {
  console.log('milliseconds           start: first, all    turn: first, worst     all, worst');
  for (const { figure, name } of site.pages) {
    const page = await browser.page(site.url(name));
    const cold = await page.run(`new Promise((go) => {
      const box = ${BOX}, begun = performance.now();
      new MutationObserver(() => box.dataset.state === 'done' && go(performance.now() - begun)).observe(box, { attributes: true });
      box.scrollIntoView();
    })`);
    const opened = cold - await page.run(`${BOX}.live.milliseconds - ${BOX}.live.first`);
    await page.run(`${BOX}.querySelector('button.quiet').click()`);
    const first = [], all = [];
    for (const range of await page.run(`[...${BOX}.querySelectorAll('.live-controls input[type=range]')].map((r) => Number(r.max))`)
      .then((tops) => tops.map((top, k) => ({ top, input: `${BOX}.querySelectorAll('.live-controls input[type=range]')[${k}]` })))) {
      const home = await page.run(`${range.input}.value`);
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        await turn(page, Math.round(share * range.top), range.input);
        await settled(page);
        first.push(await page.run(`${BOX}.live.first`));
        all.push(await page.run(`${BOX}.live.milliseconds`));
      }
      await turn(page, home, range.input);
      await settled(page);
    }
    const told = [first, all].map((list) => list.sort((a, b) => a - b))
      .flatMap((list) => [list[Math.floor(list.length / 2)], list[list.length - 1]]);
    console.log(figure.padEnd(20), [opened, cold, ...told].map((t) => t.toFixed(0).padStart(8)).join(' '));
    await page.close();
  }
}

/** The guess comes before the knobs; keys turn them; the newest move wins; a setting can be sent. */
async function manners(browser, site) {
  const url = site.url('13-catapult.html');
  const page = await browser.page(url);
  await inView(page);
  await settled(page);
  const knobs = "document.querySelector('.live-controls').disabled";
  expect(await page.run(knobs), 'the knobs wait for the guess');
  await page.run("document.querySelector('.live-guess input').focus()");
  for (let k = 0; k < 5; ++k) await page.key('ArrowRight');
  await page.run("document.querySelector('.live-guess').requestSubmit()");
  expect(await page.run("document.querySelector('.live-kept').textContent") === 'Your guess: 3.5.', 'arrow keys move the guess, and it stays in sight');
  expect(!await page.run(knobs), 'after the guess the knobs turn');
  await page.run(`${RANGE}.focus()`);
  for (let k = 0; k < 10; ++k) await page.key('ArrowRight');
  await frame(page);
  await settled(page);
  expect(/^c = 2\.5: the loss is thrown/.test(await page.run(SAYS)), 'ten arrow keys raise c from 1.5 to 2.5', await page.run(SAYS));
  expect(await page.run(`${RANGE}.getAttribute('aria-valuetext')`) === '2.5', 'a screen reader hears the value');
  for (const [c, what] of [[3.9, 'comes back'], [4.1, 'never comes back']]) {
    await turn(page, Math.round((c - 0.5) * 10));
    await settled(page);
    expect((await page.run(SAYS)).includes(what), `c = ${c} ${what}`, await page.run(SAYS));
  }
  await page.run("document.querySelector('.live-controls input[value=\"64\"]').click()");
  await frame(page);
  await settled(page);
  const begin = Date.now();
  for (let k = 0; k < 60; ++k) await page.run(`(() => { const i = ${RANGE}; i.value = ${k}; i.dispatchEvent(new Event('input')); })()`);
  await frame(page);
  await settled(page);
  expect((await page.run(SAYS)).startsWith('c = 6.4'), `after 60 quick moves the last is answered (${Date.now() - begin} ms)`, await page.run(SAYS));
  await page.until("location.hash === '#live-catapult:net=64,c=6.4'", 5);
  await page.run("document.querySelector('.live-made button').click()");
  await frame(page);
  await settled(page);
  expect(await page.run(knobs) && OPENS.catapult.test(await page.run(SAYS)), 'starting again asks again, where it opened');
  expect(!page.errors.length, 'all with a clean console', page.errors.join('; '));
  await page.close();
  const sent = await browser.page(`${url}#live-catapult:net=uv,c=3.2`);
  await settled(sent);
  expect((await sent.run(SAYS)).startsWith('c = 3.2'), 'a setting in the address opens there', await sent.run(SAYS));
  // What throws in the engine costs one instance of it.
  await sent.run(`${BOX}.live.run('catapult_images', [3, -1, 0])`);
  await settled(sent);
  expect(/The engine stopped: \[model\] width -1/.test(await sent.run(SAYS)), 'what the engine throws is told', await sent.run(SAYS));
  await turn(sent, 10);
  await settled(sent);
  expect((await sent.run(SAYS)).startsWith('c = 1.5'), 'and the next turn is answered', await sent.run(SAYS));
  expect(!sent.errors.length, 'with a clean console', sent.errors.join('; '));
  await sent.close();
}

/** Without JavaScript or the engine a page is as it was. */
async function without(browser, site) {
  const hidden = `(() => { const b = ${BOX}; return b.getBoundingClientRect().height === 0 && document.querySelector('.picture img').complete; })()`;
  const still = await browser.page(site.url('13-catapult.html'), { script: false });
  expect(await still.run(hidden), 'without JavaScript there is the picture alone');
  await still.close();
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'site-'));
  try {
    fs.cpSync(site.folder, copy, { recursive: true });
    fs.rmSync(path.join(copy, 'theme/engine.js'));
    const page = await browser.page(`file://${copy}/13-catapult.html`);
    await inView(page);
    await settled(page);
    expect(await page.run(hidden), 'without the engine there is the picture alone');
    await page.close();
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

async function main(words) {
  const timed = words[0] === '--times';
  const [folder = path.join(HERE, 'build/site'), shots] = timed ? words.slice(1) : words;
  if (!Browser.found()) {
    console.log('The figures were tried in no browser: sudo apt install chromium');
    process.exit(3);
  }
  const site = new Site(path.resolve(folder));
  const browser = new Browser();
  try {
    if (timed) return await times(browser, site);
    await manners(browser, site);
    await without(browser, site);
    await opens(browser, site, shots);
  } finally {
    await browser.close();
  }
  process.exitCode = failures ? 1 : 0;
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exitCode = 1; });
