package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A setting of an application, beside those of the server: where it is given and who wins is the
 * same for both. {@link BrrtApplication#settings} declares them, {@link Resources#setting} reads
 * them.
 *
 * <pre>{@code
 * DeclaredSetting.text("database.url", "jdbc:h2:./data/shop", "Where the goods are kept.")
 * }</pre>
 *
 * @param name the name in dotted form, in lower case: {@code database.url} is {@code url} in the
 *     section {@code database} of a file, and the variable {@code BRRTR_DATABASE_URL}
 * @param fallback the value unless configured
 * @param meaning what it does, in one or two sentences
 * @param takes what values there are, for the message when one is refused
 * @param rule tells whether a text is such a value
 * @param secret whether its value is never shown
 * @param inTests the value in tests, unless a test says another one
 */
public record DeclaredSetting(
    String name,
    String fallback,
    String meaning,
    String takes,
    Predicate<String> rule,
    boolean secret,
    String inTests) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  /**
   * Checks the name and the default.
   *
   * @throws IllegalArgumentException if the name is none, or the default or the value in tests is
   *     not what it takes
   */
  public DeclaredSetting {
    Objects.requireNonNull(meaning, "meaning");
    if (!NAME.matcher(name).matches()) {
      throw new WrongDeclaration(
          "\"" + name + "\" is no name of a setting", "write it like database.url");
    }
    if (!rule.test(fallback)) {
      throw new WrongDeclaration(
          "the default of " + name + " is not what it takes: " + takes, "give it another default");
    }
    if (!rule.test(inTests)) {
      throw new WrongDeclaration(
          "the value of " + name + " in tests is not what it takes: " + takes,
          "give it another one");
    }
  }

  /**
   * {@return a setting that takes any text}
   *
   * @param name the name in dotted form
   * @param fallback the value unless configured
   * @param meaning what it does
   */
  public static DeclaredSetting text(String name, String fallback, String meaning) {
    return new DeclaredSetting(name, fallback, meaning, "text", _ -> true, false, fallback);
  }

  /**
   * {@return a setting that takes an integer, which {@link Resources#integer} reads}
   *
   * @param name the name in dotted form
   * @param least the smallest
   * @param most the largest
   * @param fallback the value unless configured
   * @param meaning what it does
   */
  public static DeclaredSetting integer(
      String name, int least, int most, int fallback, String meaning) {
    ConfigType<Integer> type = ConfigType.integer(least, most);
    return text(name, String.valueOf(fallback), meaning)
        .taking(type.description(), text -> type.parse(text) != null);
  }

  /**
   * {@return this setting, taking less}
   *
   * @param values what values there are: {@code a URL that begins with jdbc:} for example
   * @param check tells whether a text is such a value
   */
  public DeclaredSetting taking(String values, Predicate<String> check) {
    return new DeclaredSetting(name, fallback, meaning, values, check, secret, inTests);
  }

  /** {@return this setting, its value never shown} */
  public DeclaredSetting asSecret() {
    return new DeclaredSetting(name, fallback, meaning, takes, rule, true, inTests);
  }

  /**
   * {@return this setting with another value in tests}: one by which a test reaches nothing that is
   * in use, a database in memory for example. {@link ServerConfig#declaringInTests} takes it.
   *
   * @param value the value unless a test says another one
   */
  public DeclaredSetting inTests(String value) {
    return new DeclaredSetting(name, fallback, meaning, takes, rule, secret, value);
  }

  /** {@return the same, with the value in tests for its default} */
  DeclaredSetting tested() {
    return new DeclaredSetting(name, inTests, meaning, takes, rule, secret, inTests);
  }

  /** {@return the environment variable, {@code BRRTR_DATABASE_URL} for example} */
  public String variable() {
    return key().variable();
  }

  /** {@return the same as a key of the configuration} */
  ConfigKey<String> key() {
    return new ConfigKey<>(name, ConfigType.scalar(takes, rule::test), fallback, meaning, secret);
  }
}
