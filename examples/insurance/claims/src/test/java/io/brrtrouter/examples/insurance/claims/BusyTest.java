package io.brrtrouter.examples.insurance.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.examples.insurance.claims.generated.model.Assessment;
import io.brrtrouter.examples.insurance.claims.generated.model.RunningAssessment;
import io.brrtrouter.examples.insurance.common.Jobs;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said when there is too much to do. */
@BrrtTest(BusyTest.Busy.class)
class BusyTest {

  /** One assessment is done as long as the server runs, and one may wait. */
  static final class Busy implements BrrtApplication {
    private static final UUID SLOW = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    @Override
    public void configure(BrrtServer.Builder server, Resources resources) {
      CompletableFuture<Assessment> never = new CompletableFuture<>();
      CompletableFuture<Boolean> running = new CompletableFuture<>();
      Jobs<Assessment> assessments = new Jobs<>("test", 1, 10);
      assessments.start(
          SLOW,
          new RunningAssessment("C-500001"),
          () -> {
            running.complete(true);
            return never.join();
          },
          _ -> new RunningAssessment("C-500001"));
      running.join();
      new ClaimService(Department.withPolicies(Clock.systemUTC(), assessments))
          .configure(server, resources);
    }
  }

  @Test
  void an_assessment_that_nobody_will_get_to_is_refused(BrrtClient client) {
    String claim = Given.claim(client, "P-100002", Given.WATER, "1");
    start(client, claim).expect(202);

    TestResponse refused = start(client, claim).expect(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.problem().detail()).isEqualTo("Other claims have to be assessed first.");
  }

  private static TestResponse start(BrrtClient client, String claim) {
    return client.post("/claims/" + claim + "/assessment").send();
  }
}
