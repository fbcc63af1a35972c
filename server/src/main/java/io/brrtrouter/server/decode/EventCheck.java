package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.EventContent;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the {@code data} of events must be where a document says that it is JSON. Immutable. */
final class EventCheck {
  private final EventContent data;

  private EventCheck(EventContent data) {
    this.data = data;
  }

  static EventCheck compile(Schema item, Schemas schemas) {
    return new EventCheck(
        EventContent.compile(
            item.resource(), item.pointer(), schemas.view(), schemas.compiler(), schemas.json()));
  }

  /** Adds what is wrong with the data of an event. */
  void check(JsonNode event, List<RequestViolation> violations) {
    data.check(event)
        .forEach(wrong ->
            violations.add(
                new RequestViolation(
                    In.BODY,
                    "",
                    wrong.instanceLocation(),
                    wrong.keyword(),
                    wrong.message(),
                    null,
                    wrong.source())));
  }
}
