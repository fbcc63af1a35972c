package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How API keys are compared, so that how long it takes tells nothing about them. It is read from
 * the code, since a clock cannot show it on a machine that others use too.
 */
class KeyComparisonTest {
  private static List<CodeElement> code(Class<?> type, String method) throws IOException {
    try (InputStream in =
        type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
      return ClassFile.of().parse(in.readAllBytes()).methods().stream()
          .filter(each -> each.methodName().equalsString(method))
          .filter(each -> !each.flags().has(java.lang.reflect.AccessFlag.BRIDGE))
          .map(MethodModel::code)
          .flatMap(each -> each.orElseThrow().elementList().stream())
          .toList();
    }
  }

  private static List<String> calls(Class<?> type, String method) throws IOException {
    return code(type, method).stream()
        .flatMap(each -> each instanceof InvokeInstruction call ? Stream.of(call) : Stream.empty())
        .map(call ->
            call.owner().asInternalName().replaceFirst(".*[/$]", "")
                + "."
                + call.name().stringValue())
        .toList();
  }

  /** Of a key nothing is looked at before it is hashed, and of what is known only the table. */
  @Test
  void a_key_that_is_presented_is_hashed_and_looked_up_and_nothing_else() throws IOException {
    assertThat(calls(ApiKeyProvider.class, "verifyOnLoop"))
        .filteredOn(call -> !call.startsWith("MatchException.") && !call.equals("Throwable.toString"))
        .containsExactly("ApiKey.value", "KeyDigest.of", "Map.get");
  }

  @Test
  void digests_are_compared_by_what_takes_the_same_time_wherever_they_differ() throws IOException {
    assertThat(calls(KeyDigest.class, "equals")).containsExactly("MessageDigest.isEqual");
    assertThat(code(KeyDigest.class, "equals"))
        .noneMatch(ArrayLoadInstruction.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 4_096, 100_000})
  void digests_are_of_one_length_whatever_the_key_is(int length) {
    assertThat(KeyDigest.of("k".repeat(length)).written()).hasSize("sha256:".length() + 64);
  }

  @Test
  void what_is_compared_twice_is_of_another_class_never_of_another_form() {
    KeyDigest digest = KeyDigest.of("ann-key-0123456789");

    assertThat(digest.equals((Object) digest.written())).isFalse();
    assertThat(KeyDigest.parse(digest.written() + "00")).isNull();
    assertThat(KeyDigest.parse("sha256:00")).isNull();
  }

  /** How many others a look-up meets is no function of the digest that anybody can compute. */
  @Test
  void where_a_digest_stands_in_a_table_is_another_place_in_each_process() throws Exception {
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      places.add(new Afresh().place("ann-key-0123456789"));
    }

    assertThat(places).hasSizeGreaterThan(1);
  }

  /** Initialises the class again, as another process does. */
  private static final class Afresh extends ClassLoader {
    Afresh() {
      super(KeyComparisonTest.class.getClassLoader());
    }

    int place(String key) throws Exception {
      String name = KeyDigest.class.getName();
      Class<?> type;
      try (InputStream in = KeyDigest.class.getResourceAsStream("KeyDigest.class")) {
        byte[] octets = in.readAllBytes();
        type = defineClass(name, octets, 0, octets.length);
      }
      Method of = type.getDeclaredMethod("of", String.class);
      of.setAccessible(true);
      return of.invoke(null, key).hashCode();
    }
  }
}
