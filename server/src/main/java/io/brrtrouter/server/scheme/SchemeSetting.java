package io.brrtrouter.server.scheme;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;

/**
 * One setting of a security scheme: its value, and where it is configured. Immutable.
 *
 * @param <T> the Java type of the value
 */
public final class SchemeSetting<T> {
  static final String RULE = "security-provider";

  private final ConfigValues values;
  private final ConfigKey<T> key;

  SchemeSetting(ConfigValues values, ConfigKey<T> key) {
    this.values = values;
    this.key = key;
  }

  /** {@return the whole name, {@code security.jwks.token.iss} for example} */
  public String name() {
    return key.name();
  }

  /** {@return the value in force} */
  public T value() {
    return values.get(key);
  }

  /**
   * {@return where it is configured: a place in the file, an environment variable, a flag; where it
   * is not, the place of the scheme's section}
   */
  public SourceLocation place() {
    return values.place(key);
  }

  /** {@return the environment variable that sets it} */
  public String variable() {
    return key.variable();
  }

  /**
   * {@return an error about this setting, at its place}
   *
   * @param what what is wrong, the rest of a sentence that begins with its name: {@code is missing}
   *     for example; without the value if that is a secret
   * @param fix one clause that says what would be right
   */
  public Finding mistake(String what, String fix) {
    return new Finding(RULE, Severity.ERROR, place(), name() + " " + what, fix);
  }

  /**
   * {@return a warning about this setting, at its place} See {@link SecuritySource#warnings}.
   *
   * @param what what is unwise, the rest of a sentence that begins with its name
   * @param fix one clause that says what would be better
   */
  public Finding warning(String what, String fix) {
    return new Finding(RULE, Severity.WARNING, place(), name() + " " + what, fix);
  }

  /**
   * {@return an error about this setting, which names or is a secret that cannot be used}
   *
   * @param unusable why not
   * @param fix one clause that says what would be right
   */
  public Finding mistake(UnusableSecretException unusable, String fix) {
    return mistake(
        unusable.reason().orElseGet(() -> "cannot be used: " + unusable.getMessage()), fix);
  }
}
