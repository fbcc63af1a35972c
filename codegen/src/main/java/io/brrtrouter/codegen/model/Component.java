package io.brrtrouter.codegen.model;

/**
 * A component of a record that stands for a property of a JSON object.
 *
 * @param name its name in Java
 * @param property its name in JSON
 * @param value its value
 * @param presence whether the property has to be there
 * @param docs what the document says about it
 */
public record Component(String name, String property, Value value, Presence presence, Docs docs) {

  /** How a component tells absent, null and value apart. */
  public enum Form {
    /** There is always a value: the bare type, primitive where there is a primitive. */
    PLAIN,
    /** Null means the one other state there is: absent, or JSON {@code null}. */
    NULLABLE,
    /** All three states: {@code Field}. */
    FIELD
  }

  /** Refuses what is no identifier. */
  public Component {
    Demand.identifier(name);
  }

  /** {@return how the component tells absent, null and value apart} */
  public Form form() {
    return switch (presence) {
      case Presence.Optional() -> value.nullable() ? Form.FIELD : Form.NULLABLE;
      case Presence.Required(), Presence.Defaulted(var _) ->
          value.nullable() ? Form.NULLABLE : Form.PLAIN;
    };
  }
}
