package io.brrtrouter.processor;

/** Something marked cannot be registered; the message says why and what would be right. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  Unfit(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
