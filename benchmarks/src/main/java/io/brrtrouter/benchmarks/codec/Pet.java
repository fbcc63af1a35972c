package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.Field;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pet.
 *
 * @param id format uuid
 * @param name 1 to 80 characters
 * @param species matches {@code ^[a-z]{2,20}$}
 * @param age 0 to 100
 * @param price greater than 0, a multiple of 0.01
 * @param tags at most 10, all different, of at most 20 characters; none by default
 * @param owner whose it is
 * @param status whether it can be bought
 * @param createdAt format date-time
 * @param vaccinated false by default
 * @param weightKg at least 0; null when absent
 * @param nickname at most 40 characters
 */
public record Pet(
    UUID id,
    String name,
    String species,
    int age,
    BigDecimal price,
    List<String> tags,
    Owner owner,
    Status status,
    OffsetDateTime createdAt,
    boolean vaccinated,
    @Nullable BigDecimal weightKg,
    Field<String> nickname) {

  /** Copies what is mutable. */
  public Pet {
    tags = List.copyOf(tags);
  }

  /** Whether a pet can be bought. */
  public enum Status {
    /** {@code available}. */
    AVAILABLE,
    /** {@code pending}. */
    PENDING,
    /** {@code sold}. */
    SOLD
  }
}
