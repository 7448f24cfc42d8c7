// node book/tools/pack.js: writes engine.js and images.js of the theme, from the module that the preset
// wasm builds and the first images of the embedded data set. With --check it writes nothing and
// compares what the two modules compute.
'use strict';
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { HERE } = require('./files');

const COUNT = 512;
const MODULE = path.join(HERE, 'build/wasm/bin/engine.wasm');
const theme = (name) => path.join(HERE, 'book/theme', `${name}.js`);

/** The first images of the embedded data set: all pixels, then a label each. */
function images() {
  const part = (name, header, bytes) =>
    zlib.gunzipSync(fs.readFileSync(path.join(HERE, 'data/fashion_mnist_subset', name)))
      .subarray(header, header + bytes);
  return Buffer.concat([
    part('train-images-idx3-ubyte.gz', 16, 784 * COUNT), part('train-labels-idx1-ubyte.gz', 8, COUNT)]);
}

// Text of 91 characters, 13 bits in two of them: a twelfth shorter than in base64. theme/live.js reads it.
const DIGITS = Array.from({ length: 94 }, (_, k) => String.fromCharCode(33 + k)).filter((c) => !"'<\\".includes(c));

function textOf(bytes) {
  let text = '', bits = 0, held = 0;
  for (const byte of bytes) {
    bits |= byte << held;
    held += 8;
    if (held < 13) continue;
    text += DIGITS[(bits & 8191) % 91] + DIGITS[Math.floor((bits & 8191) / 91)];
    bits >>>= 13;
    held -= 13;
  }
  return text + (held ? DIGITS[bits % 91] : '') + (held > 6 ? DIGITS[Math.floor(bits / 91)] : '');
}

const [decoder] = fs.readFileSync(theme('live'), 'utf8').match(/^function bytesOf[^]*?^}$/m);
const bytesOf = new Function(`${decoder} return bytesOf;`)();

function write(name, bytes) {
  const text = textOf(zlib.gzipSync(bytes, { level: 9 }));
  fs.writeFileSync(theme(name),
    `(globalThis.gradusPacked = globalThis.gradusPacked || {}).${name} =\n'${text}';\n`);
  console.log(`book/theme/${name}.js: ${Math.round(fs.statSync(theme(name)).size / 1000)} KB`);
}

function unpacked(name) {
  const [, text] = fs.readFileSync(theme(name), 'utf8').match(/'([^']*)'/);
  return zlib.gunzipSync(bytesOf(text));
}

// Controls for every figure, such that its first rows come at once.
const CONTROLS = {
  differences: [-4, 0],
  lengths: [64, 8, 2, 0],
  backward: [64, 4, 5, 0],
  spiral: [16, 3, 0.1, 0],
  one_step: [64, 2, 0, 0],
  coordinates: [1, 1, 2],
  transfer: [32, -1, 0, 0],
  clustering: [0.1],
  catapult: [2.5],
  catapult_images: [3, 32, 0],
  early_training: [32, 1],
  doubling: [1.199, 0],
  branches: [4, 2, 0],
  alpha: [-6, 1],
  sharpening: [64, 0, 0],
  symmetry: [48, 1 / 16, 1, 0],
  two_norms: [64, 4, 0],
  adam_step: [256, 0, 0, 0, 0],
};

/** {figure: all numbers of its first rows}. */
function computed(bytes, pictures) {
  const wasm = new WebAssembly.Module(bytes);
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(wasm)) {
    (imports[from] = imports[from] || {})[name] = () => 0;
  }
  const engine = new WebAssembly.Instance(wasm, imports).exports;
  engine._initialize();
  const at = engine.live_images(COUNT);
  new Uint8Array(engine.memory.buffer, at, pictures.length).set(pictures);
  const all = {};
  for (let k = 0, name; (name = engine.live_name(k)) !== 0; ++k) {
    const text = Buffer.from(engine.memory.buffer, name, 64).toString().split('\0')[0];
    const controls = CONTROLS[text];
    if (!controls) throw new Error(`book/tools/pack.js has no controls for the figure ${text}`);
    new Float64Array(engine.memory.buffer, engine.live_buffer(), controls.length).set(controls);
    engine.live_start(k, controls.length);
    all[text] = [];
    for (let rows = 0, count; rows < 14 && (count = engine.live_next()) !== 0;) {
      if (count < 0) continue;
      all[text].push(...new Float64Array(engine.memory.buffer, engine.live_buffer(), count));
      ++rows;
    }
  }
  return all;
}

/** Figures in which the committed module and the one just built differ by more than rounding. */
function compare() {
  const [fresh, kept] = [fs.readFileSync(MODULE), unpacked('engine')].map((m) => computed(m, images()));
  const names = new Set([...Object.keys(fresh), ...Object.keys(kept)]);
  const apart = [...names].filter((name) => {
    const [a, b] = [fresh[name] || [], kept[name] || []];
    return a.length !== b.length || a.some((v, k) => Math.abs(v - b[k]) > 1e-3 * Math.abs(v) + 1e-6);
  });
  if (!unpacked('images').equals(images())) apart.push('images.js');
  console.log(apart.length
    ? `book/theme/engine.js computes something else than the sources: ${apart.join(', ')}; make it anew with book/engine`
    : `book/theme/engine.js and the sources agree in ${names.size} figures`);
  return apart.length ? 1 : 0;
}

if (process.argv[2] === '--check') {
  process.exitCode = compare();
} else {
  write('engine', fs.readFileSync(MODULE));
  write('images', images());
}
