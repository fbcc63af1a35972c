package served;

import io.brrtrouter.schema.codec.Field;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import served.api.AddFilesHandler;
import served.api.AddFilesResponse;
import served.api.AddNoteHandler;
import served.api.AddNoteRequest;
import served.api.AddNoteResponse;
import served.api.AddPartsHandler;
import served.api.AddPartsResponse;
import served.api.AddThingHandler;
import served.api.AddThingResponse;
import served.api.GetThingHandler;
import served.api.GetThingRequest;
import served.api.GetThingResponse;
import served.api.ServedApi;
import served.model.Kind;
import served.model.Thing;

/** Handlers as a user would write them; they answer with what they understood. */
public final class Shop implements ServedApi {

  @Override
  public GetThingHandler getThing() {
    return request ->
        switch (request.session() == null ? 200 : request.session().intValue()) {
          case 404 -> new GetThingResponse.NotFound();
          case 409 -> new GetThingResponse.ClientError(409, problem("conflict"));
          case 500 ->
              new GetThingResponse.Otherwise(500, "broken".getBytes(StandardCharsets.UTF_8));
          case 1 -> null;
          case 2 -> thing(request, 10);
          case 3 ->
              new GetThingResponse.OkText(
                  request.toString().replace("GetThingRequest", ""), 3, null, null, null);
          default -> thing(request, 9);
        };
  }

  private static GetThingResponse thing(GetThingRequest request, long size) {
    return new GetThingResponse.OkJson(
        new Thing(request.id(), Kind.LARGE, size, text(request)),
        request.limit(),
        request.tags(),
        request.since(),
        request.exact());
  }

  private static String text(GetThingRequest request) {
    return String.join(
        " ",
        String.valueOf(request.factor()),
        String.valueOf(request.filter()),
        switch (request.nick()) {
          case Field.Absent<String> _ -> "no nick";
          case Field.Null<String> _ -> "null nick";
          case Field.Value<String>(String nick) -> nick;
        },
        String.valueOf(request.xTrace()));
  }

  private static served.model.GetThingClientErrorBody problem(String title) {
    return new served.model.GetThingClientErrorBody(title);
  }

  @Override
  public AddThingHandler addThing() {
    return request -> new AddThingResponse.Created(request.body());
  }

  @Override
  public AddNoteHandler addNote() {
    return request -> new AddNoteResponse.Ok(note(request.body()));
  }

  @Override
  public AddFilesHandler addFiles() {
    return request ->
        new AddFilesResponse.Ok(
            request.body().photo() + " " + request.body().scan() + " " + request.body().more());
  }

  @Override
  public AddPartsHandler addParts() {
    return request -> new AddPartsResponse.Ok(request.body().length + " octets");
  }

  private static String note(AddNoteRequest.Body body) {
    return switch (body) {
      case null -> "nothing";
      case AddNoteRequest.Body.Json(String value) -> "json " + value;
      case AddNoteRequest.Body.Text(String value) -> "text " + value;
      case AddNoteRequest.Body.AnyImage(byte[] value) -> "image of " + value.length;
      case AddNoteRequest.Body.Multipart(var value) ->
          "photo of " + value.photo().content().length + ", " + value.note();
    };
  }
}
