package dev.sluice.bench.certify;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.PeerKind;
import dev.sluice.bench.proc.HeapHistogram;
import dev.sluice.bench.proc.NativeMemory;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.bench.proc.SocketMemory;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Jcmd;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server with Sluice on its fast lane and little memory; it exits when that does not suffice. */
record Node(GatewayServer gateway) implements AutoCloseable {

  private static final List<String> OPTIONS =
      List.of("-XX:+ExitOnOutOfMemoryError", "-XX:NativeMemoryTracking=summary");

  /**
   * Everything else is as it comes. A mark of 64 KiB, for a thousand stuck tunnels to fit into the
   * budget; the budget in bytes, because the buffers lie outside of the heap, of whose size they
   * may take as much again; messages of 16 KiB, because an app server keeps what a client does not
   * take of one on its heap. And no limits by caller: all comes from one address.
   */
  static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: fast, high-water: 64KiB, max-message: 16KiB, memory-budget: 112MiB}
      """
          + PeerKind.NO_LIMITS;

  /**
   * Starts one and waits until it serves.
   *
   * @param heap as for {@code -Xmx}
   */
  static Node start(ServerKind server, String heap) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.add("-Xmx" + heap);
    return new Node(GatewayServer.start(server, CONFIG, options));
  }

  /** A tunnel to {@code target}. */
  Address to(Target target) {
    String path = "/sluice/tunnel?host=127.0.0.1&port=" + target.port();
    return Address.webSocket(gateway.port(), path, "");
  }

  /** What it takes now. The heap is collected for that, which stops the server for a moment. */
  Memory memory() throws IOException {
    HeapHistogram heap = HeapHistogram.parse(Jcmd.histogram(gateway.pid()));
    long others = NativeMemory.besidesHeapKib(Jcmd.nativeMemory(gateway.pid()));
    long resident = new ProcessTree(gateway.pid()).residentKib();
    return new Memory(heap, others, resident, SocketMemory.bytes());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
