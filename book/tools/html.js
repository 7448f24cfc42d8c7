// From markdown to a page: pandoc with two filters and the template theme/page.html, and KaTeX.
'use strict';
const { spawn } = require('child_process');
const path = require('path');
const { katex } = require('./files');
const { render } = require('./math');

// Without the extensions that other versions of pandoc switch on by themselves for "gfm".
const FROM = 'gfm+smart-tex_math_dollars-emoji';
const FILTERS = ['page.lua', 'frame.lua'].map((name) => `--lua-filter=${path.join(__dirname, name)}`);
const TEMPLATE = path.join(__dirname, '..', 'theme', 'page.html');

const engine = katex();
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => text.replace(/[&<>"]/g, (c) => ENTITIES[c]);

function unescape(text) {
  const letters = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => letters[name]);
}

/** A formula, to be set by withFormulas(). */
const formula = (tex) => `<span class="math inline">${escape(tex)}</span>`;

/** A page whose formulas are set. */
function withFormulas(html) {
  return html.replace(/<span class="math (inline|display)">([^<]*)<\/span>/g, (_, kind, escaped) => {
    const tex = unescape(escaped);
    try {
      return render(engine, tex, kind === 'display');
    } catch (error) {
      throw new Error(`${error.message} in ${tex}`);
    }
  });
}

/** The page that pandoc makes of a markdown text, its formulas not yet set; `told` is what the filters ask for. */
function page(root, markdown, told) {
  const args = ['-f', FROM, '-t', 'html5', '--katex', '--wrap=preserve', '--email-obfuscation=none',
    ...FILTERS, '--template', TEMPLATE];
  for (const [key, value] of Object.entries(told)) if (value) args.push('-M', `${key}=${value}`);
  return new Promise((resolve, reject) => {
    const child = spawn('pandoc', args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString());
      const said = Buffer.concat(err).toString().trim();
      reject(new Error(said.replace(/^Error running filter .*\n/, '').replace(/\nstack traceback:[^]*/, '')));
    });
    child.stdin.on('error', () => {});  // the exit code tells more than a broken pipe
    child.stdin.end(markdown);
  });
}

module.exports = { page, withFormulas, formula, escape, unescape };
