// Reads GitHub-flavoured markdown line by line, with line numbers: fenced blocks, inline code,
// formulas, headings and links. Enough to check the book; pandoc does the typesetting.
'use strict';

// A fence may stand inside a quotation ("> ") or a list item (indentation).
const FENCE = /^((?:[ \t]*>[ ]?)*[ \t]*)(`{3,}|~{3,})([^`]*)$/;

/** Splits a text into fenced blocks and prose. Line numbers start at 1; prose keeps its place. */
function scan(text) {
  const lines = text.split('\n');
  const prose = [...lines];
  const fences = [];
  const problems = [];
  let fence = null;
  let comment = 0;  // the line on which an open comment began
  lines.forEach((line, i) => {
    if (fence) {
      prose[i] = '';
      const inner = withoutPrefix(line, fence.prefix);
      const close = inner.match(/^[ ]{0,3}(`{3,}|~{3,})[ \t]*$/);
      if (close && close[1].startsWith(fence.ticks)) {
        fence.last = i + 1;
        fence = null;
      } else {
        fence.body.push(inner);
      }
      return;
    }
    if (comment) {
      prose[i] = '';
      if (line.includes('-->')) comment = 0;
      return;
    }
    const open = line.match(FENCE);
    if (open) {
      fence = { prefix: open[1], ticks: open[2], info: open[3].trim(), first: i + 1, body: [] };
      fences.push(fence);
      prose[i] = '';
    } else if (/^\s*<!--(?!.*-->)/.test(line)) {
      comment = i + 1;
      prose[i] = '';
    }
  });
  if (fence) {
    problems.push({ line: fence.first, message: 'this code block is never closed' });
    fence.last = lines.length;
  }
  if (comment) problems.push({ line: comment, message: 'this comment is never closed' });
  return { lines, prose, fences, problems };
}

/** A line of a fenced block without the quotation marks or the indentation of its fence. */
function withoutPrefix(line, prefix) {
  if (line.startsWith(prefix)) return line.slice(prefix.length);
  if (line.trim() === prefix.trim()) return '';
  return prefix.trim() === '' ? line.trimStart() : line;
}

/** Inline code of one line: [{start, end, ticks, text}]; `open` is where one fails to close. */
function codeSpans(line) {
  const spans = [];
  const runs = /(\\`)|(`+)/g;
  let open = null;
  for (let run; (run = runs.exec(line)); ) {
    if (run[1]) {
      if (open === null) continue;  // an escaped backtick opens nothing ...
      run[2] = '`';                 // ... but a backslash inside code is only a backslash
    }
    const end = run.index + run[0].length;
    if (open === null) {
      open = { start: run.index, ticks: run[2].length, from: end };
    } else if (run[2].length === open.ticks) {
      const text = line.slice(open.from, end - open.ticks);
      spans.push({ start: open.start, end, ticks: open.ticks, text });
      open = null;
    }
  }
  return { spans, open: open && open.start };
}

/** Formulas $`..`$ of one line: [{start, end, tex}], dollars included. */
function formulas(line) {
  return codeSpans(line).spans
    .filter((s) => s.ticks === 1 && line[s.start - 1] === '$' && line[s.end] === '$')
    .map((s) => ({ start: s.start - 1, end: s.end + 1, tex: s.text }));
}

/** The line with each range [start, end) replaced by as many copies of a filler. */
function blank(line, ranges, filler = ' ') {
  for (const { start, end } of ranges) {
    line = line.slice(0, start) + filler.repeat(end - start) + line.slice(end);
  }
  return line;
}

/** A line of prose whose code and formulas are x's and whose comments are blank; columns stay. */
function bare(line) {
  const veiled = blank(line, [...codeSpans(line).spans, ...formulas(line)], 'x');
  return veiled.replace(/<!--.*?-->/g, (c) => ' '.repeat(c.length));
}

/** The anchors of a page as GitHub makes them from headings, and those written as <a id>. */
function anchors(text) {
  const seen = new Map();
  const found = new Set();
  for (const line of scan(text).prose) {
    const heading = line.match(/^#{1,6}\s+(.*?)\s*#*$/);
    if (heading) {
      const slug = heading[1]
        .replace(/<!--.*?-->/g, '')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
        .replace(/ /g, '-');
      const count = seen.get(slug) || 0;
      seen.set(slug, count + 1);
      found.add(count ? `${slug}-${count}` : slug);
    }
    for (const a of line.matchAll(/<\w+[^>]*\s(?:id|name)="([^"]+)"/g)) found.add(a[1]);
  }
  return found;
}

/**
 * Blocks that come from a file: each line that matches `marker` (its groups: prefix, target) has a
 * fenced block under it that equals resolve(target): {lines, where, info} or {message}. Returns the
 * page's lines, repaired if `write` is set; otherwise reports what differs.
 */
function weave({ text, marker, resolve, report, write }) {
  const { lines, fences } = scan(text);
  const inFence = new Set();
  for (const f of fences) for (let n = f.first; n <= f.last; ++n) inFence.add(n);
  const repairs = [];  // from the last to the first, so that line numbers stay true
  lines.forEach((line, i) => {
    const found = !inFence.has(i + 1) && line.match(marker);
    if (!found) return;
    const [, prefix, target] = found;
    const right = resolve(target);
    if (right.message) return report(i + 1, right.message);
    const fence = fences.find((f) => f.first === i + 2);
    if (fence && fence.body.join('\n') === right.lines.join('\n')) return;
    if (write) {
      const block = ['```' + (fence ? fence.info : right.info), ...right.lines, '```'];
      repairs.unshift({ at: i + 1, remove: fence ? fence.last - fence.first + 1 : 0,
                        lines: block.map((l) => (prefix + l).trimEnd()) });
    } else if (!fence) {
      report(i + 1, 'no code block follows on the next line; `book/check --write` puts it there');
    } else {
      const differs = right.lines.findIndex((l, n) => l !== fence.body[n]);
      const n = differs < 0 ? right.lines.length : differs;
      const show = (l) => (l === undefined ? '(ends here)' : l);
      report(fence.first + 1 + n, `differs from ${right.where(n)}\n` +
        `    here:  ${show(fence.body[n])}\n    there: ${show(right.lines[n])}`);
    }
  });
  for (const r of repairs) lines.splice(r.at, r.remove, ...r.lines);
  return lines;
}

/** The pattern of a comment <!-- NAME: TARGET --> alone on its line, for weave(). */
function markerOf(name) {
  return new RegExp(`^((?:[ \\t]*>[ ]?)*[ \\t]*)<!--\\s*${name}:\\s*(\\S.*?)\\s*-->\\s*$`);
}

module.exports = { scan, codeSpans, formulas, blank, bare, anchors, weave, markerOf };
