// The editions of a finished site: one text of all its pages, printed by Chromium as
// one-learning-rate.pdf and written by pandoc as .epub. Each needs a program; without it the
// edition is left out in a sentence.
'use strict';
const fs = require('fs');
const path = require('path');
const { pdf } = require('./pdf');
const { epub } = require('./epub');

const NAME = 'one-learning-rate';
const AUTHOR = 'The gradus authors';

/** The pages in the order of the contents, {key, text}: no ops, which are a work of reference for the screen. */
function pagesOf(site) {
  const index = fs.readFileSync(path.join(site, 'index.html'), 'utf8');
  const menu = index.slice(index.indexOf('<nav class="menu side"'), index.indexOf('<main'));
  const names = ['index.html', ...[...menu.matchAll(/<li class="(?:chapter|other)[^"]*"><a href="([\w-]+\.html)"/g)].map((m) => m[1])];
  return names.filter((name) => name !== 'ops.html').map((name) => {
    const html = fs.readFileSync(path.join(site, name), 'utf8');
    const begin = html.indexOf('>', html.indexOf('<main id="text"')) + 1;
    const text = html.slice(begin, html.indexOf('</main>'))
      .replace(/<nav class="turn"[\s\S]*?<\/nav>/, '')
      .replace(/<section class="live"[\s\S]*?<\/section>/g, '')
      .replace(/<p class="editions">.*<\/p>/, '')
      .replace(/<li>(?:(?!<\/li>)[\s\S])*href="ops\.html"[\s\S]*?<\/li>/, '');
    return { key: name.replace('.html', ''), text };
  });
}

/** Anchors carry the name of their page, and links stay inside the book; where they cannot, the text stays. */
function anchored({ key, text }, keys) {
  return text
    .replace(/<a href="[^"]*" aria-hidden="true"[^>]*><\/a>/g, '')
    .replace(/ id="([^"]+)"/g, (_, id) => ` id="${key}--${id}"`)
    .replace(/ href="([^"]*)"/g, (link, target) => {
      if (/^(https?|mailto):/.test(target)) return link;
      const [file, id] = target.split('#');
      const page = file ? file.replace('.html', '') : key;
      if (!keys.has(page)) return '';
      return ` href="#${id ? `${page}--${id}` : page}"`;
    })
    .replace(/<h1 id="[^"]*"/, `<h1 id="${key}"`);
}

const titleOf = (text) => text.match(/<h1[^>]*>([\s\S]*?)<\/h1>/)[1];

/** On paper nothing opens on demand: what does so on the screen moves to the end, with links to and fro. */
function withAnswers(pages) {
  let count = 0;
  const answers = [];
  const kept = pages.map((page) => {
    const own = [];
    const text = page.text.replace(/<details>\s*<summary>(.*?)<\/summary>([\s\S]*?)<\/details>/g, (_, summary, inside, at) => {
      if (summary.startsWith('In one minute')) return `<div class="minute"><div class="title">In one minute</div>${inside}</div>`;
      const id = ++count;
      const [, asked] = [...page.text.slice(0, at).matchAll(/<strong>([\s\S]*?)\.?<\/strong>/g)].pop() || [, summary];
      own.push(`<div class="answer"><div class="title"><a id="answer-${id}" href="#question-${id}">${asked}</a></div>${inside}</div>`);
      return `<div class="to-answer"><a id="question-${id}" href="#answer-${id}">${summary}</a>${folio(`answer-${id}`)}</div>`;
    });
    if (own.length) answers.push(`<h2 id="answers-${page.key}">${titleOf(page.text)}</h2>\n${own.join('\n')}`);
    return { key: page.key, text };
  });
  return [...kept, { key: 'answers', text: `<h1 id="answers">Answers</h1>\n${answers.join('\n')}` }];
}

/** Where the PDF prints the number of a page. */
const folio = (id) => `<span class="folio" data-of="${id}"></span>`;

/** The contents with the numbers of their pages, and with the answers. */
function withFolios(index) {
  const end = index.lastIndexOf('</ul>');
  const answers = '<li><div class="entry">\n<span class="name"><a href="#answers">Answers</a></span>' +
    '<span class="question">to the questions and exercises.</span>\n</div></li>\n';
  return (index.slice(0, end) + answers + index.slice(end))
    .replace(/(<span class="name">.*?<a href="#([^"]+)">.*?<\/a>)<\/span>/g, (_, name, id) => `${name}${folio(id)}</span>`);
}

/** {title, subtitle, author, pages: [{key, title, text}]} of the whole book. */
function bookOf(site) {
  const pages = pagesOf(site);
  const keys = new Set(pages.map((page) => page.key));
  const all = withAnswers(pages.map((page) => ({ key: page.key, text: anchored(page, keys) })));
  all[0].text = withFolios(all[0].text);
  const [, subtitle] = pages[0].text.match(/<div class="lead">\s*<p>([^.]*)/);
  return { title: titleOf(pages[0].text), subtitle, author: AUTHOR, pages: all.map((page) => ({ ...page, title: titleOf(page.text) })) };
}

/** Makes the editions of a site and links them on its first page; what to say on the terminal. */
function editions(site) {
  const book = bookOf(site);
  const made = [], said = [];
  for (const [kind, make] of [['pdf', pdf], ['epub', epub]]) {
    const problem = make(site, book, path.join(site, `${NAME}.${kind}`));
    if (problem) said.push(problem);
    else made.push(kind);
  }
  if (made.length) {
    const index = path.join(site, 'index.html');
    const links = made.map((kind) => `<a href="${NAME}.${kind}">${kind.toUpperCase()}</a>`).join(' and ');
    fs.writeFileSync(index, fs.readFileSync(index, 'utf8')
      .replace(/<h2 id="contents">/, `<p class="editions">The whole book as ${links}.</p>\n$&`));
  }
  return [...said, ...made.map((kind) => `${NAME}.${kind}`)];
}

module.exports = { editions };
