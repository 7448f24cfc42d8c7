// Figures that a reader can turn. A page has <section class="live" data-live="NAME" hidden>; the
// files figures/NAME.js say what they ask, show and compute, and this one does the rest. The engine
// is a script too, engine.js, loaded when the first figure comes near the screen, so that pages
// opened as files have it. Without this script, WebAssembly or the engine a page is as it was.
'use strict';

const Live = { base: document.currentScript.src.replace(/[^/]*$/, '') };

// ---------------------------------------------------------------- numbers, as the text writes them

const superscript = (n) => String(n).replace('-', '⁻').replace(/\d/g, (d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]);
Live.power = (exponent) => `10${superscript(exponent)}`;
Live.number = (value, digits = 3) => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'no number' : 'infinite';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [head, exponent] = value.toExponential(digits - 1).split('e');
    return `${head} × ${Live.power(Number(exponent))}`.replace('-', '−');
  }
  const text = size >= 10 ** digits ? String(Math.round(value)) : value.toPrecision(digits);
  return text.replace('-', '−');
};

// ---------------------------------------------------------------- the engine, in a worker

/** The worker, by its own text. It answers the newest request only. */
function liveWorker() {
  let module, images, engine, figures; // of the instance at hand
  let newest = 0;
  const text = (at) => {
    const bytes = new Uint8Array(engine.memory.buffer, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  };
  const instantiate = async () => {
    const imports = {}; // files, libraries, the environment: a page has none
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      (imports[from] = imports[from] || {})[name] = () => 0;
    }
    imports.wasi_snapshot_preview1.proc_exit = () => { throw new Error('the engine ended'); };
    engine = (await WebAssembly.instantiate(module, imports)).exports;
    engine._initialize();
    figures = new Map();
    for (let k = 0, at; (at = engine.live_name(k)) !== 0; ++k) figures.set(text(at), k);
    const at = engine.live_images(images.length / 785);
    new Uint8Array(engine.memory.buffer, at, images.length).set(images);
  };
  const pause = () => new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); go(); };
    port2.postMessage(0);
  });
  const answer = async ({ id, figure, controls }) => {
    if (!figures.has(figure)) throw new Error(`the engine has no figure ${figure}`);
    new Float64Array(engine.memory.buffer, engine.live_buffer(), controls.length).set(controls);
    engine.live_start(figures.get(figure), controls.length);
    let rows = [], slice = performance.now(), count;
    while ((count = engine.live_next()) !== 0) {
      if (count > 0) rows.push(Array.from(new Float64Array(engine.memory.buffer, engine.live_buffer(), count)));
      if (performance.now() - slice < 12) continue;
      if (rows.length) postMessage({ id, rows });
      rows = [];
      await pause(); // a newer request may have come
      if (id !== newest) return;
      slice = performance.now();
    }
    postMessage({ id, rows, done: true });
  };
  let queue = Promise.resolve();
  onmessage = ({ data }) => {
    if (data.module) {
      queue = queue.then(async () => {
        [module, images] = [await WebAssembly.compile(data.module), data.images];
        await instantiate();
        postMessage({ ready: true });
      }).catch((error) => postMessage({ broken: String(error) }));
      return;
    }
    newest = data.id;
    queue = queue.then(() => (data.id === newest ? answer(data) : undefined))
      .catch(async (error) => { // what threw is spent
        const why = text(engine.live_error()) || String(error);
        await instantiate();
        postMessage({ id: data.id, error: why });
      });
  };
}

/** What book/tools/pack.js wrote as text: 13 bits in two of 91 characters. */
function bytesOf(text) {
  const digit = (k) => { const c = text.charCodeAt(k); return c - 33 - (c > 39) - (c > 60) - (c > 92); };
  const bytes = new Uint8Array(Math.ceil(text.length * 13 / 16));
  let bits = 0, held = 0, size = 0;
  for (let k = 0; k < text.length; k += 2) {
    const pair = k + 1 < text.length;
    bits |= (digit(k) + (pair ? 91 * digit(k + 1) : 0)) << held;
    for (held += pair ? 13 : 6; held >= 8; held -= 8, bits >>>= 8) bytes[size++] = bits;
  }
  return bytes.subarray(0, size);
}

async function unpacked(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The bytes of engine.js or images.js, read once. */
function packed(name) {
  Live.packed = Live.packed || {};
  Live.packed[name] = Live.packed[name] || new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = `${Live.base}${name}.js`;
    script.onload = () => unpacked(globalThis.gradusPacked[name]).then(done, failed);
    script.onerror = () => failed(new Error(`theme/${name}.js cannot be read`));
    document.head.append(script);
  });
  return Live.packed[name];
}

/** compute(figure, controls, {rows, done, error}): drops what ran before. */
async function computer(images) {
  const worker = new Worker(URL.createObjectURL(
    new Blob([`(${liveWorker})()`], { type: 'text/javascript' })));
  await new Promise((go, stop) => {
    worker.onmessage = ({ data }) => (data.ready ? go() : stop(new Error(data.broken)));
    worker.onerror = (event) => stop(new Error(event.message || 'no worker'));
    Promise.all([packed('engine'), images ? packed('images') : new Uint8Array()])
      .then(([module, bytes]) => worker.postMessage({ module, images: bytes }), stop);
  });
  let id = 0, current = {};
  worker.onmessage = ({ data }) => {
    if (data.id !== id) return;
    if (data.error) return current.error(data.error);
    if (data.rows.length) current.rows(data.rows);
    if (data.done) current.done();
  };
  return (figure, controls, handlers) => {
    current = handlers;
    worker.postMessage({ id: ++id, figure, controls });
  };
}

// ---------------------------------------------------------------- elements

function element(parent, name, attributes = {}, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';
function shape(parent, name, attributes = {}, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

/**
 * Controls say what the reader may choose. Each builds itself and answers {get, set}; `told` is
 * called with each move. A list of values may be given in place of from, to, step.
 */
Live.range = ({ label, values, from, to, step, at, text = (v) => Live.number(v) }) => {
  const all = values || Array.from({ length: Math.round((to - from) / step) + 1 },
    (_, k) => Number((from + k * step).toFixed(6)));
  const place = (v) => all.reduce((best, w, k) => (Math.abs(w - v) < Math.abs(all[best] - v) ? k : best), 0);
  return { at: all[place(at)], text, build(parent, told) {
    const row = element(parent, 'label', { class: 'live-range' });
    element(row, 'span', { class: 'live-name' }, label);
    const input = element(row, 'input', { type: 'range', min: 0, max: all.length - 1, step: 1 });
    const output = element(row, 'output', { 'aria-hidden': 'true' });
    const show = () => {
      output.textContent = text(all[input.value]);
      input.setAttribute('aria-valuetext', output.textContent);
    };
    input.addEventListener('input', () => { show(); told(); });
    return { get: () => all[input.value], set: (v) => { input.value = place(Number(v)); show(); } };
  } };
};

Live.choice = ({ label, options, at }) => ({ at, text: (v) => options.find(([o]) => o === v)[1], build(parent, told) {
  const field = element(parent, 'fieldset', { class: 'live-choice' });
  element(field, 'legend', { class: 'live-name' }, label);
  const group = `live${Math.random().toString(36).slice(2)}`;
  const inputs = options.map(([value, text]) => {
    const row = element(field, 'label');
    const input = element(row, 'input', { type: 'radio', name: group, value });
    element(row, 'span', {}, text);
    input.addEventListener('change', told);
    return input;
  });
  return {
    get: () => options[inputs.findIndex((i) => i.checked)][0],
    set: (v) => { for (const i of inputs) i.checked = i.value === String(v); },
  };
} });

// ---------------------------------------------------------------- plots

/**
 * A plot of fixed axes, {from, to, log, ticks, text, name} each. What is drawn is kept under a key:
 * line, dot, points, bars, note (a direct label) add or replace, clear(prefix) removes. `points` makes of a
 * clicked point the controls that it stands for.
 */
function plot(parent, { title, x, y, tall = 1, points }, told) {
  const box = element(parent, 'div', { class: 'live-panel' });
  const height = 224 * tall, pad = { left: 46, right: 14, top: 40, bottom: 40 };
  const svg = shape(box, 'svg', { class: 'live-plot', role: 'img', height });
  const name = shape(svg, 'title', {}, title);
  const frame = shape(svg, 'g'), marks = shape(svg, 'g');
  const clip = `clip${Math.random().toString(36).slice(2)}`;
  const kept = new Map();
  let width = 0;
  const on = (axis, v) => (axis.log ? Math.log10(Math.max(v, 1e-300)) : v);
  const share = (axis, v) => (on(axis, v) - on(axis, axis.from)) / (on(axis, axis.to) - on(axis, axis.from));
  const X = (v) => pad.left + share(x, v) * (width - pad.left - pad.right);
  const Y = (v) => height - pad.bottom - Math.max(-0.3, Math.min(1.3, share(y, v))) * (height - pad.top - pad.bottom);
  const label = (axis, v) => (axis.text || ((w) => String(w).replace('-', '−')))(v);
  const ticks = (axis) => (width < 230 && axis.few) || axis.ticks;
  const draw = () => {
    width = box.clientWidth;
    if (!width) return;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    frame.replaceChildren();
    marks.replaceChildren();
    const [left, right, top, bottom] = [pad.left, width - pad.right, pad.top, height - pad.bottom];
    shape(shape(frame, 'clipPath', { id: clip }), 'rect', {
      x: left - 5, y: top - 5, width: Math.max(0, right - left + 10), height: bottom - top + 10 });
    for (const v of y.ticks) {
      shape(frame, 'path', { class: 'grid', d: `M${left},${Y(v)}H${right}` });
      shape(frame, 'path', { class: 'axis', d: `M${left - 4},${Y(v)}H${left}` });
      shape(frame, 'text', { class: 'tick', x: left - 8, y: Y(v) + 4, 'text-anchor': 'end' }, label(y, v));
    }
    for (const v of ticks(x)) {
      shape(frame, 'path', { class: 'axis', d: `M${X(v)},${bottom}v4` });
      shape(frame, 'text', { class: 'tick', x: X(v), y: bottom + 17, 'text-anchor': 'middle' }, label(x, v));
    }
    shape(frame, 'path', { class: 'axis', d: `M${left},${top - 4}V${bottom}H${right}` });
    shape(frame, 'text', { class: 'name', x: right, y: height - 6, 'text-anchor': 'end' }, x.name);
    shape(frame, 'text', { class: 'title', x: 2, y: 16 }, title);
    for (const mark of kept.values()) mark();
  };
  const inside = () => ({ 'clip-path': `url(#${clip})` });
  const keep = (key, mark) => {
    const old = kept.get(key);
    if (old && old.drawn) old.drawn.remove();
    const entry = () => { entry.drawn = width ? mark() : null; };
    kept.set(key, entry);
    entry();
  };
  if (points) { // a click chooses: back from the screen to the axes
    const back = (axis, part) => {
      const v = on(axis, axis.from) + part * (on(axis, axis.to) - on(axis, axis.from));
      return axis.log ? 10 ** v : v;
    };
    svg.classList.add('points');
    svg.addEventListener('click', (event) => {
      const place = svg.getBoundingClientRect();
      told(points(back(x, (event.clientX - place.left - pad.left) / (width - pad.left - pad.right)),
        back(y, (height - pad.bottom - event.clientY + place.top) / (height - pad.top - pad.bottom))));
    });
  }
  new ResizeObserver(() => box.clientWidth !== width && draw()).observe(box);
  draw();
  return {
    line(key, points, kind) {
      keep(key, () => shape(marks, 'path', { class: `line ${kind}`, ...inside(),
        d: points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))
          .map(([a, b], k) => `${k ? 'L' : 'M'}${X(a).toFixed(1)},${Y(b).toFixed(1)}`).join('') }));
    },
    dot(key, [a, b], kind) {
      const held = Math.max(Math.min(b, Math.max(y.from, y.to)), Math.min(y.from, y.to)); // at the edge, not off it
      keep(key, () => shape(marks, 'circle', { class: `dot ${kind}`, cx: X(a), cy: Y(held), r: 4.5 }));
    },
    points(key, all, kind) { // many, and small
      keep(key, () => shape(marks, 'path', { class: `small ${kind}`, ...inside(),
        d: all.map(([a, b]) => `M${(X(a) - 1.6).toFixed(1)},${Y(b).toFixed(1)}a1.6,1.6 0 1 0 3.2,0a1.6,1.6 0 1 0 -3.2,0`).join('') }));
    },
    bars(key, counts, kind) { // [from, to, height]
      keep(key, () => shape(marks, 'path', { class: `bars ${kind}`, ...inside(),
        d: counts.map(([a, b, h]) => `M${X(a) + 0.5},${Y(y.from)}V${Y(h).toFixed(1)}H${X(b) - 0.5}V${Y(y.from)}Z`).join('') }));
    },
    note(key, [a, b], text, kind, anchor = 'start') {
      keep(key, () => shape(marks, 'text', { class: `note ${kind}`, x: X(a), y: Y(b), 'text-anchor': anchor }, text));
    },
    clear(prefix) {
      for (const [key, mark] of kept) {
        if (!key.startsWith(prefix)) continue;
        if (mark.drawn) mark.drawn.remove();
        kept.delete(key);
      }
    },
    describe(sentence) { name.textContent = `${title}: ${sentence}`; },
  };
}

/** A square of classes, and points upon it. */
function map(parent, { title, edge, side }) {
  const box = element(parent, 'div', { class: 'live-panel live-map' });
  const name = element(box, 'p', { class: 'live-title' }, title);
  const canvas = element(box, 'canvas', { width: 500, height: 500, role: 'img', 'aria-label': title });
  const small = element(null, 'canvas', { width: side, height: side });
  let classes = null, points = [];
  const colours = () => ['a', 'b', 'c'].map((k) => getComputedStyle(box).getPropertyValue(`--live-${k}`).trim());
  const draw = () => {
    const [pen, dots, tint] = [small.getContext('2d'), canvas.getContext('2d'), colours()];
    dots.clearRect(0, 0, 500, 500);
    if (classes) {
      classes.forEach((k, i) => { pen.fillStyle = tint[k]; pen.fillRect(i % side, Math.floor(i / side), 1, 1); });
      dots.globalAlpha = 0.28;
      dots.drawImage(small, 0, 0, 500, 500);
      dots.globalAlpha = 1;
    }
    points.forEach(([x, y, k]) => {
      dots.fillStyle = tint[k];
      dots.beginPath();
      dots.arc(250 * (1 + x / edge), 250 * (1 + y / edge), 4, 0, 7);
      dots.fill();
    });
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  return {
    points(all) { points = all; draw(); },
    classes(all) { classes = all; draw(); },
    clear() {},
    describe(sentence) { canvas.setAttribute('aria-label', `${name.textContent}: ${sentence}`); },
  };
}

// ---------------------------------------------------------------- a figure

const remember = (key, value) => {
  try { // a page from a file, or a private one, may have no memory
    if (value === undefined) return localStorage.getItem(key);
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch { /* then it is asked again */ }
  return null;
};

/** What the address says about a figure: #live-NAME:key=value,key=value */
function sent(name) {
  const [, rest] = decodeURIComponent(location.hash).split(`#live-${name}:`);
  return rest && new Map(rest.split(',').map((pair) => pair.split('=')));
}

Live.figure = (name, spec) => {
  for (const box of document.querySelectorAll(`.live[data-live="${name}"]`)) build(box, name, spec);
};

function build(box, name, spec) {
  const key = `gradus-guess-${name}`;
  box.setAttribute('aria-label', 'A figure to turn');
  box.hidden = false;
  const head = element(box, 'div', { class: 'live-head' });
  element(head, 'strong', {}, 'Turn it');
  element(head, 'span', {}, spec.ask);
  const asking = element(box, 'form', { class: 'live-guess' });
  const guess = spec.guess.build(asking, () => { if (view.guess !== null) tell(); });
  const commit = element(asking, 'button', { type: 'submit' }, 'That is my guess');
  const skip = element(asking, 'button', { type: 'button', class: 'quiet' }, 'Just show me');
  const made = element(asking, 'div', { class: 'live-made' });
  const kept = element(made, 'span', { class: 'live-kept' });
  const reset = element(made, 'button', { type: 'button', class: 'quiet' }, 'Start again');
  const panels = element(box, 'div', { class: `live-panels of${spec.panels.length}` });
  const view = { panels: spec.panels.map((p) => (p.side ? map : plot)(panels, p, (values) => point(values))), tried: new Map(), guess: null };
  const says = element(box, 'p', { class: 'live-says', 'aria-live': 'polite' });
  const knobs = element(box, 'fieldset', { class: 'live-controls' });
  element(knobs, 'legend', { class: 'live-hidden' }, 'Turn');
  const controls = Object.entries(spec.controls).map(([k, c]) => [k, c, c.build(knobs, () => ask(true))]);
  const at = () => Object.fromEntries(controls.map(([k, , c]) => [k, c.get()]));
  const put = (values) => { for (const [k, c, made] of controls) made.set(values && values.has(k) ? values.get(k) : c.at); };

  const live = { rows: [], asked: '', first: 0, milliseconds: 0 }; // to the first rows, and to the last
  box.live = live;
  let compute = null, frame = 0;
  const settle = (state) => { box.dataset.state = state; };

  const show = (values) => {
    spec.draw(view, live.rows, values);
    const sentence = spec.finish(view, live.rows, values);
    says.textContent = sentence;
    for (const panel of view.panels) panel.describe(sentence);
  };
  const start = () => { // once in a frame, however fast the reader turns
    frame = 0;
    const values = at();
    const [figure, numbers] = spec.request(values), asked = JSON.stringify([figure, numbers]);
    if (asked === live.asked && box.dataset.state === 'done') return show(values); // another look at it
    live.asked = asked;
    live.run(figure, numbers, values);
  };
  live.run = (figure, numbers, values = at()) => {
    settle('running');
    live.rows = [];
    const begun = performance.now(), spent = () => performance.now() - begun;
    live.first = 0;
    compute(figure, numbers, {
      rows(more) {
        live.rows.push(...more);
        spec.draw(view, live.rows, values);
        live.first = live.first || spent();
      },
      done() {
        show(values);
        live.milliseconds = spent();
        settle('done');
      },
      error(message) { says.textContent = `The engine stopped: ${message}`; settle('error'); },
    });
  };
  const ask = (turned) => {
    if (turned) {
      const text = Object.entries(at()).map(([k, v]) => `${k}=${v}`).join(',');
      clearTimeout(live.address);
      live.address = setTimeout(() => history.replaceState(null, '', `#live-${name}:${text}`), 300);
    }
    if (compute && !frame) frame = requestAnimationFrame(start);
  };
  const point = (values) => { // a click into a plot
    if (knobs.disabled) return;
    for (const [k, , made] of controls) if (k in values) made.set(values[k]);
    ask(true);
  };
  const tell = () => {
    kept.textContent = view.guess === null ? '' : `Your guess: ${spec.guess.text(view.guess)}.`;
    if (spec.guessed) spec.guessed(view);
  };
  const open = (value) => { // the knobs are the reader's
    view.guess = value;
    asking.classList.add('made');
    knobs.disabled = false;
    tell();
  };
  asking.addEventListener('submit', (event) => {
    event.preventDefault();
    remember(key, JSON.stringify(guess.get()));
    open(guess.get());
    knobs.querySelector('input').focus({ preventScroll: true });
  });
  skip.addEventListener('click', () => { open(null); knobs.querySelector('input').focus({ preventScroll: true }); });
  const begin = (values) => {
    for (const panel of view.panels) panel.clear('');
    view.tried.clear();
    view.guess = null;
    live.asked = '';
    asking.classList.remove('made');
    kept.textContent = '';
    knobs.disabled = true;
    guess.set(spec.guess.at);
    put(values);
    if (spec.prepare) spec.prepare(view);
  };
  reset.addEventListener('click', () => {
    remember(key, null);
    begin();
    history.replaceState(null, '', `#live-${name}`);
    ask(false);
    asking.querySelector('input').focus({ preventScroll: true });
  });

  const values = sent(name), before = remember(key);
  box.id = `live-${name}`;
  begin(values);
  if (before !== null) { guess.set(JSON.parse(before)); open(guess.get()); } else if (values) open(null);
  if (values) box.scrollIntoView();
  settle('waiting');
  const near = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    near.disconnect();
    try {
      compute = await computer(spec.images);
      ask(false);
    } catch (error) {
      box.hidden = true;
      box.dataset.state = 'away';
      console.info(`no figure to turn: ${error.message}`);
    }
  }, { rootMargin: '400px' });
  near.observe(box);
}
