package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.Color;
import io.brrtrouter.examples.petstore.generated.model.PetInput;
import io.brrtrouter.examples.petstore.generated.model.PetPatch;
import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import io.brrtrouter.schema.codec.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pet. What there is to say about it depends on its species, so it is kept as the document has it
 * described.
 *
 * @param id its number
 * @param version counts the changes
 * @param createdAt when it came to the shop
 * @param description its properties
 */
public record Pet(long id, int version, Instant createdAt, PetInput description) {

  /** {@return dog, cat or bird} */
  public String species() {
    return description.species();
  }

  /** {@return its name} */
  public String name() {
    return description.name();
  }

  /** {@return available, reserved or sold} */
  public PetStatus status() {
    return description.status();
  }

  /** {@return what it costs, in euros} */
  public BigDecimal price() {
    return description.price();
  }

  /** {@return its color, if anyone said} */
  public Optional<Color> color() {
    return Optional.ofNullable(description.color());
  }

  /** {@return when it was born, if anyone knows} */
  public Optional<LocalDate> birthDate() {
    return Optional.ofNullable(description.birthDate().orNull());
  }

  /** {@return who bought it} */
  public Optional<String> owner() {
    return Optional.ofNullable(description.owner().orNull());
  }

  /** {@return the number of its transponder} */
  public Optional<String> chip() {
    return Optional.ofNullable(description.chip());
  }

  /** {@return its tags} */
  public List<String> tags() {
    return description.tags();
  }

  /**
   * {@return this pet, changed}
   *
   * @param changed all its properties
   */
  Pet described(PetInput changed) {
    return new Pet(id, version + 1, createdAt, changed);
  }

  /**
   * {@return this pet in another state}
   *
   * @param status available, reserved or sold
   */
  Pet in(PetStatus status) {
    return described(description.toBuilder().status(status).build());
  }

  /** {@return this pet without an owner} */
  Pet disowned() {
    return described(description.toBuilder().owner(Field.absent()).build());
  }

  /**
   * {@return this pet with some properties changed (RFC 7396)}
   *
   * @param patch what is absent stays, null removes
   */
  Pet patched(PetPatch patch) {
    return described(
        description.toBuilder()
            .name(orElse(patch.name(), name()))
            .status(orElse(patch.status(), status()))
            .price(orElse(patch.price(), price()))
            .birthDate(merged(patch.birthDate(), description.birthDate()))
            .owner(merged(patch.owner(), description.owner()))
            .tags(orElse(patch.tags(), tags()))
            .build());
  }

  private static <T> T orElse(@Nullable T changed, T before) {
    return changed == null ? before : changed;
  }

  private static <T> Field<T> merged(Field<T> changed, Field<T> before) {
    return switch (changed) {
      case Field.Absent<T> _ -> before;
      case Field.Null<T> _ -> Field.absent();
      case Field.Value<T> value -> value;
    };
  }
}
