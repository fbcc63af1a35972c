package io.brrtrouter.examples.insurance.policies.contracts;

/** Something we do not insure. The message is for the customer. */
public final class Uninsurable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Uninsurable(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** {@return why not} */
  public String reason() {
    return reason;
  }
}
