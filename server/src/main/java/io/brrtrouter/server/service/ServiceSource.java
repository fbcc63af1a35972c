package io.brrtrouter.server.service;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.config.ConfigKey;
import java.util.List;

/**
 * Makes services of what is configured in {@code services}, which has a member for each service
 * that a document names with {@code x-service}. The settings it declares are read, checked, shown
 * and explained like those of the server. A module that can ask other services offers one, with a
 * public constructor without parameters, and is found by {@link java.util.ServiceLoader}; there is
 * one at most.
 */
public interface ServiceSource {

  /**
   * {@return the settings of each service, in the order of the reference} Their names begin with
   * {@value ServiceSettings#PREFIX}.
   */
  List<ConfigKey<?>> keys();

  /**
   * Makes a service. Asks nobody: a service that is down when the server starts may come up.
   *
   * @param settings what is configured for it
   * @return the service, which is closed when no generation needs it any more
   * @throws UnusableServiceException if what is configured cannot be used, with all that is wrong
   */
  Service service(ServiceSettings settings) throws UnusableServiceException;

  /**
   * {@return what services are made of beside their settings, files that these name for example; a
   * service that is made of something equal is used again when configuration or document change}
   *
   * @param settings what is configured for a service
   */
  Object substance(ServiceSettings settings);

  /**
   * {@return what is unwise about settings that can be used} Unless overridden, each secret that
   * stands in the configuration file itself.
   *
   * @param settings what is configured for a service
   */
  default List<Finding> warnings(ServiceSettings settings) {
    return settings.plainSecrets();
  }
}
