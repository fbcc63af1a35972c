package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.GetAvatarRequest;
import io.brrtrouter.examples.petstore.generated.api.GetAvatarResponse;
import io.brrtrouter.examples.petstore.generated.api.SetAvatarRequest;
import io.brrtrouter.examples.petstore.generated.api.SetAvatarResponse;
import io.brrtrouter.examples.petstore.generated.api.SetCaptionRequest;
import io.brrtrouter.examples.petstore.generated.api.SetCaptionResponse;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Photo;
import io.brrtrouter.examples.petstore.shop.Photos;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ContentDisposition;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Operations on pictures. */
final class PhotoHandlers {
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final Photos photos;

  PhotoHandlers(Photos photos) {
    this.photos = photos;
  }

  /**
   * Untyped: photos are taken at any time that RFC 3339 can write, leap seconds and years before
   * Java's included, and told as they came.
   */
  HttpResponse list(Request request) {
    int offset = (int) request.queryParameters().integer("offset").orElseThrow();
    int limit = (int) request.queryParameters().integer("limit").orElseThrow();
    return HttpResponse.json(200, Json.of(photos.of(pet(request), offset, limit)));
  }

  /** Untyped: each picture is a part with a media type and a rotation in its own header fields. */
  HttpResponse upload(Request request) {
    JsonNode form = request.body().orElseThrow();
    Optional<String> caption = form.path("caption").stringValueOpt();
    Optional<String> takenAt = form.path("taken").path("at").stringValueOpt();
    Optional<String> takenBy = form.path("taken").path("by").stringValueOpt();
    List<Photos.Added> added =
        request.parts().stream()
            .filter(part -> part.name().equals("pictures"))
            .map(part ->
                new Photos.Added(
                    new Photo(
                        0,
                        mediaType(part),
                        part.length(),
                        rotation(part),
                        caption.orElse(null),
                        takenAt.orElse(null),
                        takenBy.orElse(null)),
                    part::open))
            .toList();
    return HttpResponse.json(201, Json.of(photos.add(pet(request), added)));
  }

  private static long pet(Request request) {
    return request.pathParameters().integer("id").orElseThrow();
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

  /** Untyped: the server sends what was asked for of it, which may be a part, or nothing. */
  HttpResponse get(Request request) {
    long pet = pet(request);
    Photos.Kept photo = photos.get(pet, request.pathParameters().integer("photo_id").orElseThrow());
    Photo about = photo.about();
    SeekableContent.Version version =
        new SeekableContent.Version(about.size(), photo.addedAt(), EntityTag.strong(photo.tag()));
    return HttpResponse.seekable(
            200,
            about.mediaType(),
            SeekableContent.of(
                version, (sink, from, length) -> write(pet, about.number(), from, length, sink)))
        .withHeader("Cache-Control", FOREVER)
        .withHeader("Content-Disposition", disposition(request, pet, about));
  }

  private static String disposition(Request request, long pet, Photo about) {
    String extension = about.mediaType().equals("image/png") ? ".png" : ".jpg";
    String name = "pet-" + pet + "-" + about.number() + extension;
    return request.queryParameters().bool("download").orElse(false)
        ? ContentDisposition.attachment(name)
        : ContentDisposition.inline(name);
  }

  /** No connection of the database is kept while a client reads. */
  private void write(long pet, long number, long from, long length, ContentSink sink)
      throws IOException {
    long at = from;
    while (at < from + length) {
      Photos.Piece piece = photos.piece(pet, number, at);
      int skipped = Math.toIntExact(at - piece.beginsAt());
      int written = (int) Math.min(piece.octets().length - skipped, from + length - at);
      if (written <= 0) {
        throw new IOException("photo " + number + " of pet " + pet + " ends before " + at);
      }
      sink.write(piece.octets(), skipped, written);
      at += written;
    }
  }

  SetCaptionResponse setCaption(SetCaptionRequest request) {
    photos.describe(request.id(), request.photoId(), request.body());
    return new SetCaptionResponse.Ok(request.body());
  }

  GetAvatarResponse avatar(GetAvatarRequest request) {
    return new GetAvatarResponse.Ok(photos.avatar(request.id()).orElse(Pictures.PAW));
  }

  SetAvatarResponse setAvatar(SetAvatarRequest request) {
    photos.setAvatar(request.id(), request.body());
    return new SetAvatarResponse.NoContent();
  }
}
