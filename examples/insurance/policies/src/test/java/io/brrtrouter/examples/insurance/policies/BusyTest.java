package io.brrtrouter.examples.insurance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.insurance.common.Jobs;
import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.generated.model.Renewal;
import io.brrtrouter.examples.insurance.policies.generated.model.RenewalStatus;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said when there is too much to do. */
@BrrtTest(BusyTest.Busy.class)
class BusyTest {

  /** One renewal is done as long as the server runs, and one may wait. */
  static final class Busy implements BrrtApplication {

    @Override
    public void configure(BrrtServer.Builder server, Resources resources) {
      CompletableFuture<Renewal> never = new CompletableFuture<>();
      Renewal slow = new Renewal(UUID.randomUUID(), RenewalStatus.Known.RUNNING, List.of());
      CompletableFuture<Boolean> running = new CompletableFuture<>();
      Jobs<Renewal> renewals = new Jobs<>("test", 1, 10);
      renewals.start(
          slow.id(),
          slow,
          () -> {
            running.complete(true);
            return never.join();
          },
          _ -> slow);
      running.join();
      new PolicyService(Insurer.withCustomers(Clock.systemUTC(), renewals))
          .configure(server, resources);
    }
  }

  @Test
  void a_renewal_that_nobody_will_get_to_is_refused(BrrtClient client) {
    assertThat(start(client).expect(202).json().path("status").asString()).isEqualTo("running");

    TestResponse refused = start(client).expect(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.problem().detail()).isEqualTo("Other renewals have to be done first.");
  }

  private static TestResponse start(BrrtClient client) {
    return client.post("/renewals").json("{\"ends_until\": \"2020-01-01\"}").send();
  }
}
