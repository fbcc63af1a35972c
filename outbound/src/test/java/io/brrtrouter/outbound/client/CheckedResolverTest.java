package io.brrtrouter.outbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.address.HostGroup;
import io.brrtrouter.outbound.address.PortRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class CheckedResolverTest {
  private static final AddressPolicy POLICY =
      new AddressPolicy(true, List.of(PortRange.parse("80").orElseThrow()), List.of(), List.of());

  private static List<InetAddress> address() throws UnknownHostException {
    return List.of(InetAddress.getByAddress(new byte[] {8, 8, 8, 8}));
  }

  @Test
  void names_of_somebody_that_hang_do_not_hold_up_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Resolver resolver =
        host -> {
          if (host.endsWith("evil.example")) {
            awaitWhateverInterrupts(release);
          }
          return address();
        };
    List<Thread> hanging = new ArrayList<>();
    try (CheckedResolver names = new CheckedResolver(POLICY, resolver, Duration.ofMinutes(1), 4)) {
      for (int i = 0; i < 8; i++) {
        String host = "hook" + i + ".EVIL.example";
        hanging.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    names.resolve(host.toLowerCase(Locale.ROOT));
                  } catch (UnknownHostException late) {
                    // What becomes of them is not asked.
                  }
                }));
      }
      for (Thread thread : hanging) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
      }

      assertThat(names.resolve("hooks.good.example")).containsExactly(address().getFirst());
      release.countDown();
      for (Thread thread : hanging) {
        thread.join();
      }
      assertThat(names.resolve("late.evil.example")).hasSize(1);
    }
  }

  @Test
  void a_lookup_that_nobody_waits_for_keeps_its_place_until_it_ends() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Resolver resolver =
        host -> {
          if (host.startsWith("slow")) {
            begun.countDown();
            awaitWhateverInterrupts(release);
          }
          return address();
        };
    try (CheckedResolver names = new CheckedResolver(POLICY, resolver, Duration.ofMillis(100), 4)) {
      while (begun.getCount() > 0) { // a thread that comes too late does not begin it
        assertThatThrownBy(() -> names.resolve("slow.evil.example"))
            .isInstanceOf(UnknownHostException.class)
            .hasMessage("slow.evil.example was not looked up within 100 ms");
      }
      assertThatThrownBy(() -> names.resolve("other.evil.example"))
          .as("while the first one hangs")
          .hasMessage("other.evil.example was not looked up within 100 ms");
      release.countDown();
    }
  }

  private static void awaitWhateverInterrupts(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException goOn) {
        // As the operating system does.
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.example.com, example.com",
    "example.COM., example.com",
    "example.com, example.com",
    "intranet, intranet"
  })
  void names_end_with_two_labels(String host, String ending) {
    assertThat(HostGroup.of(host)).isEqualTo(ending);
  }
}
