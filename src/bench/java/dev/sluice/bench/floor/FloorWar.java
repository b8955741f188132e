package dev.sluice.bench.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The floor as an application for an app server. */
final class FloorWar {

  private static final List<Class<?>> CLASSES =
      List.of(CountingEndpoint.class, ByteCount.class, ReadyServlet.class);

  private FloorWar() {}

  /** Writes it, under Sluice's name, which is its context path too. */
  static Path write(Path directory) throws IOException {
    Path file = directory.resolve("sluice.war");
    try (JarOutputStream war = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> type : CLASSES) {
        String name = type.getName().replace('.', '/') + ".class";
        war.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          bytes.transferTo(war);
        }
      }
    }
    return file;
  }
}
