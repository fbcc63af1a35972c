package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.database.Transaction;
import io.brrtrouter.examples.petstore.generated.model.AdoptionNews;
import io.brrtrouter.examples.petstore.generated.model.Event;
import io.brrtrouter.examples.petstore.generated.model.EventType;
import io.brrtrouter.examples.petstore.generated.model.OrderChanged;
import io.brrtrouter.examples.petstore.generated.model.OrderChangedStatus;
import io.brrtrouter.examples.petstore.generated.model.Species;
import io.brrtrouter.examples.petstore.generated.sender.OnEventRequest;
import io.brrtrouter.examples.petstore.generated.sender.OnOrderChangedRequest;
import io.brrtrouter.examples.petstore.generated.sender.OnPetAddedRequest;
import io.brrtrouter.examples.petstore.generated.sender.OnPetAdoptedRequest;
import io.brrtrouter.examples.petstore.generated.sender.PetStoreSenders;
import io.brrtrouter.examples.petstore.shop.Events;
import io.brrtrouter.examples.petstore.shop.Order;
import io.brrtrouter.examples.petstore.shop.Outbox;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.examples.petstore.shop.Subscriptions;
import io.brrtrouter.outbound.Attempt;
import io.brrtrouter.outbound.Deliveries;
import io.brrtrouter.outbound.Delivery;
import io.brrtrouter.outbound.DeliveryListener;
import io.brrtrouter.outbound.Receiver;
import io.brrtrouter.outbound.RefusedReceiverException;
import io.brrtrouter.outbound.SenderException;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells partners, subscribers and customers what has happened: writes it down in the transaction in
 * which it happens, in the shop's database, from where it is sent. Safe for use by many threads.
 */
public final class Webhooks implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.examples.petstore");

  private static final String PARTNERS = "webhooks.partners";
  private static final String SECRET = "outbound.secret";

  /** What comes before the number of a subscription in the name of its secret. */
  private static final String SUBSCRIPTION = "subscription-";

  /** The name of the secret that signs for receivers without one, where none is configured. */
  private static final String SHOP = "shop";

  private static final int SECRET_OCTETS = 32;

  private final Deliveries deliveries;
  private final PetStoreSenders senders;
  private final List<Receiver> partners;

  /** Whether a secret that receivers share is configured. */
  private final boolean shared;

  /** One object, so that a transaction that tells many things wakes once. */
  private final Runnable wake;

  private Webhooks(Deliveries deliveries, List<Receiver> partners, boolean shared) {
    this.deliveries = deliveries;
    this.senders = new PetStoreSenders(deliveries);
    this.shared = shared;
    this.partners = partners.stream().map(this::signed).toList();
    this.wake = deliveries::wake;
  }

  /** {@return the settings that say who is told, and how} */
  public static List<DeclaredSetting> settings() {
    List<DeclaredSetting> settings = new ArrayList<>(Deliveries.settings());
    settings.add(
        DeclaredSetting.text(
                PARTNERS,
                "",
                "Who is told by webhooks of pets that are new or adopted: URLs with commas between"
                    + " them.")
            .taking("absolute URLs with commas between them", list -> parsed(list).isPresent()));
    return settings;
  }

  private static Optional<List<Receiver>> parsed(String list) {
    List<Receiver> receivers = new ArrayList<>();
    for (String url : list.split(",", -1)) {
      if (!url.isBlank()) {
        try {
          receivers.add(Receiver.of(new URI(url.strip())));
        } catch (URISyntaxException noUrl) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(List.copyOf(receivers));
  }

  /**
   * Lets a shop tell what happens in it.
   *
   * @param resources has the settings, and keeps what sends
   * @param shop the shop
   * @param pool the shop's database
   * @return what it tells by
   * @throws StartupException if nothing may be sent to a partner
   */
  public static Webhooks open(Resources resources, Shop shop, DataSource pool) {
    Subscriptions subscriptions = shop.subscriptions();
    String unknown = unknownSecret();
    Deliveries deliveries =
        Deliveries.open(
            resources,
            builder ->
                builder
                    .database(pool)
                    .secrets(
                        name -> name.equals(SHOP) ? List.of(unknown) : secrets(subscriptions, name))
                    .listener(new Unsubscribing(subscriptions)));
    List<Receiver> partners = parsed(resources.setting(PARTNERS)).orElseThrow();
    try {
      partners.forEach(deliveries::check);
    } catch (RefusedReceiverException refused) {
      throw new StartupException(
          resources.describe(PARTNERS) + " cannot be used: " + refused.getMessage(), refused);
    }
    boolean shared =
        !resources.setting(SECRET).isEmpty() || !resources.setting(SECRET + "_file").isEmpty();
    if (!partners.isEmpty() && !shared) {
      LOG.warn("partners cannot verify what they are told: set {} or {}_file", SECRET, SECRET);
    }
    Webhooks webhooks = new Webhooks(deliveries, partners, shared);
    shop.tellBy(webhooks);
    return webhooks;
  }

  /** {@return a secret that nobody else knows: what it signs can be received, and not verified} */
  private static String unknownSecret() {
    byte[] octets = new byte[SECRET_OCTETS];
    new SecureRandom().nextBytes(octets);
    return "whsec_" + Base64.getEncoder().encodeToString(octets);
  }

  private Receiver signed(Receiver receiver) {
    return shared ? receiver : receiver.signedWith(SHOP);
  }

  /** None when somebody has unsubscribed meanwhile: then nothing is sent. */
  private static List<String> secrets(Subscriptions subscriptions, String name) {
    return subscriptions.secret(Long.parseLong(name.substring(SUBSCRIPTION.length()))).stream()
        .toList();
  }

  /** Who answers 410 wants to hear no more. */
  private record Unsubscribing(Subscriptions subscriptions) implements DeliveryListener {
    @Override
    public void gone(Delivery delivery, Attempt attempt) {
      subscriptions.end(delivery.url().toString());
    }
  }

  /** {@return what is sent, for those who look after it} */
  Deliveries deliveries() {
    return deliveries;
  }

  /**
   * {@return an address that somebody has given, to be kept}
   *
   * @param url the address
   * @throws RefusedReceiverException if nothing may be sent there
   */
  String checked(URI url) {
    deliveries.check(Receiver.of(url));
    return url.toString();
  }

  @Override
  public void happened(
      Transaction transaction, Events.Event event, Subscriptions.Subscription subscription) {
    Receiver receiver = Receiver.of(URI.create(subscription.url()));
    Receiver signed =
        subscription.signed()
            ? receiver.signedWith(SUBSCRIPTION + subscription.id())
            : signed(receiver);
    Event told =
        new Event(
            event.number(),
            EventType.of(event.type()).orElseThrow(),
            event.at().atOffset(ZoneOffset.UTC),
            event.subject());
    tell(transaction, connection -> senders.onEvent(connection, signed, new OnEventRequest(told)));
  }

  @Override
  public void added(Transaction transaction, Pet pet) {
    OnPetAddedRequest request = new OnPetAddedRequest(PetViews.of(pet));
    partners.forEach(partner ->
        tell(transaction, connection -> senders.onPetAdded(connection, partner, request)));
  }

  @Override
  public void adopted(
      Transaction transaction, io.brrtrouter.examples.petstore.shop.AdoptionNews.Item news) {
    OnPetAdoptedRequest request =
        new OnPetAdoptedRequest(
            new AdoptionNews(
                news.pet(),
                news.name(),
                Species.of(news.species()).orElseThrow(),
                news.at().atOffset(ZoneOffset.UTC)));
    partners.forEach(partner ->
        tell(transaction, connection -> senders.onPetAdopted(connection, partner, request)));
  }

  @Override
  public void changed(Transaction transaction, Order order) {
    Receiver receiver =
        signed(Receiver.of(URI.create(Objects.requireNonNull(order.basket().callbackUrl()))));
    String status = order.status().name().toLowerCase(Locale.ROOT);
    OnOrderChangedRequest request =
        new OnOrderChangedRequest(
            new OrderChanged(order.id(), OrderChangedStatus.of(status).orElseThrow()));
    tell(transaction, connection -> senders.onOrderChanged(connection, receiver, request));
  }

  /** Receivers were looked at before; settings may be stricter since, and customers buy anyway. */
  private void tell(Transaction transaction, Consumer<Connection> sending) {
    transaction.lend(connection -> {
      try {
        sending.accept(connection);
      } catch (RefusedReceiverException refused) {
        LOG.warn("somebody is not told any more: {}", refused.getMessage());
      } catch (SenderException failure) {
        if (failure.getCause() instanceof SQLException cause) {
          throw cause;
        }
        throw failure;
      }
    });
    transaction.afterwards(wake);
  }
}
