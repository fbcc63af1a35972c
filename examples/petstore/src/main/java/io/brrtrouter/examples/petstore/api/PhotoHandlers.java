package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.noContent;

import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Photo;
import io.brrtrouter.examples.petstore.shop.Photos;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.time.Instant;
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
        .handler("avatar", this::avatar)
        .handler("set_avatar", this::setAvatar);
  }

  private HttpResponse list(Request request) {
    return Replies.ok(photos.of(pet(request)).stream().map(About::of).toList());
  }

  private HttpResponse upload(Request request) {
    JsonNode form = Replies.body(request);
    Optional<String> caption = form.path("caption").stringValueOpt();
    Optional<Instant> takenAt = form.path("taken").path("at").stringValueOpt().map(Instant::parse);
    Optional<String> takenBy = form.path("taken").path("by").stringValueOpt();
    List<Photo> added =
        request.parts().stream()
            .filter(part -> part.name().equals("pictures"))
            .map(part ->
                new Photo(
                    0,
                    part.contentType(),
                    part.content(),
                    rotation(part),
                    caption.orElse(null),
                    takenAt.orElse(null),
                    takenBy.orElse(null)))
            .toList();
    List<About> kept = photos.add(pet(request), added).stream().map(About::of).toList();
    return HttpResponse.json(201, Json.of(kept));
  }

  private static int rotation(Part part) {
    return part.headers().first("X-Rotation").map(Integer::parseInt).orElse(0);
  }

  private HttpResponse get(Request request) {
    long number = request.pathParameters().integer("photo_id").orElseThrow();
    Photo photo = photos.get(pet(request), number);
    return HttpResponse.bytes(200, photo.mediaType(), photo.content())
        .withHeader("Cache-Control", "public, max-age=31536000, immutable");
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

  /** What is told about a photo. */
  private record About(
      int number,
      String mediaType,
      int size,
      int rotation,
      @Nullable String caption,
      @Nullable Instant takenAt,
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
