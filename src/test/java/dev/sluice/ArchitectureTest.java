package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

/** The package rules of the design: leaves do not know each other, nobody knows the roots. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String JDK = "java..";
  private static final String NULLNESS = "org.jspecify..";

  @ArchTest static final ArchRule relayKnowsOnlyTheJdk = leaf("relay");

  /** The codec only: what moves its bytes lives in the packages below and may know more. */
  @ArchTest
  static final ArchRule framesKnowOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.sluice.frames")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.sluice.frames", JDK, NULLNESS);

  @ArchTest
  static final ArchRule targetKnowsOnlyItsResolverLibrary = leaf("target", "org.xbill.DNS..");

  @ArchTest
  static final ArchRule accessKnowsOnlyItsLibraries =
      leaf(
          "access",
          "javax.crypto..",
          "com.nimbusds..",
          "org.springframework.security.crypto.bcrypt..");

  @ArchTest
  static final ArchRule metricsKnowsOnlyItsLibrary = leaf("metrics", "io.prometheus.metrics..");

  @ArchTest
  static final ArchRule limitsKnowOnlyTheirLibrary = leaf("limits", "io.github.bucket4j..");

  @ArchTest static final ArchRule auditIsHandedEvents = leaf("audit", "jakarta.json..");

  @ArchTest static final ArchRule probesDialByTheRelaysLoops = leaf("probe", "dev.sluice.relay..");

  @ArchTest
  static final ArchRule tunnelKnowsTheLeavesOnly =
      leaf(
          "tunnel",
          "jdk.jfr..",
          "dev.sluice.relay..",
          "dev.sluice.target..",
          "dev.sluice.access..",
          "dev.sluice.limits..",
          "dev.sluice.metrics..",
          "dev.sluice.audit..",
          "jakarta.inject..",
          "jakarta.enterprise..");

  @ArchTest
  static final ArchRule nobodyImportsTheRoots =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice.config..", "dev.sluice.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.config..", "dev.sluice.launcher..");

  @ArchTest
  static final ArchRule theLauncherIsNobodysBusiness =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sluice.launcher..");

  @ArchTest
  static final ArchRule webSocketsLiveInTheirPackage =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice.websocket..", "dev.sluice.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.websocket..");

  @ArchTest
  static final ArchRule containerClassesLiveInTheirAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.sluice.launcher..",
              "dev.sluice.frames.grizzly..",
              "dev.sluice.frames.undertow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.glassfish..", "io.undertow..", "org.xnio..", "org.jboss..", "fish.payara..");

  @ArchTest
  static final ArchRule streamsKnowTunnelsAndNoServer =
      leaf("frames.stream", "dev.sluice.frames", "dev.sluice.tunnel..", "dev.sluice.relay..");

  @ArchTest
  static final ArchRule tlsKnowsStreamsAndNoServer =
      leaf("frames.tls", "dev.sluice.frames.stream..", "dev.sluice.relay..", "javax.net.ssl..");

  @ArchTest
  static final ArchRule servletServersAreOneSource =
      leaf(
          "frames.servlet",
          "dev.sluice.frames",
          "dev.sluice.frames.grizzly..",
          "dev.sluice.frames.undertow..",
          "dev.sluice.frames.stream..",
          "dev.sluice.tunnel..",
          "dev.sluice.relay..",
          "jakarta.servlet..",
          "jakarta.inject..",
          "jakarta.enterprise..");

  /**
   * Somebody may set the wall clock at any time. It says when something happened and how long a
   * token or a certificate of others' is valid; what lasts is measured by {@code System.nanoTime}.
   */
  @ArchTest
  static final ArchRule durationsAreMeasuredByTheMonotonicClock =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.sluice.audit.AuditEvent") // when it happened
          .and()
          .doNotHaveFullyQualifiedName("dev.sluice.tunnel.Tunnel") // since when it is open
          .and()
          .doNotHaveFullyQualifiedName("dev.sluice.http.TicketApi") // what the page is told
          .and()
          .doNotHaveFullyQualifiedName("dev.sluice.access.Authenticators") // tokens
          .and()
          .haveNameNotMatching("dev\\.sluice\\.launcher\\.tls\\.ServerTls.*") // certificates
          .should()
          .callMethodWhere(
              target(owner(type(System.class)))
                  .and(target(name("currentTimeMillis")))
                  .or(target(owner(type(Instant.class))).and(target(name("now"))))
                  .or(target(owner(type(Clock.class))).and(target(nameMatching("system.*")))))
          .orShould()
          .callConstructor(Date.class);

  @ArchTest static final ArchRule theBootKnowsOnlyTheJdk = leaf("launcher.boot");

  private static ArchRule leaf(String name, String... beyond) {
    String[] allowed = new String[beyond.length + 3];
    System.arraycopy(beyond, 0, allowed, 3, beyond.length);
    allowed[0] = "dev.sluice." + name + "..";
    allowed[1] = JDK;
    allowed[2] = NULLNESS;
    return classes()
        .that()
        .resideInAPackage("dev.sluice." + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
