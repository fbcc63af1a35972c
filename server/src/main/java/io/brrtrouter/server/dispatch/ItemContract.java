package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.ItemDecoder;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the document says about the items of one response (OpenAPI 3.2 section 4.14.2, {@code
 * itemSchema}), and what happens to one that it does not allow. Safe for use by many threads.
 */
public final class ItemContract {
  /** Of what no document describes: anything is allowed. */
  public static final ItemContract NONE = new ItemContract(null, false, 0, null, null);

  /** The most violations worth a log line. */
  private static final int REPORTED = 10;

  /** Null where nothing is looked at. */
  private final @Nullable ItemDecoder items;

  private final boolean enforced;
  private final int status;

  /** Null where nothing is looked at. */
  private final @Nullable Exchange exchange;

  /** Tells of wrong items; null where nothing is looked at, or others tell. */
  private final @Nullable WrongItems wrong;

  private ItemContract(
      @Nullable ItemDecoder items,
      boolean enforced,
      int status,
      @Nullable Exchange exchange,
      @Nullable WrongItems wrong) {
    this.items = items;
    this.enforced = enforced;
    this.status = status;
    this.exchange = exchange;
    this.wrong = wrong;
  }

  /** {@return the contract of a response that is about to be sent} */
  static ItemContract of(Exchange exchange, int status, String contentType) {
    ResponseCheck responses = exchange.responses();
    ItemDecoder items =
        exchange.isResponseChecked() ? responses.items(status, contentType).orElse(null) : null;
    WrongItems wrong =
        items == null
            ? null
            : new WrongItems(
                exchange.requestId(), status + " of " + exchange.handlerName(), System::nanoTime);
    return new ItemContract(items, responses.enforces(), status, exchange, wrong);
  }

  /**
   * {@return the same for whoever tells of what is refused himself, so that the log has one line}
   */
  public ItemContract toldByCaller() {
    return enforced ? new ItemContract(items, true, status, exchange, null) : this;
  }

  /**
   * Judges an item that is a JSON value.
   *
   * @param value the item
   * @param number which item it is, from 1
   * @throws IllegalArgumentException if the document does not allow it, and that is enforced
   */
  public void require(JsonNode value, long number) {
    require(number, decoder -> decoder.check(value));
  }

  /**
   * Judges an item that is an event.
   *
   * @param event its fields: {@code data}, {@code event}, {@code id}, {@code retry}
   * @param number which item it is, from 1
   * @throws IllegalArgumentException if the document does not allow it, and that is enforced
   */
  public void requireEvent(JsonNode event, long number) {
    require(number, decoder -> decoder.checkEvent(event));
  }

  /**
   * Judges an item that is a part.
   *
   * @param part the part
   * @param number which item it is, from 1
   * @throws IllegalArgumentException if the document does not allow it, and that is enforced
   */
  public void require(Part part, long number) {
    require(number, decoder -> decoder.check(part, number - 1));
  }

  /** {@return whether items are looked at, so that they have to be made for that} */
  public boolean isChecked() {
    return items != null;
  }

  /**
   * {@return whether this judges as another one does, so that one verdict will do}
   *
   * @param other the contract of another response
   */
  public boolean judgesAs(ItemContract other) {
    return items == other.items && enforced == other.enforced;
  }

  private void require(long number, Function<ItemDecoder, List<RequestViolation>> judge) {
    List<RequestViolation> violations = items == null ? List.of() : judge.apply(items);
    if (!violations.isEmpty()) {
      refuse(number, violations, Objects.requireNonNull(exchange));
    }
  }

  private void refuse(long number, List<RequestViolation> violations, Exchange exchange) {
    List<String> told =
        violations.stream()
            .limit(REPORTED)
            .map(wrong ->
                new ResponseViolation("body", "", wrong.pointer(), wrong.message(), wrong.source()))
            .map(ResponseViolation::toString)
            .toList();
    if (wrong != null && wrong.add(number, told)) {
      exchange.endings().add(wrong::end);
    }
    exchange.breached(
        new ContractBreach(
            exchange.operation(), exchange.template(), exchange.requestId(), status, told));
    if (enforced) {
      throw new IllegalArgumentException(
          "the API description does not allow item "
              + number
              + ": "
              + told.getFirst()
              + (violations.size() > 1 ? "; " + (violations.size() - 1) + " more" : ""));
    }
  }
}
