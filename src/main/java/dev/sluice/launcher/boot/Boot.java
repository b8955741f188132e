package dev.sluice.launcher.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code java -jar sluice.war} starts. The JVM can load neither {@code WEB-INF/classes} nor
 * jars inside the WAR, so they are unpacked to a private temporary folder, which goes when the
 * process does, and the launcher runs from there.
 */
public final class Boot {

  private static final String LAUNCHER = "dev.sluice.launcher.Main";

  private Boot() {}

  /** Unpacks the WAR that this class was loaded from and hands over. */
  public static void main(String[] args) throws Exception {
    Path war = ownWar();
    Path home = Files.createTempDirectory("sluice-");
    Runnable cleanup = () -> delete(home);
    try {
      unpack(war, home);
      ClassLoader loader =
          new URLClassLoader("sluice", classPath(home), ClassLoader.getPlatformClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(LAUNCHER)
          .getMethod("run", Path.class, Runnable.class, String[].class)
          .invoke(null, home.resolve("web"), cleanup, args);
    } catch (Exception | Error e) {
      cleanup.run();
      throw e;
    }
  }

  private static Path ownWar() throws URISyntaxException {
    return Path.of(Boot.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /**
   * {@code WEB-INF} beside {@code web}: what is served to anybody holds no class and no setting.
   */
  private static void unpack(Path war, Path home) throws IOException {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (entry.isDirectory() || name.startsWith("META-INF/") || name.startsWith("dev/")) {
          continue;
        }
        Path root = name.startsWith("WEB-INF/") ? home : home.resolve("web");
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(home)) {
          throw new IOException("the WAR is damaged: " + name);
        }
        Files.createDirectories(file.getParent());
        Files.copy(zip.getInputStream(entry), file);
      }
    }
  }

  private static URL[] classPath(Path home) throws IOException {
    Path inf = home.resolve("WEB-INF");
    List<URL> urls = new ArrayList<>();
    urls.add(inf.resolve("classes").toUri().toURL());
    for (String folder : List.of("embedded", "lib")) {
      try (Stream<Path> jars = Files.list(inf.resolve(folder))) {
        jars.sorted().map(Boot::url).forEach(urls::add);
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path home) {
    try (Stream<Path> all = Files.walk(home)) {
      all.sorted(Comparator.reverseOrder()).forEach(Boot::deleteOne);
    } catch (IOException e) {
      System.err.println("could not remove " + home + ": " + e.getMessage());
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      System.err.println("could not remove " + path + ": " + e.getMessage());
    }
  }
}
