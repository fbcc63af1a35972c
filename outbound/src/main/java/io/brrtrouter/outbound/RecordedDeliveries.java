package io.brrtrouter.outbound;

import io.brrtrouter.server.runtime.Resources;
import java.util.List;

/**
 * What a test finds in place of requests on the network: where {@code outbound.record_only} is
 * {@code true}, as it is in tests unless they say otherwise, requests are taken, refused and
 * written down like others, and never sent. What was sent within a transaction is there once that
 * is committed. Safe for use by many threads.
 *
 * <pre>{@code
 * @Test
 * void whoever_asked_is_told(BrrtClient client, Resources resources) {
 *   client.post("/adoptions").json("{\"url\": \"https://example.com/a\"}").send().expect(202);
 *   RecordedDelivery told = RecordedDeliveries.of(resources).only("adoptionEnded");
 *   assertThat(told.url()).hasToString("https://example.com/a");
 * }
 * }</pre>
 */
public final class RecordedDeliveries {
  private final Deliveries deliveries;

  private RecordedDeliveries(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /**
   * {@return what the deliveries of an application have recorded}
   *
   * @param resources what the application keeps
   * @throws IllegalStateException if it has opened no deliveries
   */
  public static RecordedDeliveries of(Resources resources) {
    return new RecordedDeliveries(Deliveries.opened(resources));
  }

  /**
   * {@return what deliveries have recorded}
   *
   * @param deliveries opened with {@link DeliveriesBuilder#recordOnly}
   */
  public static RecordedDeliveries of(Deliveries deliveries) {
    return new RecordedDeliveries(deliveries);
  }

  /**
   * {@return all that was recorded, in the order in which it was taken}
   *
   * @throws IllegalStateException if requests are sent, not only recorded
   * @throws SenderException if the log cannot be read
   */
  public List<RecordedDelivery> all() {
    return deliveries.recorded();
  }

  /**
   * {@return what was recorded of an operation, in the order in which it was taken}
   *
   * @param operation the name of the operation of the webhook or callback
   * @throws IllegalStateException if requests are sent, not only recorded
   * @throws SenderException if the log cannot be read
   */
  public List<RecordedDelivery> all(String operation) {
    return all().stream().filter(each -> each.operation().equals(operation)).toList();
  }

  /**
   * {@return the one request of an operation that was recorded}
   *
   * @param operation the name of the operation of the webhook or callback
   * @throws AssertionError if there is none, or more than one; its message has all that was
   *     recorded
   * @throws IllegalStateException if requests are sent, not only recorded
   * @throws SenderException if the log cannot be read
   */
  public RecordedDelivery only(String operation) {
    List<RecordedDelivery> recorded = all();
    List<RecordedDelivery> found =
        recorded.stream().filter(each -> each.operation().equals(operation)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one request of %s, but recorded were %s".formatted(operation, recorded));
    }
    return found.getFirst();
  }

  /**
   * Forgets all that was recorded, for the next test with the same server.
   *
   * @throws SenderException if the log cannot be written
   */
  public void clear() {
    deliveries.forgetRecorded();
  }
}
