package io.brrtrouter.codegen.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;

/** An operation that nobody handles. */
public sealed interface Unhandled {

  /** {@return the name its handler is registered under} */
  String handlerName();

  /** {@return what a method that handles it is called} */
  String methodName();

  /** {@return its HTTP method and path} */
  String route();

  /** {@return where the document has it} */
  SourceLocation location();

  /** {@return the class of a stub that is for nothing else} */
  ClassName stub();

  /** {@return whether it serves WebSockets, so that no marked method can} */
  default boolean webSocket() {
    return false;
  }

  /**
   * One with a request and responses of its own.
   *
   * @param sample the operation with an answer
   * @param stub the class of a stub
   */
  record Typed(Sample sample, ClassName stub) implements Unhandled {

    @Override
    public String handlerName() {
      return sample.operation().handlerName();
    }

    @Override
    public String methodName() {
      return sample.operation().methodName();
    }

    @Override
    public String route() {
      return sample.operation().httpMethod() + " " + sample.operation().path();
    }

    @Override
    public SourceLocation location() {
      return sample.operation().origin().location();
    }
  }

  /**
   * One of plain requests.
   *
   * @param handlerName the name its handler is registered under
   * @param methodName what a method that handles it is called
   * @param route HTTP method and path of the first operation with this handler
   * @param location where the document has it
   * @param stub the class of a stub
   * @param webSocket whether it serves WebSockets
   */
  record Untyped(
      String handlerName,
      String methodName,
      String route,
      SourceLocation location,
      ClassName stub,
      boolean webSocket)
      implements Unhandled {

    /** Refuses what is no name of a method. */
    public Untyped {
      Demand.identifier(methodName);
    }
  }

  /**
   * Operations of one tag, or of one resource.
   *
   * @param name the class that is to handle them
   * @param topic what they have in common, for people
   * @param operations the operations: those with types first, each in document order
   */
  record Group(ClassName name, String topic, List<Unhandled> operations) {

    /** Copies the list. */
    public Group {
      operations = List.copyOf(operations);
    }
  }
}
