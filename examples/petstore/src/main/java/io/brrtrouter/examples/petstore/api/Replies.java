package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers most operations have in common. */
final class Replies {
  private Replies() {}

  static HttpResponse ok(Object value) {
    return HttpResponse.json(200, Json.of(value));
  }

  static HttpResponse created(String location, Object value) {
    return HttpResponse.json(201, Json.of(value)).withHeader("Location", location);
  }

  static HttpResponse noContent() {
    return HttpResponse.of(204);
  }

  /** The part of a list that {@code limit} and {@code offset} ask for. */
  static <T> List<T> page(List<T> all, Request request) {
    long offset = request.queryParameters().integer("offset").orElseThrow();
    long limit = request.queryParameters().integer("limit").orElseThrow();
    return all.stream().skip(offset).limit(limit).toList();
  }

  /** The elements of an array of strings. */
  static List<String> texts(List<JsonNode> elements) {
    return elements.stream().map(JsonNode::asString).toList();
  }

  /** The body of an operation that requires one. */
  static JsonNode body(Request request) {
    return request.body().orElseThrow();
  }
}
