package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one request presents for each scheme of a {@link SecurityPlan}, and what the scheme's
 * provider says about it: read and asked when it is needed, and once. Used by one thread at a time.
 */
final class SchemeAnswers {
  private static final Verification INTERRUPTED =
      new Verification.Unavailable("the verification was interrupted");

  private final SecurityPlan plan;
  private final HttpRequest head;
  private final @Nullable Presented[] presented;
  private final @Nullable Verification[] said;
  private Asking asking = Asking.ON_LOOP;

  /** The scheme whose provider takes a thread; none if negative. */
  private int waiting = -1;

  /** The scheme whose provider failed; none if negative. */
  private int failed = -1;

  /** Who is asked. */
  enum Asking {
    /** Those that answer at once. */
    ON_LOOP,
    /** On a thread also those that resist guessing. */
    UNGUESSABLE,
    /** On a thread all. */
    ALL
  }

  SchemeAnswers(SecurityPlan plan, HttpRequest head) {
    this.plan = plan;
    this.head = head;
    this.presented = new Presented[plan.slots().size()];
    this.said = new Verification[plan.slots().size()];
  }

  SecurityPlan plan() {
    return plan;
  }

  /** {@return how many schemes there are} */
  int count() {
    return presented.length;
  }

  String name(int slot) {
    return plan.slots().get(slot).name();
  }

  /** From now on others are asked too. */
  void ask(Asking more) {
    asking = more;
  }

  /** {@return whether the provider that takes a thread may be asked about guesses} */
  boolean awaitsGuessable() {
    return plan.slots().get(waiting).guessable();
  }

  Presented presented(int slot) {
    Presented known = presented[slot];
    if (known == null) {
      known = plan.slots().get(slot).reader().read(head);
      presented[slot] = known;
    }
    return known;
  }

  /** {@return what was said so far, null where nobody was asked} */
  @Nullable Verification known(int slot) {
    return said[slot];
  }

  boolean isRefused(int slot) {
    return said[slot] instanceof Verification.Refused;
  }

  boolean hasFailed(int slot) {
    return failed == slot;
  }

  /** {@return what the provider says about a credential that is there} */
  Verification said(int slot) {
    Verification known = said[slot];
    if (known == null) {
      known = ask(slot, SecurityProvider::verifyOnLoop);
    }
    if (known instanceof Verification.NeedsThread) {
      if (isAskedOnThread(slot)) {
        known = askOnThread(slot);
      } else {
        waiting = slot;
      }
    }
    said[slot] = known;
    return known;
  }

  private boolean isAskedOnThread(int slot) {
    return switch (asking) {
      case ON_LOOP -> false;
      case UNGUESSABLE -> !plan.slots().get(slot).guessable();
      case ALL -> true;
    };
  }

  private Verification askOnThread(int slot) {
    Verification known = ask(slot, SecurityProvider::verify);
    if (known instanceof Verification.NeedsThread) {
      failed = slot;
      throw new ProviderException(name(slot), "it has a thread and asks for one");
    }
    return known;
  }

  /** A way to ask a provider. */
  private interface Question {
    @Nullable Verification ask(
        SecurityProvider provider, Credential credential, HttpRequest request) throws Exception;
  }

  private Verification ask(int slot, Question question) {
    Credential credential = ((Presented.Present) presented(slot)).credential();
    try {
      Verification answer = question.ask(plan.slots().get(slot).provider(), credential, head);
      if (answer != null) {
        return answer;
      }
    } catch (Exception failure) {
      // The client has left: that is what fails channels and locks, and no fault of the provider.
      if (isInterrupted(failure)) {
        return INTERRUPTED;
      }
      failed = slot;
      throw new ProviderException(name(slot), failure);
    } catch (Error failure) {
      failed = slot;
      throw new ProviderException(name(slot), failure);
    }
    failed = slot;
    throw new ProviderException(name(slot), "it answered null");
  }

  /**
   * {@return whether it is for an interruption that a provider has failed} That stays. Nobody
   * interrupts an event loop, which is no virtual thread: there a provider did it by itself.
   */
  private static boolean isInterrupted(Exception failure) {
    Thread current = Thread.currentThread();
    if (current.isVirtual() && failure instanceof InterruptedException) {
      current.interrupt();
    }
    return current.isVirtual() && current.isInterrupted();
  }
}
