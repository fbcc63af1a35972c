package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;

/** A setting of an application cannot be declared like that. */
final class WrongDeclaration extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  WrongDeclaration(String problem, String fix) {
    super(problem + "; " + fix);
    this.finding = Declarations.finding(problem, fix);
  }

  Finding finding() {
    return finding;
  }
}
