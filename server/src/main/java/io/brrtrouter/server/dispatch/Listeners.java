package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.List;

/**
 * Several listeners as one, none of which can disturb the others or the exchange.
 *
 * @param all the listeners
 */
record Listeners(List<ExchangeListener> all) implements ExchangeListener {

  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void completed(CompletedExchange exchange) {
    for (ExchangeListener listener : all) {
      try {
        listener.completed(exchange);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void began() {
    for (ExchangeListener listener : all) {
      try {
        listener.began();
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void ended() {
    for (ExchangeListener listener : all) {
      try {
        listener.ended();
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void received(long octets) {
    for (ExchangeListener listener : all) {
      try {
        listener.received(octets);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void violated(List<RequestViolation> violations) {
    for (ExchangeListener listener : all) {
      try {
        listener.violated(violations);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void opened() {
    for (ExchangeListener listener : all) {
      try {
        listener.opened();
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void closed() {
    for (ExchangeListener listener : all) {
      try {
        listener.closed();
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void message(boolean received) {
    for (ExchangeListener listener : all) {
      try {
        listener.message(received);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void judged(Judgement judgement) {
    for (ExchangeListener listener : all) {
      try {
        listener.judged(judgement);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void refused(ProblemType problem) {
    for (ExchangeListener listener : all) {
      try {
        listener.refused(problem);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void breached(ContractBreach breach) {
    for (ExchangeListener listener : all) {
      try {
        listener.breached(breach);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public void drifted(Operation operation) {
    for (ExchangeListener listener : all) {
      try {
        listener.drifted(operation);
      } catch (Throwable failure) {
        Failures.listener(failure);
      }
    }
  }

  @Override
  public Listeners bind(Operation operation, String template) {
    return new Listeners(all.stream().map(listener -> listener.bind(operation, template)).toList());
  }
}
