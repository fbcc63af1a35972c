package io.brrtrouter.examples.petstore.database;

/** A text that not every database can keep. The message is for whoever wrote it. */
public final class UnstorableText extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnstorableText(String message) {
    super(message);
  }

  /**
   * {@return the text, if it can be kept} PostgreSQL has no U+0000, and halves of surrogate pairs
   * are no characters in UTF-8. H2 would keep both; what a shop can say must not depend on that.
   */
  static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new UnstorableText("The shop cannot keep a text with the character U+0000.");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new UnstorableText("The shop cannot keep a text with half a surrogate pair.");
      }
    }
    return text;
  }
}
