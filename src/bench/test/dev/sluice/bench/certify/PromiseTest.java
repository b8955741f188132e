package dev.sluice.bench.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.ServerKind;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
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
    Set<String> names = new HashSet<>();
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      for (Method method : next.getDeclaredMethods()) {
        names.add(method.getName());
      }
      for (Class<?> nested : next.getDeclaredClasses()) {
        names.addAll(methods(nested));
      }
    }
    return names;
  }
}
