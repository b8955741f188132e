package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Gateway;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one server for a test class and the classes nested in it, and hands it to them as a {@link
 * Subject}: a start takes longer than most tests.
 */
final class SharedGateway implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private final Lane lane;
  private final Function<String, Gateway> starter;
  private final UnaryOperator<SuiteConfig> change;
  private int depth;
  private Gateway gateway;
  private TcpTarget namedEcho;
  private Subject subject;

  /**
   * Shares what {@code starter} starts.
   *
   * @param lane the lane that the gateway's tunnels take
   * @param starter starts a gateway with a configuration; what it gives is closed if it can be
   */
  SharedGateway(Lane lane, Function<String, Gateway> starter) {
    this(lane, starter, UnaryOperator.identity());
  }

  /** The same, with what {@code change} makes of the usual configuration. */
  SharedGateway(Lane lane, Function<String, Gateway> starter, UnaryOperator<SuiteConfig> change) {
    this.lane = lane;
    this.starter = starter;
    this.change = change;
  }

  /** Shares a server of {@code kind} whose callers have to say who they are, or are guests. */
  static SharedGateway withAccounts(ServerKind kind, Lane lane) {
    return new SharedGateway(
        lane,
        yaml -> GatewayServer.start(kind, yaml, trusting()),
        usual ->
            usual
                .andTarget(Accounts.FOR_OPS, usual.targets().get(Subject.NAMED), "ops")
                .with(Accounts.sections()));
  }

  private static List<String> trusting() {
    return Stream.concat(Stream.of("-Xmx512m"), Accounts.trust().stream()).toList();
  }

  /** Shares an embedded server with TLS. */
  static SharedGateway withTls(Lane lane) {
    return new SharedGateway(
        lane, yaml -> GatewayServer.startSecure(pem(), yaml, GatewayServer.OPTIMISED));
  }

  /** Shares an app server of {@code kind}, asked by way of its own TLS. */
  static SharedGateway withOwnTls(ServerKind kind, Lane lane) {
    return new SharedGateway(lane, yaml -> GatewayServer.startWithOwnTls(kind, yaml));
  }

  private static Path pem() {
    try {
      Path directory = Parts.newDirectory("tls-");
      TestCertificate.make(directory, "EC").writePem(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shares a server of {@code kind}. */
  static SharedGateway on(ServerKind kind, Lane lane) {
    return new SharedGateway(lane, yaml -> GatewayServer.start(kind, yaml));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (depth++ == 0) {
      namedEcho = Targets.echo();
      SuiteConfig config = change.apply(SuiteConfig.on(lane, Subject.NAMED, namedEcho.port()));
      gateway = starter.apply(config.yaml());
      assertThat(gateway.metrics().sum("sluice_lane", "lane", lane.word())).isEqualTo(1);
      subject = new Subject(gateway, lane, namedEcho, config);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (--depth > 0) {
      return;
    }
    namedEcho.close();
    if (gateway instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Subject.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return subject;
  }
}
