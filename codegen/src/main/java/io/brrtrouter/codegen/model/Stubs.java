package io.brrtrouter.codegen.model;

import java.util.List;

/**
 * The classes a project begins with, which belong to its authors from then on.
 *
 * @param application the class with {@code main}
 * @param handlers the class that implements the interface of all operations
 * @param groups the classes with a method for each operation, in document order
 * @param plain handlers of operations that nothing is generated for, in document order
 * @param secured whether an operation takes credentials, so that the server needs who verifies them
 */
public record Stubs(
    ClassName application,
    ClassName handlers,
    List<Group> groups,
    List<Plain> plain,
    boolean secured) {

  /** What the member is called that sends webhooks and callbacks, where a project has one. */
  public static final String SENDERS = "senders";

  /** Copies the lists. */
  public Stubs {
    groups = List.copyOf(groups);
    plain = List.copyOf(plain);
  }

  /**
   * A handler of plain requests, or of WebSockets.
   *
   * @param handlerName the name it is registered under
   * @param methodName the method that is to handle
   * @param webSocket whether it serves WebSockets
   */
  public record Plain(String handlerName, String methodName, boolean webSocket) {

    /** Refuses what is no name of a method. */
    public Plain {
      Demand.identifier(methodName);
    }
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
