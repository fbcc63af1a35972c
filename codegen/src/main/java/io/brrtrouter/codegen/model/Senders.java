package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a service sends by itself.
 *
 * @param name the class that has a method for each of them
 * @param sendings the requests: of webhooks, then of callbacks, each in document order
 * @param urls where callbacks are sent, in document order
 */
public record Senders(ClassName name, List<Sending> sendings, List<Url> urls) {

  /** Copies the lists; refuses names that occur twice. */
  public Senders {
    sendings = List.copyOf(sendings);
    urls = List.copyOf(urls);
    Demand.distinct(sendings.stream().map(Sending::methodName), "method");
    Demand.distinct(urls.stream().map(Url::constant), "constant");
  }

  /** {@return whether there is nothing to send} */
  public boolean isEmpty() {
    return sendings.isEmpty() && urls.isEmpty();
  }

  /** {@return every schema that the bodies lead to} */
  public Stream<Origin> schemas() {
    return sendings.stream().flatMap(Sending::schemas);
  }

  /**
   * Where a callback is sent.
   *
   * @param constant the constant that has it
   * @param callback the name of the callback
   * @param expression the runtime expression, or the text that has some (section 4.8.20.4)
   * @param operation the operation whose request and response it is about
   */
  public record Url(String constant, String callback, String expression, String operation) {

    /** Refuses what is no identifier. */
    public Url {
      Demand.identifier(constant);
    }
  }
}
