package io.brrtrouter.examples.petstore.shop;

/** The shop cannot do what it was asked to. The message is for the customer. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** What was asked for does not exist. */
    NOT_FOUND,
    /** The state of the shop does not allow it. */
    CONFLICT,
    /** Someone else changed it first. */
    OUTDATED,
    /** What was sent makes no sense to the shop. */
    SENSELESS
  }

  /**
   * Refuses.
   *
   * @param reason why
   * @param message why, for the customer
   */
  public Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * {@return the refusal of what does not exist}
   *
   * @param what the kind of thing
   * @param id what it was called
   */
  public static Refusal notFound(String what, Object id) {
    return new Refusal(Reason.NOT_FOUND, "There is no " + what + " " + id + ".");
  }

  /**
   * {@return the refusal of what is not possible now}
   *
   * @param message why
   */
  public static Refusal conflict(String message) {
    return new Refusal(Reason.CONFLICT, message);
  }

  /** {@return why} */
  public Reason reason() {
    return reason;
  }
}
