// TCP servers of the test's own, on loopback.
import net from 'node:net';

export function listen(server, port = 0) {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server.address().port)));
}

/** A server that runs `serve` on each connection. */
export async function serve(handle, port) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  return { port: await listen(server, port), close: () => server.close() };
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
