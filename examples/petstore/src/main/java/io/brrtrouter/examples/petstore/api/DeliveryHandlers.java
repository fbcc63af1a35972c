package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.GetDeliveryRequest;
import io.brrtrouter.examples.petstore.generated.api.GetDeliveryResponse;
import io.brrtrouter.examples.petstore.generated.api.ListDeliveriesRequest;
import io.brrtrouter.examples.petstore.generated.api.ListDeliveriesResponse;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeadDeliveriesRequest;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeadDeliveriesResponse;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeliveryRequest;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeliveryResponse;
import io.brrtrouter.examples.petstore.generated.model.Delivery;
import io.brrtrouter.examples.petstore.generated.model.DeliveryAttempt;
import io.brrtrouter.examples.petstore.generated.model.DeliveryPage;
import io.brrtrouter.examples.petstore.generated.model.DeliveryState;
import io.brrtrouter.examples.petstore.generated.model.ReplayDeadDeliveriesResponseBody;
import io.brrtrouter.examples.petstore.generated.model.TracedDelivery;
import io.brrtrouter.examples.petstore.shop.Refusal;
import io.brrtrouter.outbound.Attempt;
import io.brrtrouter.outbound.Deliveries;
import io.brrtrouter.outbound.DeliveryFilter;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations on what the shop sends by itself, for those who look after it. */
final class DeliveryHandlers {
  private final Deliveries deliveries;

  DeliveryHandlers(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  ListDeliveriesResponse list(ListDeliveriesRequest request) {
    DeliveryFilter filter = DeliveryFilter.all();
    DeliveryState state = request.state();
    if (state != null) {
      filter = filter.in(io.brrtrouter.outbound.DeliveryState.valueOf(state.name()));
    }
    UUID olderThan = request.olderThan();
    if (olderThan != null) {
      filter = filter.olderThan(olderThan);
    }
    List<Delivery> page =
        deliveries.list(filter, request.limit()).stream().map(DeliveryHandlers::view).toList();
    UUID next = page.size() < request.limit() ? null : page.getLast().id();
    return new ListDeliveriesResponse.Ok(new DeliveryPage(page, next));
  }

  GetDeliveryResponse get(GetDeliveryRequest request) {
    Delivery delivery = found(request.deliveryId());
    List<DeliveryAttempt> attempts =
        deliveries.attempts(delivery.id()).stream().map(DeliveryHandlers::view).toList();
    return new GetDeliveryResponse.Ok(new TracedDelivery(delivery, attempts));
  }

  ReplayDeliveryResponse replay(ReplayDeliveryRequest request) {
    UUID id = found(request.deliveryId()).id();
    if (!deliveries.replay(id)) {
      throw Refusal.conflict("Delivery " + id + " is being sent already.");
    }
    return new ReplayDeliveryResponse.Accepted(found(id));
  }

  ReplayDeadDeliveriesResponse replayDead(ReplayDeadDeliveriesRequest request) {
    int replayed = deliveries.replayDead(DeliveryFilter.all());
    return new ReplayDeadDeliveriesResponse.Accepted(
        new ReplayDeadDeliveriesResponseBody(replayed));
  }

  private Delivery found(UUID id) {
    return deliveries
        .find(id)
        .map(DeliveryHandlers::view)
        .orElseThrow(() -> Refusal.notFound("delivery", id));
  }

  /** A path or a query may be what only the receiver knows. */
  private static Delivery view(io.brrtrouter.outbound.Delivery delivery) {
    URI url = delivery.url();
    return new Delivery(
        delivery.id(),
        delivery.operation(),
        url.getScheme() + "://" + url.getRawAuthority(),
        DeliveryState.valueOf(delivery.state().name()),
        delivery.attempts(),
        time(delivery.created()),
        time(delivery.due()),
        time(delivery.finished()),
        number(delivery.status()),
        delivery.error().orElse(null));
  }

  private static DeliveryAttempt view(Attempt attempt) {
    return new DeliveryAttempt(
        attempt.number(),
        time(attempt.began()),
        attempt.duration().toMillis(),
        number(attempt.status()),
        attempt.error().orElse(null),
        attempt.answer().orElse(null));
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> time) {
    return time.map(DeliveryHandlers::time).orElse(null);
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
