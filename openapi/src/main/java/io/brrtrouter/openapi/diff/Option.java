package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An alternative of a {@code oneOf} or {@code anyOf}.
 *
 * @param name what it is called: the end of its reference, else its title; empty when it has no
 *     name, or that of an earlier one
 * @param index its position
 * @param branch where it stands
 * @param schema what is compared: the alternative, perhaps with all that is said beside it
 */
record Option(String name, int index, Place branch, List<Place> schema) {

  /**
   * {@return the alternatives of a choice}
   *
   * @param alone whether without what is said beside the choice
   */
  static List<Option> of(SchemaView view, SchemaView.Choice choice, boolean alone) {
    List<Option> options = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Place branch : choice.branches()) {
      List<Place> schema = alone ? List.of(view.target(branch)) : view.choosing(choice, branch);
      String name = name(branch);
      options.add(new Option(names.add(name) ? name : "", options.size(), branch, schema));
    }
    return options;
  }

  private static String name(Place branch) {
    String reference = branch.keyword("$ref").asString("");
    return reference.isEmpty()
        ? branch.keyword("title").asString("")
        : reference.substring(reference.lastIndexOf('/') + 1);
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  /** {@return what it is called in messages} */
  String label() {
    return isNamed() ? name : Integer.toString(index);
  }

  /** {@return the step to it in a path} */
  String step() {
    return "(" + label() + ")";
  }
}
