// The reader's own run beside the book's: which number, picture or output a page shows.
'use strict';
const fs = require('fs');
const path = require('path');
const { summary, entry, tableEntry, agrees, TABLE, RESULTS } = require('./numbers');

class Run {
  /** `results` is the reader's folder, or null for the book as it is committed. */
  constructor(root, results) {
    this.book = path.join(root, RESULTS);
    this.results = results;
    this.cache = new Map();
    this.counts = new Map();  // page -> {numbers, differ}: how many of its numbers are the reader's
  }

  of(folder, chapter) {
    const key = `${folder}/${chapter}`;
    if (!this.cache.has(key)) this.cache.set(key, summary(folder, chapter));
    return this.cache.get(key);
  }

  /** The reader's summary of a chapter, or null. */
  mine(chapter) {
    return this.results && this.of(this.results, chapter);
  }

  /** The book's summary of a chapter, or null. */
  books(chapter) {
    return this.of(this.book, chapter);
  }

  /**
   * {book, mine, agrees} for ch01.gradient_error on a page. `mine` is null without a run, and for
   * the entries of tables, which belong to the book's large runs.
   */
  number(key, page) {
    if (TABLE.test(key)) return { book: tableEntry(this.book, key), mine: null, agrees: true };
    const [chapter, ...rest] = key.split('.');
    const name = rest.join('.');
    const book = entry(this.books(chapter), name);
    if (!book) throw new Error(`no number "${key}" in ${RESULTS}; run book/check`);
    const mine = entry(this.mine(chapter), name);
    const same = !mine || agrees(mine, book);
    if (mine) {
      const count = this.countsOf(page);
      ++count.numbers;
      if (!same) ++count.differ;
      this.counts.set(page, count);
    }
    return { book, mine, agrees: same };
  }

  countsOf(page) {
    return this.counts.get(page) || { numbers: 0, differ: 0 };
  }

  /** The reader's file in place of book/results/REST or book/images/REST, or null. */
  file(rest) {
    const file = this.results && path.join(this.results, rest);
    return file && fs.existsSync(file) ? file : null;
  }

  /** What to say on the terminal. */
  report() {
    if (!this.results) return [];
    const lines = [];
    for (const [page, { numbers, differ }] of [...this.counts].sort()) {
      lines.push(`${page}: ${numbers} number${numbers === 1 ? '' : 's'} from your run, ` +
        (differ ? `${differ} differ${differ === 1 ? 's' : ''} from the book and ` +
          `${differ === 1 ? 'is' : 'are'} marked` : 'all as in the book'));
    }
    if (!lines.length) {
      lines.push(`No results of yours in ${this.results}: the pages show the book's.`);
    }
    return lines;
  }
}

module.exports = { Run };
