package io.brrtrouter.server.tls;

import java.util.List;
import java.util.stream.Collectors;

/** What TLS needs cannot be had of its files. Carries every problem found. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<TlsProblem> problems;

  TlsException(List<TlsProblem> problems) {
    super(problems.stream().map(TlsProblem::message).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  TlsException(TlsProblem.Part part, String message, String fix) {
    this(List.of(new TlsProblem(part, message, fix)));
  }

  /** {@return the problems, one at least} */
  public List<TlsProblem> problems() {
    return problems;
  }
}
