package io.brrtrouter.examples.petstore.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.brrtrouter.examples.petstore.generated.model.DogInput;
import io.brrtrouter.examples.petstore.generated.model.PetInput;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The shop when two customers want the same at once. */
class PetsAtOnceTest {
  private static final int CUSTOMERS = 8;

  private final Shop shop = new Shop(InstantSource.system());

  private static PetInput dog() {
    return DogInput.builder()
        .name("Rex")
        .breed("Beagle")
        .price(BigDecimal.TEN)
        .chip("276098106234567")
        .build();
  }

  /** {@return how many of several threads that do the same at the same moment are not refused} */
  private static long succeed(Callable<?> action) throws Exception {
    CyclicBarrier together = new CyclicBarrier(CUSTOMERS);
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      FutureTask<Boolean> task =
          new FutureTask<>(() -> {
            together.await();
            try {
              action.call();
              return true;
            } catch (Refusal refused) {
              return false;
            }
          });
      tasks.add(task);
      Thread.ofPlatform().start(task);
    }
    long done = 0;
    for (FutureTask<Boolean> task : tasks) {
      done += task.get() ? 1 : 0;
    }
    return done;
  }

  @RepeatedTest(20)
  void one_transponder_belongs_to_one_pet() throws Exception {
    assertThat(succeed(() -> shop.pets().add(dog()))).isEqualTo(1);
    assertThat(shop.pets().matching(_ -> true)).hasSize(1);
  }

  @RepeatedTest(20)
  void a_pet_is_removed_once_and_told_once() throws Exception {
    long id = shop.pets().add(dog()).id();

    assertThat(
            succeed(() -> {
              shop.pets().remove(id);
              return null;
            }))
        .isEqualTo(1);
    assertThat(shop.events().latest(100))
        .filteredOn(event -> event.type().equals("pet.removed"))
        .hasSize(1);
  }

  @Test
  void pictures_go_with_their_pet() {
    long id = shop.pets().add(dog()).id();
    Reference<byte[]> before = avatar(id);
    shop.pets().remove(id);

    assertThatThrownBy(() -> avatar(id)).hasMessage("There is no pet " + id + ".");
    assertThatThrownBy(() -> shop.photos().of(id)).hasMessage("There is no pet " + id + ".");
    awaitForgotten(before);
  }

  /** A picture that nobody but the shop keeps. */
  private Reference<byte[]> avatar(long id) {
    byte[] png = {1};
    shop.photos().setAvatar(id, png);
    return new WeakReference<>(png);
  }

  private static void awaitForgotten(Reference<?> kept) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (kept.get() != null) {
            System.gc();
          }
        },
        "the shop keeps it");
  }

  @RepeatedTest(20)
  void a_pet_is_reserved_for_one_applicant() throws Exception {
    shop.users().add(new User("ada", "Ada Lovelace", null, null));
    long id = shop.pets().add(dog()).id();

    assertThat(succeed(() -> shop.adoptions().apply(id, "ada", List.of(36), null))).isEqualTo(1);
  }

  @Test
  void applications_go_with_their_pet() {
    shop.users().add(new User("ada", "Ada Lovelace", null, null));
    long id = shop.pets().add(dog()).id();
    Reference<Adoption> kept =
        new WeakReference<>(shop.adoptions().apply(id, "ada", List.of(36), null));
    shop.pets().remove(id);

    awaitForgotten(kept);
    assertThatThrownBy(() -> shop.adoptions().of(id)).hasMessage("There is no pet " + id + ".");
  }
}
