package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link CompiledApi} in service, and how many requests it still answers. A request enters the
 * generation that serves when its head arrives, and leaves it when its response is complete; once
 * another serves and the last request has left, the generation has ended for good, and what only it
 * needed can be closed. Safe for use by many threads.
 */
public final class Generation {
  private final long number;
  private final CompiledApi api;
  private final Runnable ended;
  private final WrittenResponses written = new WrittenResponses();

  /** Requests that have entered, and one more while the gate lets requests in. */
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * Puts an API in service.
   *
   * @param number which one it is, the first is 1
   * @param api answers
   * @param ended called once, when no request will need it any more; possibly on an event loop, so
   *     it must not block
   */
  Generation(long number, CompiledApi api, Runnable ended) {
    this.number = number;
    this.api = api;
    this.ended = ended;
  }

  /** {@return which one it is, the first is 1} */
  public long number() {
    return number;
  }

  /** {@return what answers} */
  public CompiledApi api() {
    return api;
  }

  /** {@return its responses that are being written} */
  WrittenResponses written() {
    return written;
  }

  /** {@return whether a request has entered; not, once the generation has ended} */
  boolean enter() {
    int held = holders.get();
    while (held > 0) {
      int seen = holders.compareAndExchange(held, held + 1);
      if (seen == held) {
        return true;
      }
      held = seen;
    }
    return false;
  }

  /** Lets one request go, or the gate. */
  void leave() {
    if (holders.decrementAndGet() == 0) {
      written.finish();
      ended.run();
    }
  }
}
