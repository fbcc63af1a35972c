package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pictures of pets. Safe for use by many threads. */
public final class Photos {
  /** What is in memory of a picture at a time, whichever way it goes. */
  static final int PIECE = 256 << 10;

  private static final String TOLD =
      "number, media_type, size, rotation, caption, taken_at, taken_by";

  private final Database database;
  private final Pets pets;
  private final InstantSource clock;

  Photos(Database database, Pets pets, InstantSource clock) {
    this.database = database;
    this.pets = pets;
    this.clock = clock;
  }

  /**
   * A photo that is to be kept.
   *
   * @param about what is known about it; its number and size do not matter
   * @param picture its octets
   */
  public record Added(Photo about, Picture picture) {}

  /**
   * A photo that is kept. Its octets never change.
   *
   * @param about what is known about it
   * @param tag tells it from any other photo, in letters, digits and hyphens
   * @param addedAt since when it has been kept
   */
  public record Kept(Photo about, String tag, Instant addedAt) {}

  /**
   * Octets of a photo that are kept together.
   *
   * @param beginsAt the index of the first one in the photo, from 0
   * @param octets 1 or more
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, not compared
  public record Piece(long beginsAt, byte[] octets) {}

  /**
   * {@return what is known about the photos of a pet, oldest first; the pictures stay where they
   * are}
   *
   * @param pet the pet's number
   * @param offset how many to leave out from the start
   * @param limit how many at most
   * @throws Refusal if there is no such pet
   */
  public List<Photo> of(long pet, int offset, int limit) {
    return database.transaction(transaction -> {
      pets.get(pet);
      return transaction.list(
          "select " + TOLD + " from photos where pet = ? order by number limit ? offset ?",
          Photos::photo,
          pet,
          limit,
          offset);
    });
  }

  private static Photo photo(Row row) {
    return new Photo(
        row.integer("number"),
        row.text("media_type"),
        row.number("size"),
        row.integer("rotation"),
        row.optionalText("caption").orElse(null),
        row.optionalText("taken_at").orElse(null),
        row.optionalText("taken_by").orElse(null));
  }

  /**
   * {@return a photo, without its octets}
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @throws Refusal if there is no such pet or photo
   */
  public Kept get(long pet, long number) {
    return database.transaction(transaction -> {
      pets.get(pet);
      return transaction
          .first(
              "select " + TOLD + ", tag, added_at from photos where pet = ? and number = ?",
              row -> new Kept(photo(row), row.text("tag"), row.instant("added_at")),
              pet,
              number)
          .orElseThrow(() -> Refusal.notFound("photo", number));
    });
  }

  /**
   * {@return the piece of a photo that has one of its octets}
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @param index which octet, from 0 and less than the photo's size
   * @throws Refusal if there is no such photo any more
   */
  public Piece piece(long pet, long number, long index) {
    return database
        .transaction(transaction ->
            transaction.first(
                """
                select begins_at, content from photo_pieces
                where pet = ? and number = ? and begins_at <= ? order by begins_at desc limit 1
                """,
                row -> new Piece(row.number("begins_at"), row.octets("content")),
                pet,
                number,
                index))
        .orElseThrow(() -> Refusal.notFound("photo", number));
  }

  /**
   * Adds photos of a pet.
   *
   * @param pet the pet's number
   * @param added the photos; they get their numbers here
   * @return the photos as kept
   * @throws Refusal if there is no such pet
   * @throws UncheckedIOException if a picture cannot be read; none is kept then
   */
  public List<Photo> add(long pet, List<Added> added) {
    return database.transaction(transaction -> {
      pets.hold(pet);
      int number =
          transaction
              .first(
                  "select max(number) as latest from photos where pet = ?",
                  row -> row.optionalInteger("latest").orElse(0),
                  pet)
              .orElse(0);
      List<Photo> kept = new ArrayList<>();
      for (Added each : added) {
        number++;
        kept.add(insert(pet, each.about().withNumber(number), each.picture()));
      }
      return List.copyOf(kept);
    });
  }

  private Photo insert(long pet, Photo photo, Picture picture) {
    return database.transaction(transaction -> {
      transaction.update(
          """
          insert into photos
            (pet, number, media_type, size, rotation, caption, taken_at, taken_by, tag, added_at)
          values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)
          """,
          pet,
          photo.number(),
          photo.mediaType(),
          photo.rotation(),
          photo.caption(),
          photo.takenAt(),
          photo.takenBy(),
          UUID.randomUUID().toString(),
          clock.instant().truncatedTo(ChronoUnit.MICROS));
      long size = 0;
      try (InputStream octets = picture.open()) {
        for (byte[] piece = octets.readNBytes(PIECE);
            piece.length > 0;
            piece = octets.readNBytes(PIECE)) {
          transaction.update(
              "insert into photo_pieces (pet, number, begins_at, content) values (?, ?, ?, ?)",
              pet,
              photo.number(),
              size,
              piece);
          size += piece.length;
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      transaction.update(
          "update photos set size = ? where pet = ? and number = ?", size, pet, photo.number());
      return photo.withSize(size);
    });
  }

  /**
   * Says what a photo shows.
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @param caption what it shows
   * @throws Refusal if there is no such pet or photo
   */
  public void describe(long pet, long number, String caption) {
    database.run(transaction -> {
      pets.get(pet);
      int described =
          transaction.update(
              "update photos set caption = ? where pet = ? and number = ?", caption, pet, number);
      if (described == 0) {
        throw Refusal.notFound("photo", number);
      }
    });
  }

  /**
   * {@return the small picture of a pet, if it has one}
   *
   * @param pet the pet's number
   * @throws Refusal if there is no such pet
   */
  public Optional<byte[]> avatar(long pet) {
    return database.transaction(transaction -> {
      pets.get(pet);
      return transaction.first(
          "select content from avatars where pet = ?", row -> row.octets("content"), pet);
    });
  }

  /**
   * Sets the small picture of a pet.
   *
   * @param pet the pet's number
   * @param png the picture
   * @throws Refusal if there is no such pet
   */
  public void setAvatar(long pet, byte[] png) {
    database.run(transaction -> {
      pets.hold(pet);
      transaction.update("delete from avatars where pet = ?", pet);
      transaction.update("insert into avatars (pet, content) values (?, ?)", pet, png);
    });
  }
}
