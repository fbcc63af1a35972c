package io.brrtrouter.testing;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.JsonStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers with what it understood, so that tests see what the client sent. */
final class Library implements BrrtApplication {

  @Override
  public void configure(BrrtServer.Builder builder, Resources resources) {
    builder
        .handler("list_books", Library::list)
        .handler("add_book", request -> echo(201, request))
        .handler("get_book", request -> echo(200, request))
        .handler("submit", request -> echo(200, request))
        .handler("news", Library::news)
        .handler("told", TOLD::subscribe)
        .handler("titles", Library::titles)
        .handler("broken", _ -> HttpResponse.json(200, JsonNodeFactory.instance.numberNode(1)));
  }

  private static HttpResponse list(Request request) {
    return HttpResponse.json(200, JsonNodeFactory.instance.arrayNode().add(request.target()))
        .withHeader("X-Color", request.headers().first("X-Color").orElse("none"));
  }

  /** What producers of news were interrupted by, in the order in which they ended. */
  static final BlockingQueue<Class<?>> ENDED = new LinkedBlockingQueue<>();

  static final Broadcaster TOLD = Broadcaster.of(10);

  private static HttpResponse news(Request request) {
    boolean wrong = request.target().contains("wrong=true");
    return EventStream.respond(
        request,
        events -> {
          try {
            events.send(Event.of("Emma\nPersuasion").withName("added"));
            events.send(Event.of("Dracula").withName(wrong ? "stolen" : "removed"));
            new CountDownLatch(1).await();
          } catch (Exception ending) {
            ENDED.add(ending.getClass());
            throw ending;
          }
        });
  }

  private static HttpResponse titles(Request request) {
    String type =
        request.target().contains("json-seq") ? "application/json-seq" : "application/jsonl";
    boolean wrong = request.target().contains("wrong=true");
    return JsonStream.respond(
        request,
        type,
        titles -> {
          titles.send(JsonNodeFactory.instance.objectNode().put("title", "Emma"));
          if (wrong) {
            titles.send(JsonNodeFactory.instance.objectNode().put("title", 7));
          }
          titles.send(JsonNodeFactory.instance.objectNode().put("title", "Dracula"));
        });
  }

  private static HttpResponse echo(int status, Request request) {
    ObjectNode echo = JsonNodeFactory.instance.objectNode();
    echo.put("method", request.method().token());
    echo.put("target", request.target());
    echo.put("accept", request.headers().get("Accept"));
    echo.put("authorization", request.headers().first("Authorization").orElse("none"));
    echo.put("cookies", request.cookies().toString());
    echo.put("type", request.contentType().orElse("none"));
    echo.put("text", new String(request.rawBody(), java.nio.charset.StandardCharsets.UTF_8));
    request.body().ifPresent(body -> echo.set("body", body));
    ObjectNode parts = echo.putObject("parts");
    request
        .parts()
        .forEach(part -> parts.put(part.name(), part.fileName() + " " + part.contentType()));
    return HttpResponse.json(status, echo);
  }
}
