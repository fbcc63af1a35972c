package io.brrtrouter.examples.petstore.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pet. What there is to say about it depends on its species, so it is kept as it was described;
 * the server has checked it against the document.
 *
 * @param id its number
 * @param version counts the changes
 * @param createdAt when it came to the shop
 * @param description its properties; never changed, always replaced
 */
public record Pet(long id, int version, Instant createdAt, ObjectNode description) {

  /** {@return dog, cat or bird} */
  public String species() {
    return description.path("species").asString();
  }

  /** {@return its name} */
  public String name() {
    return description.path("name").asString();
  }

  /** {@return available, reserved or sold} */
  public String status() {
    return description.path("status").asString("available");
  }

  /** {@return what it costs, in euros} */
  public BigDecimal price() {
    return description.path("price").decimalValue();
  }

  /** {@return its color, if anyone said} */
  public Optional<String> color() {
    return description.path("color").stringValueOpt();
  }

  /** {@return when it was born, if anyone knows} */
  public Optional<String> birthDate() {
    return description.path("birth_date").stringValueOpt();
  }

  /** {@return who bought it} */
  public Optional<String> owner() {
    return description.path("owner").stringValueOpt();
  }

  /** {@return the number of its transponder} */
  public Optional<String> chip() {
    return description.path("chip").stringValueOpt();
  }

  /** {@return its tags} */
  public List<String> tags() {
    return description.path("tags").valueStream().map(JsonNode::asString).toList();
  }

  /**
   * {@return this pet, changed}
   *
   * @param changed all its properties
   */
  Pet described(ObjectNode changed) {
    return new Pet(id, version + 1, createdAt, changed);
  }

  /**
   * {@return this pet in another state}
   *
   * @param status available, reserved or sold
   */
  Pet in(String status) {
    return described(description.deepCopy().put("status", status));
  }
}
