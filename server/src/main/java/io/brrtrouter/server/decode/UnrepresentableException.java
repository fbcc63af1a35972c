package io.brrtrouter.server.decode;

/** A valid parameter has no value in the Java type of generated code: the client's fault. */
public final class UnrepresentableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  UnrepresentableException(String parameter) {
    super("parameter \"" + parameter + "\" does not fit its Java type", null, false, false);
    this.parameter = parameter;
  }

  /** {@return the parameter's name} */
  public String parameter() {
    return parameter;
  }
}
