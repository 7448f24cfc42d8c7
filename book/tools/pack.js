// node book/tools/pack.js: engine.js and images.js in the theme, from the module that the preset wasm
// builds and from the first images of the embedded data set.
'use strict';
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { HERE } = require('./files');

const COUNT = 512;
const subset = (name, header, bytes) =>
  zlib.gunzipSync(fs.readFileSync(path.join(HERE, 'data/fashion_mnist_subset', name)))
    .subarray(header, header + bytes);
const wasm = fs.readFileSync(path.join(HERE, 'build/wasm/bin/engine.wasm'));
const images = Buffer.concat([
  subset('train-images-idx3-ubyte.gz', 16, 784 * COUNT), subset('train-labels-idx1-ubyte.gz', 8, COUNT)]);
for (const [name, bytes] of Object.entries({ engine: wasm, images })) {
  const text = zlib.gzipSync(bytes, { level: 9 }).toString('base64');
  const file = path.join(HERE, 'book/theme', `${name}.js`);
  fs.writeFileSync(file, `(globalThis.gradusPacked = globalThis.gradusPacked || {}).${name} =\n'${text}';\n`);
  console.log(`${path.relative(HERE, file)}: ${Math.round(fs.statSync(file).size / 1000)} KB`);
}
