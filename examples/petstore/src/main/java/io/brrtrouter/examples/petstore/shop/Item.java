package io.brrtrouter.examples.petstore.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a pet might need.
 *
 * @param id its identifier
 * @param name its name
 * @param price what it costs, in euros
 * @param stock how many there are
 * @param color its color, if it has one
 * @param size width and height in centimetres, if known
 * @param attributes whatever the manufacturer tells, if anything
 */
public record Item(
    @Nullable UUID id,
    String name,
    BigDecimal price,
    int stock,
    @Nullable String color,
    @Nullable List<Integer> size,
    @Nullable Map<String, Object> attributes) {

  /**
   * {@return this item under another identifier}
   *
   * @param other the identifier
   */
  public Item withId(UUID other) {
    return new Item(other, name, price, stock, color, size, attributes);
  }

  Item withName(String other) {
    return new Item(id, other, price, stock, color, size, attributes);
  }

  Item withStock(int other) {
    return new Item(id, name, price, other, color, size, attributes);
  }

  /**
   * {@return whether it fits into a box; an item of unknown size never does}
   *
   * @param width the box's width in centimetres
   * @param height its height
   */
  public boolean fits(int width, int height) {
    return size != null && size.get(0) <= width && size.get(1) <= height;
  }
}
