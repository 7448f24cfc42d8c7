// What every page has with JavaScript and does without: a search over the book, offline, a button
// that copies a listing, and the meaning of a symbol for those who tap.
'use strict';

(() => {
  const base = document.currentScript.src.replace(/theme\/[^/]*$/, '');
  const element = (parent, name, attributes = {}, text = '') => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  // ---------------------------------------------------------------- search

  let sections = null; // [page, id, title of the page, heading, text], from theme/search.js
  const load = () => {
    sections = sections || new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = `${base}theme/search.js`;
      script.onload = () => done(globalThis.gradusSections.map((s) => [...s, s[3].toLowerCase(), s[4].toLowerCase()]));
      script.onerror = failed;
      document.head.append(script);
    });
    return sections;
  };

  /** The sections that have every word, those with the words in their headings first. */
  const find = (all, words) => all.map((section) => {
    const [, , , , , heading, text] = section;
    let score = 0;
    for (const word of words) {
      const inHeading = heading.includes(word), count = text.split(word).length - 1;
      if (!inHeading && !count) return { score: 0 };
      score += (inHeading ? 20 : 0) + Math.min(count, 8) + (new RegExp(`(^|\\W)${word.replace(/\W/g, '\\$&')}`).test(text) ? 4 : 0);
    }
    return { section, score };
  }).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, 12);

  /** Some words around the first hit, the hits marked. */
  const excerpt = (parent, text, words) => {
    const low = text.toLowerCase();
    const first = Math.max(0, Math.min(...words.map((w) => low.indexOf(w)).filter((k) => k >= 0), text.length));
    const from = first < 50 ? 0 : text.lastIndexOf(' ', first - 40) + 1;
    const part = `${from ? '… ' : ''}${text.slice(from, from + 130)}`;
    const hits = new RegExp(`(${words.map((w) => w.replace(/\W/g, '\\$&')).join('|')})`, 'gi');
    part.split(hits).forEach((piece, k) => (k % 2 ? element(parent, 'mark', {}, piece) : parent.append(piece)));
  };

  document.querySelectorAll('nav.menu').forEach((nav, number) => {
    const box = document.createElement('div');
    box.className = 'search';
    nav.prepend(box);
    const input = element(box, 'input', { type: 'search', placeholder: 'Search the book', 'aria-label': 'Search the book', 'aria-controls': `found${number}` });
    const list = element(box, 'ol', { id: `found${number}`, 'aria-live': 'polite' });
    let newest = 0;
    const show = async () => {
      const words = input.value.toLowerCase().split(/\s+/).filter((w) => w.length > 1);
      const mine = ++newest;
      const all = words.length ? await load() : [];
      if (mine !== newest) return;
      list.replaceChildren();
      const found = words.length ? find(all, words) : [];
      for (const { section: [page, id, title, heading, text] } of found) {
        const link = element(element(list, 'li'), 'a', { href: `${base}${page}${id ? `#${id}` : ''}` });
        element(link, 'strong', {}, heading);
        if (heading !== title) element(link, 'small', {}, title);
        excerpt(element(link, 'span'), text, words);
      }
      if (words.length && !found.length) element(list, 'li', {}, 'Nothing has all of these words.');
    };
    input.addEventListener('focus', load, { once: true });
    input.addEventListener('input', show);
    box.addEventListener('keydown', (event) => {
      const links = [...list.querySelectorAll('a')], at = links.indexOf(document.activeElement);
      if (event.key === 'Escape') { input.value = ''; show(); input.focus(); }
      const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      (links[next] || input).focus();
    });
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const input = [...document.querySelectorAll('.search input')].find((i) => i.offsetParent);
    if (!input) return;
    event.preventDefault();
    input.focus();
  });

  // ---------------------------------------------------------------- copying

  for (const pre of document.querySelectorAll('main pre')) {
    const holder = pre.closest('.code') || pre.closest('.sourceCode') || pre;
    if (holder === pre) continue; // a few words without a frame
    const button = element(holder, 'button', { class: 'copy', type: 'button' });
    const say = (text, label = text) => { button.textContent = text; button.setAttribute('aria-label', label); };
    say('Copy', 'Copy this listing');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(pre.innerText.trimEnd());
        say('Copied');
      } catch {
        say('Not allowed');
      }
      setTimeout(() => say('Copy', 'Copy this listing'), 1500);
    });
  }

  // ---------------------------------------------------------------- symbols

  let meaning = null; // of the symbol that was tapped, as its title has it
  const close = () => { if (meaning) meaning.remove(); meaning = null; };
  document.addEventListener('click', (event) => {
    const symbol = event.target.closest('.katex [title]');
    close();
    if (!symbol) return;
    meaning = element(document.body, 'div', { class: 'meaning', role: 'status' }, symbol.title);
    const { left, bottom } = symbol.getBoundingClientRect();
    const most = document.documentElement.clientWidth - meaning.offsetWidth - 8;
    meaning.style.left = `${Math.max(8, Math.min(left, most)) + scrollX}px`;
    meaning.style.top = `${bottom + scrollY + 6}px`;
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
})();
