package io.brrtrouter.codegen.model;

import java.util.List;

/** A condition on the properties of one object: which are there, and what those are. */
public sealed interface Rule {

  /**
   * The same for every object.
   *
   * @param holds whether it holds
   */
  record Always(boolean holds) implements Rule {}

  /**
   * A property is there.
   *
   * @param property the property
   */
  record Has(String property) implements Rule {}

  /**
   * A property is not there, or passes checks.
   *
   * @param property the property
   * @param value its type with the checks
   */
  record Passes(String property, Value value) implements Rule {}

  /**
   * Every one of some rules holds.
   *
   * @param rules the rules
   */
  record All(List<Rule> rules) implements Rule {

    /** Copies the list. */
    public All {
      rules = List.copyOf(rules);
    }
  }

  /**
   * At least one of some rules holds.
   *
   * @param rules the rules
   */
  record Any(List<Rule> rules) implements Rule {

    /** Copies the list. */
    public Any {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Exactly one of some rules holds.
   *
   * @param rules the rules
   */
  record One(List<Rule> rules) implements Rule {

    /** Copies the list. */
    public One {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A rule does not hold.
   *
   * @param rule the rule
   */
  record Not(Rule rule) implements Rule {}

  /**
   * {@return that all of some rules hold, as short as can be}
   *
   * @param rules the rules
   */
  static Rule all(List<Rule> rules) {
    List<Rule> open = rules.stream().filter(rule -> !rule.equals(new Always(true))).toList();
    if (open.contains(new Always(false))) {
      return new Always(false);
    }
    return open.isEmpty() ? new Always(true) : open.size() == 1 ? open.getFirst() : new All(open);
  }

  /**
   * {@return that one of some rules holds at least, as short as can be}
   *
   * @param rules the rules
   */
  static Rule any(List<Rule> rules) {
    List<Rule> open = rules.stream().filter(rule -> !rule.equals(new Always(false))).toList();
    if (open.contains(new Always(true))) {
      return new Always(true);
    }
    return open.isEmpty() ? new Always(false) : open.size() == 1 ? open.getFirst() : new Any(open);
  }

  /**
   * {@return that a rule does not hold, as short as can be}
   *
   * @param rule the rule
   */
  static Rule not(Rule rule) {
    return switch (rule) {
      case Always(var holds) -> new Always(!holds);
      case Not(var inner) -> inner;
      default -> new Not(rule);
    };
  }
}
