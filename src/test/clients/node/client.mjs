// Node's `ws` as a client: node client.mjs ECHO BYE NOBODY (addresses of tunnels) prints what it saw,
// a line each, as dev.sluice.real.ClientContract expects it.
import { randomBytes, randomInt } from 'node:crypto';
import WebSocket from 'ws';

const [echo, bye, nobody] = process.argv.slice(2);
const MIB = 1 << 20;

function open(uri) {
  const socket = new WebSocket(uri);
  const state = { socket, received: [], length: 0, arrived: () => {} };
  state.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
  socket.on('message', (data) => {
    state.received.push(data);
    state.length += data.length;
    state.arrived();
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(state));
    socket.on('error', reject);
  });
}

async function receive(state, length) {
  while (state.length < length) {
    await new Promise((resolve) => (state.arrived = resolve));
  }
  const all = Buffer.concat(state.received);
  state.received = [];
  state.length = 0;
  return all;
}

const same = async (state, sent) => ((await receive(state, sent.length)).equals(sent) ? 'same' : 'differs');

const tunnel = await open(echo);
const sizes = [0, 1, 125, 126, 65535, 65536, MIB, MIB, MIB];
for (let i = 0; i < 20; i++) sizes.push(randomInt(300000));
const messages = sizes.map((size) => randomBytes(size));
messages.forEach((message) => tunnel.socket.send(message));
console.log(`binary: ${await same(tunnel, Buffer.concat(messages))}`);

const text = 'grüße, 水門, 🌊';
tunnel.socket.send(text);
console.log(`text: ${await same(tunnel, Buffer.from(text))}`);

const pieces = [randomBytes(70000), randomBytes(0), randomBytes(100), randomBytes(1)];
pieces.forEach((piece, i) => tunnel.socket.send(piece, { fin: i === pieces.length - 1 }));
console.log(`fragments: ${await same(tunnel, Buffer.concat(pieces))}`);

const pong = new Promise((resolve) => tunnel.socket.on('pong', resolve));
tunnel.socket.ping('are you there');
console.log(`ping: ${await pong}`);

tunnel.socket.close(1000);
console.log(`closed by the client: ${await tunnel.closed}`);

const short = await open(bye);
const code = await short.closed;
console.log(`closed by the target: ${Buffer.concat(short.received)} ${code}`);

console.log(`nobody listens: ${await (await open(nobody)).closed}`);
