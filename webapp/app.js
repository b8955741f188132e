// The demo page: one tunnel at a time, what flows through it, and a TCP ping.
const CLOSE_WORDS = {
  1000: 'ended normally', 1001: 'the other side went away', 1006: 'refused, or the connection was lost',
  1011: 'the target reset the connection, or the gateway failed', 1012: 'the gateway is shutting down',
  1013: 'the gateway is overloaded', 4403: 'the target is no longer allowed', 4408: 'a time limit was reached',
  4429: 'too many requests', 4502: 'the target could not be reached', 4504: 'the target did not answer in time',
};
const SAMPLES = 60;
const TAIL = 2048;
const BULK = { chunk: 65536, chunks: 1024 };
const SEND_AHEAD = 1 << 20;

const $ = (id) => document.getElementById(id);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const canSlowDown = 'WebSocketStream' in window;
const flows = { down: {}, up: {} };
let tunnel = null;

/** Bytes as a person reads them. */
function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** step).toFixed(step && 1)} ${units[step]}`;
}

function showFlow(name, { total, rates } = flows[name]) {
  const top = Math.max(1, ...rates);
  $(`${name}-total`).textContent = size(total);
  $(`${name}-rate`).textContent = `${size(rates.at(-1))}/s`;
  $(`${name}-line`).setAttribute('points', rates.map((rate, x) => `${x},${19 - 18 * rate / top}`).join(' '));
}

function resetFlows() {
  for (const name in flows) {
    flows[name] = { total: 0, seen: 0, at: performance.now(), rates: new Array(SAMPLES).fill(0) };
    showFlow(name);
  }
}

function tick() {
  if (!tunnel) return;
  for (const [name, flow] of Object.entries(flows)) {
    const now = performance.now();
    flow.rates = [...flow.rates.slice(1), (flow.total - flow.seen) * 1000 / Math.max(1, now - flow.at)];
    Object.assign(flow, { seen: flow.total, at: now });
    showFlow(name);
  }
  $('tail').textContent = tunnel.tail.replace(/[^\P{C}\n\t]/gu, '·'); // a target's control characters stay harmless
  $('tail').scrollTop = $('tail').scrollHeight;
}

function showState(kind, text) {
  $('state').className = `state ${kind}`;
  $('state').textContent = text;
  $('toggle').textContent = tunnel ? 'Close' : 'Open';
  $('target').disabled = Boolean(tunnel);
  for (const button of $('send').querySelectorAll('button')) button.disabled = kind !== 'open';
}

function showGate(kind, detail) {
  $('gate').className = kind;
  $('gate-word').textContent = kind || '–';
  $('gate-detail').textContent = detail;
}

/** `name` or `host:port` (IPv6 in brackets) as the address of a tunnel. */
function tunnelUrl(target) {
  const [, host, port] = target.match(/^\[?(.*?)\]?:(\d+)$/) ?? [];
  const path = host ? `tunnel?${new URLSearchParams({ host, port })}` : `tunnel/${encodeURIComponent(target)}`;
  return new URL(path, document.baseURI).href.replace(/^http/, 'ws');
}

/** A WebSocket whose reading waits for `received`: true back-pressure, felt as far as the target. */
function openStream(url, on) {
  const stream = new WebSocketStream(url);
  let writer;
  const read = async ({ readable, writable }) => {
    writer = writable.getWriter();
    on.open();
    const reader = readable.getReader();
    for (let next; !(next = await reader.read()).done;) await on.received(next.value);
  };
  stream.opened.then(read).catch(() => {}); // `closed` has the code and the reason
  stream.closed.then(on.closed, (lost) => on.closed({ closeCode: lost.closeCode ?? 1006, reason: lost.reason }));
  return { send: (bytes) => writer.write(bytes), close: () => stream.close({ closeCode: 1000 }) };
}

/** The same for browsers that cannot hold back what arrives. */
function openSocket(url, on) {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.onopen = on.open;
  socket.onmessage = (event) => on.received(event.data);
  socket.onclose = (event) => on.closed({ closeCode: event.code, reason: event.reason });
  const send = async (bytes) => {
    socket.send(bytes);
    while (socket.bufferedAmount > SEND_AHEAD) await sleep(10);
  };
  return { send, close: () => socket.close(1000) };
}

/** Waits as long as the chosen reading speed asks for, but never holds up a close. */
async function pace(self, bytes) {
  const start = performance.now();
  const due = () => Number($('pace').value) * (performance.now() - start) / 1000 >= bytes;
  while (canSlowDown && !self.closing && $('pace').value !== 'Infinity' && !due()) await sleep(50);
}

function openTunnel(target) {
  const self = { tail: '' };
  const decoder = new TextDecoder();
  const on = {
    open: () => showState('open', `Open to ${target}`),
    received: (data) => {
      const bytes = ArrayBuffer.isView(data) ? data : new Uint8Array(data);
      flows.down.total += bytes.length;
      self.tail = (self.tail + decoder.decode(bytes.subarray(-TAIL), { stream: true })).slice(-TAIL);
      return pace(self, bytes.length);
    },
    closed: ({ closeCode, reason }) => {
      tick();
      tunnel = null;
      const words = CLOSE_WORDS[closeCode] ?? 'for another reason';
      showState(closeCode === 1000 ? '' : 'bad', `Closed: ${words} (${reason ? `${closeCode} ${reason}` : closeCode})`);
      showGate('', 'no tunnel');
    },
  };
  const { send, close } = (canSlowDown ? openStream : openSocket)(tunnelUrl(target), on);
  const stop = () => {
    self.closing = true;
    close();
  };
  tunnel = Object.assign(self, { send, stop });
  resetFlows();
  showState('', `Opening ${target} …`);
}

async function send(bytes) {
  await tunnel.send(bytes);
  flows.up.total += bytes.length;
}

/** Sum of a metric over its labels, from Prometheus text. */
function metric(text, name) {
  const values = text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)`, 'gm'));
  return [...values].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** The gate as the gateway reports it: the part of the time since the last look that it was shut. */
async function watchGate() {
  const watched = tunnel;
  if (!watched) return;
  const text = await (await fetch('metrics')).text();
  if (watched !== tunnel) return;
  const now = { at: performance.now(), paused: metric(text, 'sluice_paused_seconds_total') };
  const last = watched.gate ?? now;
  watched.gate = now;
  const share = Math.min(1, (now.paused - last.paused) * 1000 / Math.max(1, now.at - last.at));
  const held = size(metric(text, 'sluice_buffered_bytes'));
  showGate(share > 0.5 ? 'shut' : 'open', `shut ${Math.round(share * 100)} % of the time, ${held} held`);
}

async function ping() {
  const response = await fetch('api/ping', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ host: $('host').value.trim(), port: Number($('port').value), count: 5 }),
  });
  const pong = await response.json();
  return pong.success
    ? `${pong.address} answers in ${pong.avg} ms (${pong.min} to ${pong.max}), ${pong.lost} of 5 lost`
    : `No answer: ${pong.message ?? pong.detail ?? pong.code}`;
}

/** Runs `action` instead of the browser's own submit. */
function onSubmit(form, action) {
  $(form).addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}

onSubmit('tunnel', () => (tunnel ? tunnel.stop() : openTunnel($('target').value.trim())));
onSubmit('send', () => send(new TextEncoder().encode(`${$('line').value}\n`)).catch(() => {})); // the close says why
onSubmit('ping', async () => {
  $('pong').textContent = '…';
  $('pong').textContent = await ping().catch((failure) => `Failed: ${failure.message}`);
});
$('bulk').addEventListener('click', async () => {
  const open = tunnel;
  const chunk = crypto.getRandomValues(new Uint8Array(BULK.chunk));
  for (let i = 0; i < BULK.chunks && open === tunnel; i++) await send(chunk).catch(() => {}); // the close says why
});

$('pace').disabled = !canSlowDown;
$('pace-note').hidden = canSlowDown;
resetFlows();
showState('', $('state').textContent);
setInterval(tick, 500);
setInterval(() => watchGate().catch(() => {}), 1000); // after a failed poll the figures stand still
