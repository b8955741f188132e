package dev.sluice.target;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * The hosts file, then DNS for A and AAAA at once, without a cache. Fails closed: an answer to one
 * of the two that is late, malformed or an error is a failure of both, as is a chain of more than
 * 16 aliases. A name with a dot is absolute; the system's search domains serve single labels only.
 */
public final class DnsResolver implements Resolver {
  private static final int MOST_ALIASES = 16;
  // dnsjava counts the answer itself as one more redirect
  private static final int MAX_REDIRECTS = MOST_ALIASES + 1;
  private static final int TRIES_PER_SERVER = 2;

  private final LookupSession session;
  private final HostsFile hosts;
  private final Duration timeout;
  private final Semaphore blocked;

  DnsResolver(
      List<InetSocketAddress> servers,
      List<Name> search,
      Path hostsFile,
      Duration timeout,
      int maxBlocked) {
    // dnsjava notices up to a second late that a try is over: leave room for the next one
    Duration perTry = timeout.dividedBy(TRIES_PER_SERVER + 1L);
    List<org.xbill.DNS.Resolver> each = new ArrayList<>();
    for (InetSocketAddress server : servers) {
      SimpleResolver one = new SimpleResolver(server);
      one.setTimeout(perTry);
      each.add(one);
    }
    ExtendedResolver all = new ExtendedResolver(each);
    all.setRetries(TRIES_PER_SERVER);
    all.setTimeout(timeout);
    // the caller's thread waits; a pool of the server's has no part in it
    this.session =
        LookupSession.builder()
            .resolver(all)
            .searchPath(search)
            .maxRedirects(MAX_REDIRECTS)
            .executor(Runnable::run)
            .build();
    this.hosts = new HostsFile(hostsFile);
    this.timeout = timeout;
    this.blocked = new Semaphore(maxBlocked);
  }

  /**
   * With the servers of the settings, or else the system's as they are now.
   *
   * @param maxBlocked how many threads may wait here at once; over it a lookup fails without
   *     waiting, so that slow name servers cannot hold every thread of the container
   */
  public static DnsResolver of(TargetSettings settings, int maxBlocked) {
    if (!settings.dnsServers().isEmpty()) {
      List<InetSocketAddress> servers =
          settings.dnsServers().stream().map(DnsResolver::socketAddress).toList();
      return new DnsResolver(
          servers, List.of(), HostsFile.OF_SYSTEM, settings.dnsTimeout(), maxBlocked);
    }
    ResolverConfig.refresh();
    ResolverConfig system = ResolverConfig.getCurrentConfig();
    return new DnsResolver(
        system.servers(),
        system.searchPath(),
        HostsFile.OF_SYSTEM,
        settings.dnsTimeout(),
        maxBlocked);
  }

  /** Stops the I/O thread that all resolvers share: once, when the application goes. */
  public static void shutdown() {
    NioClient.close();
  }

  private static InetSocketAddress socketAddress(HostPort server) {
    return new InetSocketAddress(
        IpAddress.parse(server.host().text()).toInetAddress(), server.port());
  }

  @Override
  public Resolution resolve(String name) throws ResolutionException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Name asked = dnsName(name);
    List<IpAddress> local = hosts.addressesOf(name);
    if (!local.isEmpty()) {
      return new Resolution(local, List.of());
    }
    if (!blocked.tryAcquire()) {
      throw new ResolutionException("too many lookups are waiting");
    }
    try {
      return lookUp(name, asked, deadline);
    } finally {
      blocked.release();
    }
  }

  private static Name dnsName(String name) throws ResolutionException {
    try {
      return Name.fromString(name.indexOf('.') < 0 ? name : name + ".");
    } catch (TextParseException e) {
      throw new ResolutionException("no DNS name: " + e.getMessage());
    }
  }

  private Resolution lookUp(String name, Name asked, long deadline) throws ResolutionException {
    Future<LookupResult> v4 = session.lookupAsync(asked, Type.A).toCompletableFuture();
    Future<LookupResult> v6 = session.lookupAsync(asked, Type.AAAA).toCompletableFuture();
    Set<IpAddress> addresses = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Future<LookupResult> family : List.of(v4, v6)) {
      Optional<LookupResult> result = await(family, deadline);
      if (result.isPresent()) {
        result.get().getAliases().forEach(alias -> names.add(text(alias)));
        for (Record answer : result.get().getRecords()) {
          names.add(text(answer.getName()));
          address(answer).ifPresent(addresses::add);
        }
      }
    }
    if (addresses.isEmpty()) {
      throw new ResolutionException("the name has no address");
    }
    names.remove(name);
    return new Resolution(List.copyOf(addresses), List.copyOf(names));
  }

  private static Optional<IpAddress> address(Record answer) {
    if (answer instanceof ARecord a) {
      return Optional.of(IpAddress.of(a.getAddress()));
    }
    return answer instanceof AAAARecord aaaa
        ? Optional.of(IpAddress.of(aaaa.getAddress()))
        : Optional.empty();
  }

  /** The result; empty if the name or the family does not exist; else a failure. */
  private static Optional<LookupResult> await(Future<LookupResult> lookup, long deadline)
      throws ResolutionException {
    try {
      return Optional.of(lookup.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new ResolutionException("no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ResolutionException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoSuchDomainException
          || e.getCause() instanceof NoSuchRRSetException) {
        return Optional.empty();
      }
      throw new ResolutionException("lookup failed: " + e.getCause());
    }
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
