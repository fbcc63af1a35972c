package io.brrtrouter.examples.petstore.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.brrtrouter.examples.petstore.TestDatabase;
import io.brrtrouter.examples.petstore.database.Connections;
import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.generated.model.DogInput;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.generated.model.PetPatch;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.server.runtime.Resources;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop when many want the same at once: nobody loses anything. */
@Timeout(120)
abstract class ShopAtOnce {
  private static final int CUSTOMERS = 50;
  private static final List<PetFilter> EVERYTHING =
      List.of(new PetFilter(null, List.of(), List.of(), null));

  private final TestDatabase database;
  private final Resources resources;
  private Shop shop;

  ShopAtOnce(TestDatabase database) {
    this.database = database;
    this.resources = database.resources();
  }

  @BeforeEach
  void open() {
    HikariDataSource pool = Connections.pool(resources);
    Database tables = new Database(pool);
    tables.migrate(() -> {});
    shop = new Shop(tables, InstantSource.system());
    shop.users().add(new User("ada", "Ada Lovelace", null, null));
  }

  @AfterEach
  void close() throws SQLException {
    resources.close();
    database.close();
  }

  private static DogInput dog() {
    return DogInput.builder().name("Rex").breed("Beagle").price(new BigDecimal("300")).build();
  }

  private UUID item(int stock) {
    UUID id = UUID.randomUUID();
    shop.items().put(id, new Item(id, "Ball", new BigDecimal("4.90"), stock, null, null, null));
    return id;
  }

  private static Order.Basket basket(Order.Line... lines) {
    return new Order.Basket("ada", List.of(lines), false, null, null, null);
  }

  /** {@return what those get who are not refused, of many that do something at the same moment} */
  private static <T> Collection<T> atOnce(IntFunction<T> action) throws Exception {
    CyclicBarrier together = new CyclicBarrier(CUSTOMERS);
    Collection<T> results = new ConcurrentLinkedQueue<>();
    List<FutureTask<?>> tasks = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      int customer = i;
      FutureTask<?> task =
          new FutureTask<>(() -> {
            together.await();
            try {
              results.add(action.apply(customer));
            } catch (Refusal refused) {
              assertThat(refused.getMessage()).isNotBlank();
            }
            return true;
          });
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    for (FutureTask<?> task : tasks) {
      task.get();
    }
    return results;
  }

  @Test
  void a_stock_is_sold_to_the_last_and_not_further() throws Exception {
    UUID ball = item(100);
    Collection<Order> orders =
        atOnce(_ -> shop.orders().place(basket(new Order.Line.OfItem(ball, 3))));
    assertThat(orders).hasSize(33);
    assertThat(shop.items().get(ball).stock()).isEqualTo(1);
    assertThat(shop.orders().count(Period.ofDays(null, null))).isEqualTo(33);

    orders.forEach(order -> shop.orders().cancel(order.id()));
    assertThat(shop.items().get(ball).stock()).isEqualTo(100);
  }

  @Test
  void an_order_that_lacks_one_thing_takes_nothing() throws Exception {
    UUID plenty = item(1000);
    UUID few = item(10);
    Collection<Order> orders =
        atOnce(customer -> {
          Order.Line some = new Order.Line.OfItem(plenty, 2);
          Order.Line one = new Order.Line.OfItem(few, 1);
          return shop.orders().place(customer % 2 == 0 ? basket(some, one) : basket(one, some));
        });
    assertThat(orders).hasSize(10);
    assertThat(shop.items().get(plenty).stock()).isEqualTo(980);
    assertThat(shop.items().get(few).stock()).isZero();
  }

  @Test
  void an_order_is_paid_or_called_off_once() throws Exception {
    UUID ball = item(5);
    UUID order = shop.orders().place(basket(new Order.Line.OfItem(ball, 5))).id();
    Collection<String> done =
        atOnce(customer -> {
          if (customer % 2 == 0) {
            shop.orders().cancel(order);
            return "cancelled";
          }
          shop.orders().pay(order, false);
          return "paid";
        });
    assertThat(done).hasSize(1);
    assertThat(shop.items().get(ball).stock()).isEqualTo(done.contains("paid") ? 0 : 5);
  }

  @Test
  void each_change_of_a_pet_makes_a_version() throws Exception {
    long id = shop.pets().add(dog()).id();
    Collection<Integer> versions =
        atOnce(customer ->
            shop.pets().patch(id, PetPatch.builder().name("Rex " + customer).build()).version());
    assertThat(new HashSet<>(versions)).hasSize(CUSTOMERS);
    assertThat(shop.pets().get(id).version()).isEqualTo(CUSTOMERS + 1);
    assertThat(shop.events().latest(1000))
        .filteredOn(event -> event.type().equals("pet.changed"))
        .hasSize(CUSTOMERS);
  }

  @Test
  void of_those_who_change_one_version_one_succeeds() throws Exception {
    long id = shop.pets().add(dog()).id();
    assertThat(atOnce(_ -> shop.pets().replace(id, OptionalInt.of(1), dog()).version()))
        .containsExactly(2);
  }

  @Test
  void pets_have_numbers_of_their_own() throws Exception {
    Set<Long> numbers = new HashSet<>(atOnce(_ -> shop.pets().add(dog()).id()));
    assertThat(numbers).hasSize(CUSTOMERS);
    assertThat(shop.pets().page(EVERYTHING, 0, 1_000).pets())
        .extracting(Pet::id)
        .hasSameElementsAs(numbers);
  }

  @RepeatedTest(5)
  void one_transponder_belongs_to_one_pet() throws Exception {
    assertThat(atOnce(_ -> shop.pets().add(dog().toBuilder().chip("276098106234567").build())))
        .hasSize(1);
    assertThat(shop.pets().page(EVERYTHING, 0, 1_000).pets()).hasSize(1);
  }

  @RepeatedTest(5)
  void a_pet_is_removed_once_and_told_once() throws Exception {
    long id = shop.pets().add(dog()).id();
    assertThat(
            atOnce(_ -> {
              shop.pets().remove(id);
              return "removed";
            }))
        .hasSize(1);
    assertThat(shop.events().latest(100))
        .filteredOn(event -> event.type().equals("pet.removed"))
        .hasSize(1);
  }

  @Test
  void what_happened_long_ago_is_forgotten() {
    int many = Events.KEPT + 2 * Events.ADDED_BETWEEN;
    for (int i = 1; i <= many; i++) {
      shop.events().add("pet.changed", "/pets/" + i);
    }
    List<Events.Event> kept = shop.events().latest(many);
    assertThat(kept).hasSizeBetween(Events.KEPT, Events.KEPT + Events.ADDED_BETWEEN);
    assertThat(kept.getLast().subject()).isEqualTo("/pets/" + many);
  }

  @Test
  void posts_of_one_title_are_numbered_without_gap() {
    for (int i = 0; i < 20; i++) {
      shop.users().write("ada", "The same", "again");
    }
    shop.users().write("ada", "The same 33", "not again");
    assertThat(shop.users().posts("ada", 1, 20))
        .extracting(Post::id)
        .startsWith("the-same-20", "the-same-19")
        .endsWith("the-same-2", "the-same")
        .doesNotHaveDuplicates();
    assertThat(shop.users().countPosts("ada")).isEqualTo(21);
  }

  @RepeatedTest(5)
  void a_pet_is_reserved_for_one_applicant() throws Exception {
    long id = shop.pets().add(dog()).id();
    assertThat(atOnce(_ -> shop.adoptions().apply(id, "ada", List.of(36), null))).hasSize(1);
  }

  @Test
  void photos_are_counted_without_gap() throws Exception {
    long id = shop.pets().add(dog()).id();
    Photos.Added photo =
        new Photos.Added(
            new Photo(0, "image/png", 0, 0, null, null, null), Picture.of(new byte[] {1}));
    assertThat(atOnce(_ -> shop.photos().add(id, List.of(photo, photo)))).hasSize(CUSTOMERS);
    assertThat(shop.photos().of(id, 0, 1_000))
        .extracting(Photo::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 2 * CUSTOMERS).boxed().toList());
  }

  @Test
  void adoptions_are_told_in_the_order_of_their_numbers() throws Exception {
    List<Long> ids =
        IntStream.range(0, CUSTOMERS).mapToObj(_ -> shop.pets().add(dog()).id()).toList();
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<List<Long>> seen =
        new FutureTask<>(() -> {
          List<Long> numbers = new ArrayList<>();
          long last = 0;
          for (boolean more = true; more; ) {
            more = !done.get();
            for (AdoptionNews.Item item : shop.adoptionNews().since(last)) {
              last = item.number();
              numbers.add(last);
            }
          }
          return numbers;
        });
    Thread.ofPlatform().start(seen);
    atOnce(customer -> shop.adoptions().apply(ids.get(customer), "ada", List.of(30), null));
    done.set(true);

    // Whoever reads on from the last number misses none: no smaller one appears later.
    assertThat(seen.get())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, CUSTOMERS).boxed().toList());
  }

  @Test
  void photos_that_come_while_a_pet_goes_are_kept_or_refused() throws Exception {
    long id = shop.pets().add(dog()).id();
    Photos.Added photo =
        new Photos.Added(
            new Photo(0, "image/png", 0, 0, null, null, null), Picture.of(new byte[] {1}));
    atOnce(customer -> {
      if (customer == CUSTOMERS / 2) {
        shop.pets().remove(id);
        return List.of();
      }
      return shop.photos().add(id, List.of(photo));
    });
    assertThatThrownBy(() -> shop.photos().of(id, 0, 1_000))
        .hasMessage("There is no pet " + id + ".");
  }

  @Test
  void posts_of_one_title_have_names_of_their_own() throws Exception {
    Set<String> names =
        new HashSet<>(atOnce(_ -> shop.users().write("ada", "Hello", "World").id()));
    assertThat(names).hasSize(CUSTOMERS).contains("hello", "hello-" + CUSTOMERS);
  }

  @Test
  void a_name_is_taken_once() throws Exception {
    assertThat(atOnce(_ -> shop.users().add(new User("bob", "Bob", null, null)))).hasSize(1);
  }

  @Test
  void an_item_is_new_once() throws Exception {
    UUID id = UUID.randomUUID();
    Item ball = new Item(id, "Ball", BigDecimal.ONE, 1, null, null, null);
    assertThat(atOnce(_ -> shop.items().put(id, ball))).hasSize(CUSTOMERS).containsOnlyOnce(true);
  }

  @Test
  void an_address_subscribes_once() throws Exception {
    assertThat(atOnce(_ -> shop.subscriptions().subscribe("http://a/", List.of("pet.added"), null)))
        .hasSize(CUSTOMERS)
        .filteredOn(Subscriptions.Outcome::isNew)
        .hasSize(1);
  }

  @Test
  void searches_of_a_session_are_all_remembered() throws Exception {
    String session = shop.sessions().start("ada");
    Collection<String> words =
        atOnce(customer -> {
          String word = "word " + customer;
          if (customer < 10) {
            shop.sessions().remember(session, word);
          }
          return customer < 10 ? word : "";
        });
    assertThat(shop.sessions().get(session).searches())
        .hasSize(10)
        .allSatisfy(word -> assertThat(words).contains(word))
        .doesNotHaveDuplicates();
  }

  @Test
  void switches_are_set_by_whoever_comes_last() throws Exception {
    assertThat(
            atOnce(customer -> {
              shop.settings().put("holiday_mode", customer % 2 == 0);
              return customer;
            }))
        .hasSize(CUSTOMERS);
    assertThat(shop.settings()).containsOnlyKeys("holiday_mode");
  }

  @Test
  void a_user_who_leaves_owns_nothing() {
    shop.users().add(new User("bob", "Bob", null, null));
    long id = shop.pets().add(dog().toBuilder().owner(Field.of("bob")).build()).id();
    shop.users().remove("bob");
    assertThat(shop.pets().get(id).owner()).isEmpty();
    assertThat(shop.pets().get(id).version()).isEqualTo(2);
  }

  @Test
  void pictures_and_applications_go_with_their_pet() {
    long id = shop.pets().add(dog()).id();
    shop.photos().setAvatar(id, new byte[] {1});
    shop.adoptions().apply(id, "ada", List.of(36), null);
    shop.pets().remove(id);

    String gone = "There is no pet " + id + ".";
    assertThatThrownBy(() -> shop.photos().setAvatar(id, new byte[] {1})).hasMessage(gone);
    assertThatThrownBy(() -> shop.photos().of(id, 0, 1_000)).hasMessage(gone);
    assertThatThrownBy(() -> shop.adoptions().of(id)).hasMessage(gone);
  }
}
