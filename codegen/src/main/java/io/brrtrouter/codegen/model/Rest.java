package io.brrtrouter.codegen.model;

/** What becomes of the properties of an object that no component stands for. */
public sealed interface Rest {

  /** They are allowed and left out. */
  record Dropped() implements Rest {}

  /**
   * They are refused.
   *
   * @param origin where the document says so
   */
  record Refused(Origin origin) implements Rest {}

  /**
   * They are collected in a map, the last component of the record.
   *
   * @param name the component's name
   * @param values what each must be
   */
  record Kept(String name, Value values) implements Rest {

    /** Refuses what is no identifier. */
    public Kept {
      Demand.identifier(name);
    }
  }
}
