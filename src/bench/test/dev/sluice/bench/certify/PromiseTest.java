package dev.sluice.bench.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.ServerKind;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the certification names as proof is there. */
class PromiseTest {

  @Test
  void everyProofIsATestThatExistsForEveryServer() throws Exception {
    for (Promise promise : Promise.values()) {
      for (Proof proof : promise.proofs()) {
        for (ServerKind server : ServerKind.values()) {
          Class<?> type = Class.forName(proof.className(server), false, loader());
          assertThat(methods(type)).as(type.getName()).containsAll(proof.methods());
        }
      }
    }
  }

  private static ClassLoader loader() {
    return PromiseTest.class.getClassLoader();
  }

  /** Its own, those that it inherits, and those of what is nested in it. */
  private static Set<String> methods(Class<?> type) {
    Set<Class<?>> seen = new HashSet<>();
    collect(type, seen);
    return seen.stream()
        .flatMap(one -> Stream.of(one.getDeclaredMethods()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static void collect(Class<?> type, Set<Class<?>> seen) {
    for (Class<?> next = type; next != null && seen.add(next); next = next.getSuperclass()) {
      for (Class<?> nested : next.getDeclaredClasses()) {
        collect(nested, seen);
      }
    }
  }
}
