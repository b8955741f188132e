// TCP servers of the test's own, on loopback.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { Worker } from 'node:worker_threads';

export function listen(server, port = 0) {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server.address().port)));
}

/** Waits until `holds`; else fails with what `told` says. */
export async function until(holds, told = () => 'it never came to hold', millis = 60_000) {
  for (const end = performance.now() + millis; !(await holds()); await new Promise((later) => setTimeout(later, 20))) {
    if (performance.now() > end) assert.fail(told());
  }
}

/** A server that runs `serve` on each connection. */
export async function serve(handle, port) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  return { port: await listen(server, port), close: () => server.close() };
}

/** A port whose listener takes no connection, and whose queue of them is full: nothing is answered there. */
export async function deafPort() {
  const listener = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)); // deaf from here on
     });`,
    { eval: true },
  );
  const [port] = await once(listener, 'message');
  const queue = Array.from({ length: 8 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await once(queue[0], 'connect');
  return {
    port,
    close: async () => {
      for (const socket of queue) socket.destroy();
      await listener.terminate();
    },
  };
}

/** Passes bytes to a port that may be changed, and can drop everything. */
export class Forwarder {
  static async to(port) {
    const self = new Forwarder();
    self.target = port;
    await self.up();
    return self;
  }

  sockets = new Set();
  port = 0;

  async up() {
    this.server = net.createServer((client) => {
      const target = net.connect(this.target, '127.0.0.1');
      for (const [a, b] of [[client, target], [target, client]]) {
        this.sockets.add(a);
        a.on('error', () => b.destroy()).on('close', () => this.sockets.delete(a));
        a.pipe(b);
      }
    });
    this.port = await listen(this.server, this.port);
  }

  /** Nothing listens any more, and what was open is cut. */
  async drop() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }
}
