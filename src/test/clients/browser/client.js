// A page as a client: the value of this expression is a function of three addresses of tunnels whose
// promise gives what the page saw, a line each, as dev.sluice.real.ClientContract expects it.
async (echo, bye, nobody) => {
  const MIB = 1 << 20;

  const open = (uri) => {
    const socket = new WebSocket(uri);
    socket.binaryType = 'arraybuffer';
    const state = { socket, received: [], length: 0, arrived: () => {} };
    state.closed = new Promise((resolve) => (socket.onclose = (event) => resolve(event.code)));
    socket.onmessage = (event) => {
      state.received.push(event.data);
      state.length += event.data.byteLength;
      state.arrived();
    };
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(state);
      socket.onerror = () => reject(new Error(`no tunnel: ${uri}`));
    });
  };

  const receive = async (state, length) => {
    while (state.length < length) {
      await new Promise((resolve) => (state.arrived = resolve));
    }
    const all = new Blob(state.received);
    state.received = [];
    state.length = 0;
    return all;
  };

  const digest = async (blob) =>
    String(new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())));
  const same = async (state, sent) =>
    (await digest(await receive(state, sent.size))) === (await digest(sent)) ? 'same' : 'differs';

  const random = (size) => {
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size; done += 65536) {
      crypto.getRandomValues(bytes.subarray(done, Math.min(size, done + 65536)));
    }
    return bytes;
  };

  const seen = [];
  const tunnel = await open(echo);
  const sizes = [0, 1, 125, 126, 65535, 65536, MIB, MIB, MIB];
  for (let i = 0; i < 20; i++) sizes.push(Math.floor(Math.random() * 300000));
  const messages = sizes.map(random);
  messages.forEach((message) => tunnel.socket.send(message));
  seen.push(`binary: ${await same(tunnel, new Blob(messages))}`);
  const text = 'grüße, 水門, 🌊';
  tunnel.socket.send(text);
  seen.push(`text: ${await same(tunnel, new Blob([text]))}`);
  tunnel.socket.close(1000);
  seen.push(`closed by the client: ${await tunnel.closed}`);
  const short = await open(bye);
  const code = await short.closed;
  seen.push(`closed by the target: ${await new Blob(short.received).text()} ${code}`);
  seen.push(`nobody listens: ${await (await open(nobody)).closed}`);
  return seen.join('\n');
}
