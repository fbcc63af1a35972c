package io.brrtrouter.examples.petstore.shop;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a picture of a pet.
 *
 * @param number counted from 1 for each pet
 * @param mediaType image/png or image/jpeg
 * @param size how many octets it has
 * @param rotation degrees it is to be turned by
 * @param caption what it shows, if anyone said
 * @param takenAt when it was taken, as whoever knows has written it
 * @param takenBy who took it, if anyone knows
 */
public record Photo(
    int number,
    String mediaType,
    long size,
    int rotation,
    @Nullable String caption,
    @Nullable String takenAt,
    @Nullable String takenBy) {

  Photo withNumber(int other) {
    return new Photo(other, mediaType, size, rotation, caption, takenAt, takenBy);
  }

  Photo withSize(long octets) {
    return new Photo(number, mediaType, octets, rotation, caption, takenAt, takenBy);
  }
}
