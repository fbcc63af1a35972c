package io.brrtrouter.server.cors;

/**
 * Why a policy is none.
 *
 * @param setting which of its settings is wrong, {@code origins} for example
 * @param message what is wrong with it, in words that follow its name
 * @param fix what would be right
 */
public record CorsMistake(String setting, String message, String fix) {

  /**
   * {@return what is wrong with one value of several}
   *
   * @param complaint two clauses with a semicolon between them: what is wrong and what would be
   *     right; or the first of them
   */
  static CorsMistake of(String setting, String value, String complaint) {
    int semicolon = complaint.indexOf("; ");
    String wrong = semicolon < 0 ? complaint : complaint.substring(0, semicolon);
    String fix = semicolon < 0 ? "correct it" : complaint.substring(semicolon + 2);
    return new CorsMistake(setting, "has \"" + value + "\", which " + wrong, fix);
  }

  @Override
  public String toString() {
    return setting + " " + message + "; " + fix;
  }
}
