package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.noContent;

import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Photo;
import io.brrtrouter.examples.petstore.shop.Photos;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations on pictures. */
public final class PhotoHandlers {
  private final Photos photos;

  /**
   * Takes care of pictures.
   *
   * @param photos the pictures
   */
  public PhotoHandlers(Photos photos) {
    this.photos = photos;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("list_photos", this::list)
        .handler("upload_photo", this::upload)
        .handler("get_photo", this::get)
        .handler("set_caption", this::setCaption)
        .handler("avatar", this::avatar)
        .handler("set_avatar", this::setAvatar);
  }

  private HttpResponse list(Request request) {
    return Replies.ok(photos.of(pet(request)).stream().map(About::of).toList());
  }

  private HttpResponse upload(Request request) {
    JsonNode form = Replies.body(request);
    Optional<String> caption = form.path("caption").stringValueOpt();
    // Not read: the calendar of RFC 3339 has times that none of Java's types can hold.
    Optional<String> takenAt = form.path("taken").path("at").stringValueOpt();
    Optional<String> takenBy = form.path("taken").path("by").stringValueOpt();
    List<Photo> added =
        request.parts().stream()
            .filter(part -> part.name().equals("pictures"))
            .map(part ->
                new Photo(
                    0,
                    mediaType(part),
                    part.content(),
                    rotation(part),
                    caption.orElse(null),
                    takenAt.orElse(null),
                    takenBy.orElse(null)))
            .toList();
    List<About> kept = photos.add(pet(request), added).stream().map(About::of).toList();
    return HttpResponse.json(201, Json.of(kept));
  }

  /** The server has checked it, but it may be in capitals and have parameters. */
  private static String mediaType(Part part) {
    return ContentType.parse(part.contentType()).orElseThrow().essence();
  }

  /** In the document {@code 90}, {@code 90.0} and {@code 9e1} are the same integer. */
  private static int rotation(Part part) {
    return part.headers()
        .first("X-Rotation")
        .map(degrees -> new BigDecimal(degrees).intValueExact())
        .orElse(0);
  }

  private HttpResponse get(Request request) {
    Photo photo = photos.get(pet(request), number(request));
    return HttpResponse.bytes(200, photo.mediaType(), photo.content())
        .withHeader("Cache-Control", "public, max-age=31536000, immutable");
  }

  private HttpResponse setCaption(Request request) {
    String caption = Replies.body(request).asString();
    photos.describe(pet(request), number(request), caption);
    return HttpResponse.text(200, caption);
  }

  private HttpResponse avatar(Request request) {
    byte[] png = photos.avatar(pet(request)).orElse(Pictures.PAW);
    return HttpResponse.bytes(200, "image/png", png);
  }

  private HttpResponse setAvatar(Request request) {
    photos.setAvatar(pet(request), request.rawBody());
    return noContent();
  }

  private static long pet(Request request) {
    return request.pathParameters().integer("id").orElseThrow();
  }

  private static long number(Request request) {
    return request.pathParameters().integer("photo_id").orElseThrow();
  }

  /** What is told about a photo. */
  private record About(
      int number,
      String mediaType,
      int size,
      int rotation,
      @Nullable String caption,
      @Nullable String takenAt,
      @Nullable String takenBy) {

    static About of(Photo photo) {
      return new About(
          photo.number(),
          photo.mediaType(),
          photo.content().length,
          photo.rotation(),
          photo.caption(),
          photo.takenAt(),
          photo.takenBy());
    }
  }
}
