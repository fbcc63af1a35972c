package io.brrtrouter.codegen.model;

import java.util.List;

/**
 * The classes a project begins with, which belong to its authors from then on.
 *
 * @param application the class with {@code main}
 * @param handlers the class that implements the interface of all operations
 * @param groups the classes with a method for each operation, in document order
 */
public record Stubs(ClassName application, ClassName handlers, List<Group> groups) {

  /** Copies the list. */
  public Stubs {
    groups = List.copyOf(groups);
  }

  /**
   * Operations that belong together.
   *
   * @param name the name of the class
   * @param member what a field of the class is called
   * @param topic what they have in common, for people
   * @param samples the operations, in document order
   */
  public record Group(ClassName name, String member, String topic, List<Sample> samples) {

    /** Copies the list. */
    public Group {
      Demand.identifier(member);
      samples = List.copyOf(samples);
    }
  }
}
