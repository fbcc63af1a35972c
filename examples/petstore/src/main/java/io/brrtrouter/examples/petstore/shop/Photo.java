package io.brrtrouter.examples.petstore.shop;

import org.jspecify.annotations.Nullable;

/**
 * A picture of a pet.
 *
 * @param number counted from 1 for each pet
 * @param mediaType image/png or image/jpeg
 * @param content the picture; never changed
 * @param rotation degrees it is to be turned by
 * @param caption what it shows, if anyone said
 * @param takenAt when it was taken, as whoever knows has written it
 * @param takenBy who took it, if anyone knows
 */
@SuppressWarnings("ArrayRecordComponent") // pictures are sent, not compared
public record Photo(
    int number,
    String mediaType,
    byte[] content,
    int rotation,
    @Nullable String caption,
    @Nullable String takenAt,
    @Nullable String takenBy) {

  /**
   * What is known about a picture.
   *
   * @param number as of the photo
   * @param mediaType as of the photo
   * @param size how many octets it has
   * @param rotation as of the photo
   * @param caption as of the photo
   * @param takenAt as of the photo
   * @param takenBy as of the photo
   */
  public record About(
      int number,
      String mediaType,
      long size,
      int rotation,
      @Nullable String caption,
      @Nullable String takenAt,
      @Nullable String takenBy) {}

  /** {@return what is known about it} */
  public About about() {
    return new About(number, mediaType, content.length, rotation, caption, takenAt, takenBy);
  }

  Photo withNumber(int other) {
    return new Photo(other, mediaType, content, rotation, caption, takenAt, takenBy);
  }
}
