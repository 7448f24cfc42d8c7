// A headless Chromium over two pipes: Debian's chromium and nodejs, no package more.
'use strict';
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const CODES = { Tab: 9, Enter: 13, Escape: 27, PageUp: 33, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, '/': 191 };
const TEXTS = { Enter: '\r', '/': '/' }; // what a key types

class Browser {
  /** Whether there is one. */
  static found() {
    return spawnSync('chromium', ['--version']).status === 0;
  }

  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'book-'));
    this.process = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars',
      '--no-first-run', '--disable-extensions', '--remote-debugging-pipe', `--user-data-dir=${this.folder}`],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.waiting = new Map();
    this.listeners = [];
    this.id = 0;
    let rest = '';
    this.process.stdio[4].on('data', (chunk) => {
      const parts = (rest + chunk).split('\0');
      rest = parts.pop();
      for (const part of parts) this.receive(JSON.parse(part));
    });
  }

  receive(message) {
    const wait = this.waiting.get(message.id);
    if (!wait) return this.listeners.forEach((listener) => listener(message));
    this.waiting.delete(message.id);
    return message.error ? wait.fail(new Error(message.error.message)) : wait.done(message.result);
  }

  send(method, params = {}, sessionId = undefined) {
    return new Promise((done, fail) => {
      this.waiting.set(++this.id, { done, fail });
      this.process.stdio[3].write(`${JSON.stringify({ id: this.id, method, params, sessionId })}\0`);
    });
  }

  /** A page: run(expression), until(expression), key(name), type(text), click(x, y), shot(file, box); errors and requests. */
  async page(url, { width = 1280, height = 1000, dark = false, script = true } = {}) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const send = (method, params) => this.send(method, params, sessionId);
    const errors = [];
    const requests = [];
    const on = (method, act) => this.listeners.push((m) => m.sessionId === sessionId && m.method === method && act(m.params));
    on('Runtime.exceptionThrown', (p) => errors.push(p.exceptionDetails.exception?.description || p.exceptionDetails.text));
    on('Log.entryAdded', ({ entry }) => entry.level === 'error' && errors.push(`${entry.text} ${entry.url || ''}`));
    on('Runtime.consoleAPICalled', (p) => /error|warning/.test(p.type) && errors.push(p.args.map((a) => a.value).join(' ')));
    on('Network.requestWillBeSent', (p) => requests.push(p.request.url));
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
    await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
    if (!script) await send('Emulation.setScriptExecutionDisabled', { value: true });
    const loaded = new Promise((done) => on('Page.loadEventFired', done));
    await send('Page.navigate', { url });
    await loaded;
    if (!script) await send('Emulation.setScriptExecutionDisabled', { value: false });
    const run = async (expression) => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
      return result.value;
    };
    const until = async (expression, seconds = 60) => {
      for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
        if (await run(expression)) return;
        await new Promise((go) => setTimeout(go, 50));
      }
      throw new Error(`not within ${seconds} s: ${expression}; ${errors.join('; ')}`);
    };
    const key = async (name) => {
      const text = TEXTS[name];
      for (const type of [text ? 'keyDown' : 'rawKeyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, text, key: name, code: name, windowsVirtualKeyCode: CODES[name] });
    };
    const type = (text) => send('Input.insertText', { text });
    const click = async (x, y) => {
      for (const kind of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type: kind, x, y, button: 'left', clickCount: 1 });
    };
    const shot = async (file, clip) => {
      const { data } = await send('Page.captureScreenshot', { format: 'png', ...(clip && { clip: { ...clip, scale: 1 }, captureBeyondViewport: true }) });
      fs.writeFileSync(file, Buffer.from(data, 'base64'));
    };
    const close = () => this.send('Target.closeTarget', { targetId });
    return { run, until, key, type, click, shot, close, errors, requests };
  }

  async close() {
    const ended = new Promise((done) => this.process.on('exit', done));
    this.send('Browser.close').catch(() => {});
    const late = setTimeout(() => this.process.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

module.exports = { Browser };
