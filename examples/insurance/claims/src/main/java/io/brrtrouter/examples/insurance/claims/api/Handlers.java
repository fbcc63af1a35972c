package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.server.runtime.BrrtServer;

/** Makes those who handle operations; each method says which it is for. */
public final class Handlers {
  private Handlers() {}

  /**
   * Registers a handler for each operation. One that is missing is named when the server starts.
   *
   * @param server the server to be
   * @param department the department of claims
   */
  public static void register(BrrtServer.Builder server, Department department) {
    ClaimHandlersRegistrar.register(server, new ClaimHandlers(department));
    EvidenceHandlersRegistrar.register(server, new EvidenceHandlers(department));
    NoticeHandlersRegistrar.register(server, new NoticeHandlers(department.notices()));
    SettlementHandlersRegistrar.register(server, new SettlementHandlers(department));
  }
}
