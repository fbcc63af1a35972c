package io.brrtrouter.openapi.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one kind of object: a row of {@link Grammar}. */
final class Shape {
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private Version extensibleSince = Version.V3_0;
  private boolean extensible = true;
  private @Nullable Form patterned;

  /**
   * A fixed field.
   *
   * @param name the field's name
   * @param form its value
   * @param since first version that has it
   * @param until last version that has it
   * @param requiredUntil last version that demands it; null when none does
   */
  record Field(
      String name, Form form, Version since, Version until, @Nullable Version requiredUntil) {

    boolean required(Version version) {
      return requiredUntil != null && requiredUntil.atLeast(version);
    }
  }

  Shape must(String name, Form form) {
    return add(new Field(name, form, Version.V3_0, Version.V3_2, Version.V3_2));
  }

  Shape mustUntil(Version last, String name, Form form) {
    return add(new Field(name, form, Version.V3_0, Version.V3_2, last));
  }

  Shape may(String name, Form form) {
    return add(new Field(name, form, Version.V3_0, Version.V3_2, null));
  }

  Shape since(Version first, String name, Form form) {
    return add(new Field(name, form, first, Version.V3_2, null));
  }

  Shape until(Version last, String name, Form form) {
    return add(new Field(name, form, Version.V3_0, last, null));
  }

  /** Every name that is no fixed field and no extension has a value of this form. */
  Shape others(Form form) {
    this.patterned = form;
    return this;
  }

  Shape closed() {
    this.extensible = false;
    return this;
  }

  Shape extensibleSince(Version first) {
    this.extensibleSince = first;
    return this;
  }

  private Shape add(Field field) {
    fields.put(field.name(), field);
    return this;
  }

  Map<String, Field> fields() {
    return fields;
  }

  @Nullable Form patterned() {
    return patterned;
  }

  boolean extensible(Version version) {
    return extensible && version.atLeast(extensibleSince);
  }
}
