package dev.sluice.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Another part of a server's JVM, that takes all of its heap several times over: an agent, so that
 * nothing of Sluice knows of it. It begins when a file named {@value #BEGIN} is in its directory
 * and leaves {@value #DONE} there.
 */
public final class MemoryHog {

  static final String BEGIN = "begin";
  static final String DONE = "done";

  private static final int ROUNDS = 12;
  private static final int LARGEST = 1 << 20;

  /** A thread that needs even a little more memory than this finds none. */
  private static final int SMALLEST = 64;

  private static final long HOLD_MILLIS = 150;
  private static final long REST_MILLIS = 250;

  private MemoryHog() {}

  /** What a JVM calls that was started with this agent. */
  public static void premain(String directory) {
    Thread thread = new Thread(() -> run(Path.of(directory)), "memory-hog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Packs the agent for {@code -javaagent:JAR=DIRECTORY}. */
  static Path pack(Path directory) throws IOException {
    Path jar = directory.resolve("memory-hog.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", MemoryHog.class.getName());
    String name = MemoryHog.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        var in = MemoryHog.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
    return jar;
  }

  private static void run(Path directory) {
    try {
      while (!Files.exists(directory.resolve(BEGIN))) {
        Thread.sleep(20);
      }
      for (int round = 0; round < ROUNDS; round++) {
        takeAll();
        Thread.sleep(REST_MILLIS);
      }
      Files.createFile(directory.resolve(DONE));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void takeAll() throws InterruptedException {
    Object[] all = null;
    for (int size = LARGEST; size >= SMALLEST; size /= 4) {
      boolean room = true;
      while (room) {
        try {
          Object[] more = new Object[size / Integer.BYTES];
          more[0] = all;
          all = more;
        } catch (OutOfMemoryError full) {
          room = false;
        }
      }
    }
    Thread.sleep(HOLD_MILLIS); // needs no memory
    if (all == null) {
      throw new IllegalStateException("there was no memory to take");
    }
  }
}
