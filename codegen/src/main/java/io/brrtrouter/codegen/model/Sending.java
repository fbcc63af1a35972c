package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * A request that a service sends by itself, that of a webhook or a callback.
 *
 * @param id what logs call it: the {@code operationId}, else the name of the webhook or callback,
 *     behind the method where that is not POST; at most 200 characters
 * @param what what it is, for people: {@code webhook petAdded} for example
 * @param httpMethod the method, upper case
 * @param methodName its method in the class of all senders
 * @param message the class that writes it
 * @param request the record of what is sent; has no parameters in the path
 * @param answers what receivers may answer, in document order
 * @param docs what the document says about it
 * @param origin the operation object
 */
public record Sending(
    String id,
    String what,
    String httpMethod,
    String methodName,
    ClassName message,
    Operation.Request request,
    List<Answer> answers,
    Docs docs,
    Origin origin) {

  /** Copies the list. */
  public Sending {
    Demand.identifier(methodName);
    answers = List.copyOf(answers);
  }

  /**
   * {@return the same with another request}
   *
   * @param bound the request
   */
  public Sending with(Operation.Request bound) {
    return new Sending(id, what, httpMethod, methodName, message, bound, answers, docs, origin);
  }

  /** {@return every schema that the body is judged by} */
  public Stream<Origin> schemas() {
    return request.body().stream()
        .flatMap(body -> body.contents().stream())
        .filter(content -> content.binding().isPresent())
        .flatMap(content -> content.schema().stream());
  }

  /**
   * What a receiver may answer.
   *
   * @param status the status as the document writes it: {@code 204}, {@code 4XX} or {@code default}
   * @param description what the document says about it
   */
  public record Answer(String status, String description) {}
}
