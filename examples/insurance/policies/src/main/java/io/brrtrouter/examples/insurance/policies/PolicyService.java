package io.brrtrouter.examples.insurance.policies;

import io.brrtrouter.examples.insurance.policies.api.Handlers;
import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.generated.server.PoliciesServer;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Sells insurance. */
public final class PolicyService implements BrrtApplication {
  private final Insurer insurer;

  /** Opens an insurer of its own, with customers. */
  public PolicyService() {
    this(Insurer.withCustomers(Clock.systemUTC()));
  }

  PolicyService(Insurer insurer) {
    this.insurer = insurer;
  }

  /**
   * Serves quotes and policies.
   *
   * @param args {@code --port}, {@code --host} and {@code --config}
   */
  public static void main(String[] args) {
    BrrtApplication.run(new PolicyService(), Path.of("openapi.yaml"), args);
  }

  @Override
  public void configure(BrrtServer.Builder server, Resources resources) {
    // Where the models are that both services share.
    server.allowDirectories(List.of(Path.of("../models")));
    PoliciesServer.register(server, new Handlers(insurer));
  }
}
