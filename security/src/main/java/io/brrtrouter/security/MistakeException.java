package io.brrtrouter.security;

import java.util.List;

/** A builder was given what it cannot use. The message is for whoever calls it. */
final class MistakeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  MistakeException(List<Mistake> mistakes) {
    super(Mistake.forCode(mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  MistakeException(Mistake mistake) {
    this(List.of(mistake));
  }

  /** Throws if there are any. */
  static void throwUnlessEmpty(List<Mistake> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new MistakeException(mistakes);
    }
  }

  List<Mistake> mistakes() {
    return mistakes;
  }
}
