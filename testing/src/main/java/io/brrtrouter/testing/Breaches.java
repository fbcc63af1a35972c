package io.brrtrouter.testing;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ContractBreach;
import io.brrtrouter.server.dispatch.ExchangeListener;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a server's response check found, by request id: the response itself does not tell clients.
 * Safe for use by many threads.
 */
final class Breaches implements ExchangeListener {
  /** A test looks at once; that many others may come in between. */
  private static final int MOST = 1_000;

  private final LinkedHashMap<String, List<String>> latest = new LinkedHashMap<>();

  @Override
  public void completed(CompletedExchange exchange) {}

  @Override
  public synchronized void breached(ContractBreach breach) {
    latest.putLast(breach.requestId(), breach.violations());
    if (latest.size() > MOST) {
      latest.pollFirstEntry();
    }
  }

  /**
   * {@return what is wrong with the response to a request, as far as the check has looked; told
   * once, because a test may send one request id again}
   */
  synchronized List<String> take(String requestId) {
    List<String> found = latest.remove(requestId);
    return found == null ? List.of() : found;
  }
}
