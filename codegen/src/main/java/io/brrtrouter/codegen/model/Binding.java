package io.brrtrouter.codegen.model;

import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * How a JSON body is bound to its Java type.
 *
 * @param codec the class that reads and writes it; has a constant {@code INSTANCE}
 * @param view the side it is read or written on
 * @param fingerprint the fingerprint of its schema; absent when it has no schema
 * @param unfused every constraint that the codec does not check; when there are any, a schema
 *     program has to judge, and the codec only binds
 */
public record Binding(
    ClassName codec, View view, Optional<Fingerprint> fingerprint, List<Unfusable> unfused) {

  /** Copies the list. */
  public Binding {
    unfused = List.copyOf(unfused);
  }

  /** {@return whether the codec alone decides} */
  public boolean isFused() {
    return unfused.isEmpty();
  }
}
