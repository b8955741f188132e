package dev.sluice.target;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * The names of the hosts file, read anew for each lookup: the parser's own cache looks at the file
 * every five minutes only and may be asked by one thread at a time only.
 */
final class HostsFile {
  /** Where the system has it. */
  static final Path OF_SYSTEM =
      System.getProperty("os.name", "").contains("Windows")
          ? Path.of(System.getenv().getOrDefault("SystemRoot", "C:\\Windows"))
              .resolve("System32/drivers/etc/hosts")
          : Path.of("/etc/hosts");

  private static final List<IpAddress> LOOPBACK =
      List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1"));

  private final Path file;

  HostsFile(Path file) {
    this.file = file;
  }

  /**
   * The first IPv4 and the first IPv6 address of the name; empty if DNS is to be asked. That is
   * never so for {@code localhost} and what is under it (RFC 6761 §6.3): without an entry they are
   * this host.
   *
   * @throws ResolutionException if the file cannot be read
   */
  List<IpAddress> addressesOf(String name) throws ResolutionException {
    List<IpAddress> found = new ArrayList<>();
    try {
      HostsFileParser parser = new HostsFileParser(file, false);
      Name absolute = Name.fromString(name, Name.root);
      for (int type : new int[] {Type.A, Type.AAAA}) {
        Optional<InetAddress> address = parser.getAddressForHost(absolute, type);
        address.map(IpAddress::of).ifPresent(found::add);
      }
    } catch (TextParseException e) {
      throw new ResolutionException("no DNS name: " + e.getMessage());
    } catch (IOException e) {
      throw new ResolutionException("the hosts file cannot be read: " + e);
    }
    boolean local = name.equals("localhost") || name.endsWith(".localhost");
    return found.isEmpty() && local ? LOOPBACK : found;
  }
}
