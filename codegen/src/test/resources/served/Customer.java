package served;

import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.FilePart;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import served.api.AddNoteRequest;
import served.api.AddNoteRequest.Body;
import served.api.AddNoteResponse;
import served.api.AddThingHandler;
import served.api.AddThingRequest;
import served.api.GetThingRequest;
import served.api.GetThingResponse;
import served.client.ServedClient;
import served.model.AddNoteRequestMultipartBody;
import served.model.GetThingFilter;
import served.model.Kind;
import served.model.Thing;

/** Uses the client of the shop as a user would. */
public final class Customer {
  private static final UUID ID = UUID.fromString("c2f1a3a4-6e0d-4a2b-9d7e-0a1b2c3d4e5f");

  private Customer() {}

  /** {@return what each request brought} */
  public static List<String> shop(URI base) throws Exception {
    ServedClient client = ServedClient.builder().baseUri(base).build();
    AddThingHandler added = client::addThing;
    return List.of(
        client
            .getThing(
                GetThingRequest.builder()
                    .id(ID)
                    .factor(new BigDecimal("1.50"))
                    .exact(true)
                    .tags(List.of("a", "b"))
                    .filter(new GetThingFilter(Kind.SMALL, 3))
                    .since(OffsetDateTime.parse("2026-11-26T10:00:00Z"))
                    .nick(Field.of("Tom"))
                    .xTrace("abc")
                    .build())
            .toString(),
        status(client, 404),
        status(client, 409),
        status(client, 500),
        added.handle(new AddThingRequest(new Thing(ID, Kind.SMALL, 4L, null))).toString(),
        note(client, new Body.Json("a")),
        note(client, new Body.Json(null)),
        note(client, new Body.Text("h\u00e9")),
        note(client, new Body.AnyImage(new byte[5])),
        note(client, new Body.Multipart(new AddNoteRequestMultipartBody(FilePart.of(new byte[3]), "n"))),
        note(client, null));
  }

  private static String status(ServedClient client, long session) throws Exception {
    return switch (client.getThing(GetThingRequest.builder().id(ID).session(session).build())) {
      case GetThingResponse.Otherwise(int status, byte[] body) -> status + " " + new String(body);
      case GetThingResponse other -> other.toString();
    };
  }

  private static String note(ServedClient client, Body body) throws Exception {
    return switch (client.addNote(new AddNoteRequest(body))) {
      case AddNoteResponse.Ok(String text) -> text;
    };
  }
}
