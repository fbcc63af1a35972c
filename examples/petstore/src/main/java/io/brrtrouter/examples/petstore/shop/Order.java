package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.Address;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param id its identifier
 * @param status how far it is
 * @param sales what it sells, line by line; later changes of prices and pets do not matter
 * @param placedAt when it was placed
 * @param basket what was ordered
 */
public record Order(UUID id, Status status, List<Sale> sales, Instant placedAt, Basket basket) {
  /** Copies the sales. */
  public Order {
    sales = List.copyOf(sales);
  }

  /** How far an order is. */
  public enum Status {
    /** Waiting for payment. */
    PLACED,
    /** Paid. */
    PAID,
    /** Delivered on account. */
    INVOICED,
    /** Called off. */
    CANCELLED
  }

  /**
   * What a customer orders.
   *
   * @param customer the customer's name
   * @param lines at least one
   * @param gift whether to wrap it
   * @param note what else to know
   * @param shipTo where to send it, unless it is collected
   * @param callbackUrl where to tell what becomes of it, if anywhere
   */
  public record Basket(
      String customer,
      List<Line> lines,
      boolean gift,
      @Nullable String note,
      @Nullable Address shipTo,
      @Nullable String callbackUrl) {
    /** Copies the lines. */
    public Basket {
      lines = List.copyOf(lines);
    }

    private Basket with(Basket more) {
      return new Basket(customer, joined(lines, more.lines), gift, note, shipTo, callbackUrl);
    }
  }

  /** A line of an order. */
  public sealed interface Line {

    /**
     * A pet, of which there is one.
     *
     * @param pet its number
     */
    record OfPet(long pet) implements Line {}

    /**
     * Items, of which there may be many.
     *
     * @param item the item's identifier
     * @param quantity how many
     */
    record OfItem(UUID item, int quantity) implements Line {}
  }

  /**
   * What a line sells.
   *
   * @param kind the pet's species, or "items"
   * @param amount what it costs, in euros
   */
  public record Sale(String kind, BigDecimal amount) {
    /** Counts in cents, however the amount was written. */
    public Sale {
      amount = Items.cents(amount);
    }
  }

  /** {@return what it costs, in euros} */
  public BigDecimal total() {
    return sales.stream().map(Sale::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** {@return this order with the lines of another too} */
  Order with(Order more) {
    return new Order(id, status, joined(sales, more.sales), placedAt, basket.with(more.basket));
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
