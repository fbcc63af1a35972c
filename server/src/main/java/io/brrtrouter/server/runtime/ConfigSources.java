package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a configuration comes from, so that it can be read again. Immutable.
 *
 * @param file the file
 * @param environment environment variables
 * @param flags values from the command line
 * @param declared the settings of the application
 * @param contents what was read: absolute paths with the digests of their contents
 * @param changes what code has changed since, in order
 */
record ConfigSources(
    Optional<Path> file,
    Map<String, String> environment,
    Map<String, String> flags,
    List<DeclaredSetting> declared,
    Map<Path, String> contents,
    List<UnaryOperator<ServerConfig>> changes) {
  /** Nothing is read. */
  static final ConfigSources NONE =
      new ConfigSources(Optional.empty(), Map.of(), Map.of(), List.of(), Map.of(), List.of());

  /** Copies the collections. */
  ConfigSources {
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
    declared = List.copyOf(declared);
    contents = Map.copyOf(contents);
    changes = List.copyOf(changes);
  }

  /** {@return the same with one more change} */
  ConfigSources then(UnaryOperator<ServerConfig> change) {
    List<UnaryOperator<ServerConfig>> more = new ArrayList<>(changes);
    more.add(change);
    return new ConfigSources(file, environment, flags, declared, contents, more);
  }

  /** {@return the same, after something was read} */
  ConfigSources having(Map<Path, String> read) {
    return new ConfigSources(file, environment, flags, declared, read, changes);
  }

  /**
   * {@return the configuration as the sources have it now}
   *
   * @throws ConfigException as {@link ServerConfig#read}
   */
  ServerConfig read() {
    ServerConfig config =
        file.isEmpty() && environment.isEmpty() && flags.isEmpty() && declared.isEmpty()
            ? ServerConfig.defaults()
            : ServerConfig.read(file, environment, flags, declared);
    for (UnaryOperator<ServerConfig> change : changes) {
      config = change.apply(config);
    }
    return config;
  }
}
