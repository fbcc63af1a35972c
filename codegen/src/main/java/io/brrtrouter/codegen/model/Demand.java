package io.brrtrouter.codegen.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** What the constructors of the model insist on. */
final class Demand {
  private Demand() {}

  /** Refuses what cannot name a member, a class or a parameter in Java. */
  static void identifier(String name) {
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new IllegalArgumentException("\"" + name + "\" is no Java identifier");
    }
  }

  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Refuses names that occur twice. */
  static void distinct(Stream<String> names, String what) {
    Set<String> seen = new HashSet<>();
    names.forEach(name -> that(seen.add(name), what + " \"" + name + "\" occurs twice"));
  }

  /** An immutable copy in the same order. */
  static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
