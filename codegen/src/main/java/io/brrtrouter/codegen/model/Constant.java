package io.brrtrouter.codegen.model;

/**
 * A required property that can have one value only. It is no component: records answer it, encoders
 * write it and decoders insist on it.
 *
 * @param name the name of the accessor
 * @param property its name in JSON
 * @param value the one string it can be
 * @param docs what the document says about it
 * @param origin the schema of the property
 */
public record Constant(String name, String property, String value, Docs docs, Origin origin) {

  /** Refuses what is no identifier. */
  public Constant {
    Demand.identifier(name);
  }
}
