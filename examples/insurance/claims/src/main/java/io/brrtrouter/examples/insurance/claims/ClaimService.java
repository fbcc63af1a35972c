package io.brrtrouter.examples.insurance.claims;

import io.brrtrouter.examples.insurance.claims.api.Handlers;
import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Settles claims. */
public final class ClaimService implements BrrtApplication {
  private final Department department;

  /** Opens a department of its own. */
  public ClaimService() {
    this(Department.withPolicies(Clock.systemUTC()));
  }

  ClaimService(Department department) {
    this.department = department;
  }

  /**
   * Serves claims.
   *
   * @param args {@code --port}, {@code --host} and {@code --config}
   */
  public static void main(String[] args) {
    BrrtApplication.run(new ClaimService(), Path.of("openapi.yaml"), args);
  }

  @Override
  public void configure(BrrtServer.Builder server, Resources resources) {
    // Where the models are that both services share.
    server.allowDirectories(List.of(Path.of("../models")));
    Handlers.register(server, department);
  }
}
