// The figures and displayed formulas of a chapter get numbers, and each number a link to itself.
'use strict';

/** The page with `Figure 3.2` before captions and `(3.2)` beside formulas. */
function numbered(name, html) {
  const [, digits] = name.match(/^(\d\d)-/) || [];
  if (!digits) return html;
  const chapter = Number(digits);
  let figure = 0, formula = 0;
  return html
    .replace(/<figure class="picture">([\s\S]*?)<figcaption>\n?/g, (_, inside) => {
      const id = `figure-${chapter}-${++figure}`;
      return `<figure class="picture" id="${id}">${inside}<figcaption>` +
        `<a class="own" href="#${id}">Figure ${chapter}.${figure}</a> `;
    })
    .replace(/<div class="display">/g, () => {
      const id = `formula-${chapter}-${++formula}`;
      return `<div class="display" id="${id}"><a class="own" href="#${id}">(${chapter}.${formula})</a>`;
    });
}

module.exports = { numbered };
