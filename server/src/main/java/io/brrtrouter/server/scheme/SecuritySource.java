package io.brrtrouter.server.scheme;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes providers of what is configured in one section of {@code security}, which has a member for
 * each security scheme. The settings it declares are read, checked, shown and explained like those
 * of the server. A module that verifies credentials offers one, with a public constructor without
 * parameters, and is found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * public final class TicketSource implements SecuritySource {
 *   private static final SchemeKeys KEYS = new SchemeKeys("tickets");
 *   private static final ConfigKey<Optional<URI>> OFFICE =
 *       KEYS.url("office_url", "Where tickets are sold.");
 *
 *   public String section() {
 *     return KEYS.section();
 *   }
 *
 *   public List<ConfigKey<?>> keys() {
 *     return List.of(OFFICE);
 *   }
 *
 *   public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
 *     SchemeSetting<Optional<URI>> office = settings.at(OFFICE);
 *     if (office.value().isEmpty()) {
 *       throw new UnusableSettingsException(
 *           List.of(office.mistake("is missing", "set it to the address of the ticket office")));
 *     }
 *     return new TicketProvider(office.value().get());
 *   }
 * }
 * }</pre>
 */
public interface SecuritySource {

  /** {@return the name of the section below {@code security}, {@code jwks} for example} */
  String section();

  /**
   * {@return the settings of each scheme, in the order of the reference} Their names begin with
   * {@code security.}, the section and {@code .<scheme>.}, as {@link SchemeKeys} makes them.
   */
  List<ConfigKey<?>> keys();

  /**
   * Makes the provider of a scheme.
   *
   * @param settings what is configured for it
   * @return the provider; one that is {@link AutoCloseable} is closed when the server has stopped
   * @throws UnusableSettingsException if what is configured cannot be used, with all that is wrong
   */
  SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException;

  /**
   * {@return the scopes of each who can get in, where only what is configured says so; empty where
   * somebody else does, a token or a file that is read again for example} A start is refused where
   * an operation needs scopes that nobody has. Empty unless overridden.
   *
   * @param settings what is configured for a scheme, of which a provider was made
   */
  default Optional<List<Set<String>>> granted(SchemeSettings settings) {
    return Optional.empty();
  }

  /**
   * {@return what is unwise about settings that can be used} Unless overridden, each secret that
   * stands in the configuration file itself.
   *
   * @param settings what is configured for a scheme
   */
  default List<Finding> warnings(SchemeSettings settings) {
    return settings.plainSecrets(_ -> false, "");
  }
}
