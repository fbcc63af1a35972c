package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures of pets. Safe for use by many threads. */
public final class Photos {
  private final Database database;
  private final Pets pets;

  Photos(Database database, Pets pets) {
    this.database = database;
    this.pets = pets;
  }

  /**
   * {@return what is known about the photos of a pet, oldest first; the pictures stay where they
   * are}
   *
   * @param pet the pet's number
   * @param offset how many to leave out from the start
   * @param limit how many at most
   * @throws Refusal if there is no such pet
   */
  public List<Photo.About> of(long pet, int offset, int limit) {
    return database.transaction(transaction -> {
      pets.get(pet);
      return transaction.list(
          """
          select number, media_type, cast(octet_length(content) as bigint) as size,
            rotation, caption, taken_at, taken_by
          from photos where pet = ? order by number limit ? offset ?
          """,
          Photos::about,
          pet,
          limit,
          offset);
    });
  }

  private static Photo.About about(Row row) {
    return new Photo.About(
        row.integer("number"),
        row.text("media_type"),
        row.number("size"),
        row.integer("rotation"),
        row.optionalText("caption").orElse(null),
        row.optionalText("taken_at").orElse(null),
        row.optionalText("taken_by").orElse(null));
  }

  /**
   * {@return a photo}
   *
   * @param pet the pet's number
   * @param number the photo's number
   * @throws Refusal if there is no such pet or photo
   */
  public Photo get(long pet, long number) {
    return database.transaction(transaction -> {
      pets.get(pet);
      return transaction
          .first("select * from photos where pet = ? and number = ?", Photos::photo, pet, number)
          .orElseThrow(() -> Refusal.notFound("photo", number));
    });
  }

  private static Photo photo(Row row) {
    return new Photo(
        row.integer("number"),
        row.text("media_type"),
        row.octets("content"),
        row.integer("rotation"),
        row.optionalText("caption").orElse(null),
        row.optionalText("taken_at").orElse(null),
        row.optionalText("taken_by").orElse(null));
  }

  /**
   * Adds photos of a pet.
   *
   * @param pet the pet's number
   * @param added the photos; they get their numbers here
   * @return the photos as kept
   * @throws Refusal if there is no such pet
   */
  public List<Photo> add(long pet, List<Photo> added) {
    return database.transaction(transaction -> {
      pets.hold(pet);
      int before =
          transaction
              .first(
                  "select max(number) as latest from photos where pet = ?",
                  row -> row.optionalInteger("latest").orElse(0),
                  pet)
              .orElse(0);
      List<Photo> numbered = numbered(added, before);
      numbered.forEach(photo -> insert(pet, photo));
      return numbered;
    });
  }

  private void insert(long pet, Photo photo) {
    database.run(transaction ->
        transaction.update(
            """
            insert into photos
              (pet, number, media_type, content, rotation, caption, taken_at, taken_by)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            pet,
            photo.number(),
            photo.mediaType(),
            photo.content(),
            photo.rotation(),
            photo.caption(),
            photo.takenAt(),
            photo.takenBy()));
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

  private static List<Photo> numbered(List<Photo> photos, int before) {
    List<Photo> numbered = new ArrayList<>();
    for (Photo photo : photos) {
      numbered.add(photo.withNumber(before + numbered.size() + 1));
    }
    return List.copyOf(numbered);
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
