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

  Photo withNumber(int other) {
    return new Photo(other, mediaType, content, rotation, caption, takenAt, takenBy);
  }
}
