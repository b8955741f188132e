package dev.sluice.testkit;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/**
 * Standard input and output over a WebSocket, as {@code ssh -o ProxyCommand} wants it: {@code java
 * -cp … dev.sluice.testkit.WsPipe ws://…}. Exits 0 after a close with 1000, else 1 with the reason
 * on standard error.
 */
public final class WsPipe {

  private WsPipe() {}

  public static void main(String[] args) {
    System.exit(run(URI.create(args[0])));
  }

  private static int run(URI uri) {
    WsPump pump;
    try {
      pump = WsPump.open(HttpClient.newHttpClient(), uri, new FileOutputStream(FileDescriptor.out));
    } catch (CompletionException failed) {
      System.err.println("WsPipe: " + describe(failed.getCause()));
      return 1;
    }
    // a daemon: standard input cannot be interrupted when the other side ends first
    Thread input = new Thread(() -> pump.sendAll(new FileInputStream(FileDescriptor.in)), "stdin");
    input.setDaemon(true);
    input.start();
    WsPump.End end = pump.ended().join();
    if (!end.clean()) {
      System.err.println("WsPipe: closed with " + end.code() + " " + end.reason());
    }
    return end.clean() ? 0 : 1;
  }

  private static String describe(Throwable failure) {
    return failure instanceof WebSocketHandshakeException refused
        ? "refused with HTTP " + refused.getResponse().statusCode()
        : failure.toString();
  }
}
