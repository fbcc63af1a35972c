package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Judgement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what was said last about whether a request may; for one request at a time. */
final class LastJudgement implements ExchangeListener {
  private volatile @Nullable Judgement judgement;

  @Override
  public void judged(Judgement last) {
    judgement = last;
  }

  @Override
  public void completed(CompletedExchange exchange) {
    // Nothing is sent.
  }

  /** {@return what was said since this was asked last; empty where nobody had to say anything} */
  Optional<Judgement> take() {
    Judgement taken = judgement;
    judgement = null;
    return Optional.ofNullable(taken);
  }
}
