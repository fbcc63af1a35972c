package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.GetLabelRequest;
import io.brrtrouter.examples.petstore.generated.api.GetLabelResponse;
import io.brrtrouter.examples.petstore.generated.api.GetMatrixRequest;
import io.brrtrouter.examples.petstore.generated.api.GetMatrixResponse;
import io.brrtrouter.examples.petstore.generated.model.GetLabelColor;
import io.brrtrouter.examples.petstore.generated.model.GetLabelResponseBody;
import io.brrtrouter.examples.petstore.generated.model.GetMatrixResponseBody;
import io.brrtrouter.examples.petstore.generated.model.GetMatrixSize;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.examples.petstore.shop.StoredFile;
import io.brrtrouter.examples.petstore.shop.Warehouse;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations on shelves, labels, files and letters. */
final class WarehouseHandlers {
  private static final ContentType BYTES =
      new ContentType("application", "octet-stream", List.of());
  private static final ContentType PNG = new ContentType("image", "png", List.of());

  private final Shop shop;

  WarehouseHandlers(Shop shop) {
    this.shop = shop;
  }

  GetMatrixResponse shelf(GetMatrixRequest request) {
    List<Integer> coords = request.coords();
    Warehouse.Box box = new Warehouse.Box(coords.get(0), coords.get(1), coords.get(2));
    List<Item> items =
        shop.warehouse().at(box).stream().filter(item -> fits(item, request.size())).toList();
    return new GetMatrixResponse.Ok(
        new GetMatrixResponseBody(box.aisle(), box.shelf(), box.box(), items));
  }

  /** An item of unknown size fits nowhere. */
  private static boolean fits(Item item, @Nullable GetMatrixSize box) {
    List<Integer> size = item.size();
    return box == null
        || (size != null && size.get(0) <= box.width() && size.get(1) <= box.height());
  }

  GetLabelResponse label(GetLabelRequest request) {
    Rgb rgb = Rgb.of(request.color());
    return new GetLabelResponse.Ok(new GetLabelResponseBody(rgb.nearestName(), rgb.hex()));
  }

  /** Untyped: which of the three media types to answer with is for the client's Accept to say. */
  HttpResponse download(Request request) {
    StoredFile file = shop.files().get(request.pathParameters().text("id").orElseThrow());
    ContentType chosen =
        Accept.of(request.headers()).choose(List.of(BYTES, PNG, ContentType.JSON)).orElse(BYTES);
    if (chosen.equals(ContentType.JSON)) {
      return HttpResponse.json(200, about(file));
    }
    if (chosen.equals(PNG)) {
      return HttpResponse.bytes(200, "image/png", Pictures.PAW);
    }
    return HttpResponse.bytes(200, "application/octet-stream", file.content())
        .withHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
  }

  /** Untyped: the part that is the file has a name and a media type. */
  HttpResponse upload(Request request) {
    Part part =
        request.parts().stream()
            .filter(candidate -> candidate.name().equals("file"))
            .findFirst()
            .orElseThrow();
    Map<String, String> labels = new TreeMap<>();
    JsonNode form = request.body().orElseThrow();
    form.path("labels").forEachEntry((name, value) -> labels.put(name, value.asString()));
    StoredFile file =
        shop.files()
            .add(
                safe(part.fileName().orElse("unnamed")),
                part.contentType(),
                part.content(),
                labels);
    return HttpResponse.json(201, about(file)).withHeader("Location", "/download/" + file.id());
  }

  /** A name that can be sent back in a header field and saved to any disk. */
  private static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.substring(Math.max(0, plain.length() - 100));
  }

  /** Untyped: the answer shows the whole form again, whatever the fields. */
  HttpResponse form(Request request) {
    Ticket ticket = new Ticket(shop.nextTicket(), request.body().orElseThrow());
    return HttpResponse.json(202, Json.of(ticket));
  }

  /** The answer to a letter. */
  private record Ticket(String ticket, JsonNode received) {}

  private static JsonNode about(StoredFile file) {
    return Json.of(About.of(file));
  }

  /** What is told about a file. */
  private record About(
      String id,
      String name,
      String mediaType,
      int size,
      String sha256,
      Map<String, String> labels) {

    static About of(StoredFile file) {
      return new About(
          file.id(),
          file.name(),
          file.mediaType(),
          file.content().length,
          file.sha256(),
          file.labels());
    }
  }

  /** A mixed color. */
  private record Rgb(int red, int green, int blue) {
    private static final Map<String, Rgb> NAMED =
        Map.of(
            "black", new Rgb(0, 0, 0),
            "white", new Rgb(255, 255, 255),
            "brown", new Rgb(121, 85, 72),
            "grey", new Rgb(128, 128, 128),
            "red", new Rgb(220, 20, 20),
            "yellow", new Rgb(250, 230, 30),
            "green", new Rgb(30, 160, 60),
            "blue", new Rgb(30, 60, 200));

    static Rgb of(GetLabelColor color) {
      return new Rgb(color.red(), color.green(), color.blue());
    }

    String hex() {
      return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    String nearestName() {
      return NAMED.entrySet().stream()
          .min(Comparator.comparingInt(entry -> distance(entry.getValue())))
          .orElseThrow()
          .getKey();
    }

    private int distance(Rgb other) {
      int r = red - other.red;
      int g = green - other.green;
      int b = blue - other.blue;
      return r * r + g * g + b * b;
    }
  }
}
