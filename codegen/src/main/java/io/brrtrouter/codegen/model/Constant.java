package io.brrtrouter.codegen.model;

import tools.jackson.databind.JsonNode;

/**
 * A required property that can have one value only. It is no component: records answer it, encoders
 * write it and decoders insist on it.
 *
 * @param name the name of the accessor
 * @param property its name in JSON
 * @param scalar its Java type: {@code STRING}, {@code INT}, {@code LONG} or {@code BOOLEAN}
 * @param value the one value it can have
 * @param docs what the document says about it
 * @param origin the schema of the property
 */
public record Constant(
    String name, String property, Scalar scalar, JsonNode value, Docs docs, Origin origin) {

  /** Refuses what is no identifier and values of another type. */
  public Constant {
    Demand.identifier(name);
    Demand.that(
        switch (scalar) {
          case STRING -> value.isString();
          case INT -> value.isIntegralNumber() && value.canConvertToInt();
          case LONG -> value.isIntegralNumber() && value.canConvertToLong();
          case BOOLEAN -> value.isBoolean();
          default -> false;
        },
        value + " is no constant of " + scalar);
  }
}
