package io.brrtrouter.codegen.read;

/**
 * What to call a schema that has no name of its own: after where it stands.
 *
 * @param owner the class around it
 * @param own what it is in there
 */
record Hint(String owner, String own) {

  /** {@return the hint of a class whose name is known} */
  static Hint named(String name) {
    return new Hint(name, "");
  }

  String name() {
    return own.equals("Body") && owner.endsWith("Body") ? owner : owner + own;
  }

  Hint child(String property) {
    return new Hint(name(), Names.type(property));
  }

  /** {@return the hint of the items: of a body they are items of what has the body} */
  Hint item() {
    return own.equals("Body") ? new Hint(owner, "Item") : new Hint(name(), "Item");
  }

  Hint value() {
    return own.equals("Body") ? new Hint(owner, "Value") : new Hint(name(), "Value");
  }
}
