package io.brrtrouter.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that starts a server. */
final class ServerOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Port.Converter.class,
      description = "The port to listen on, 8080 unless configured; 0 takes a free one.")
  private @Nullable Port port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on, 127.0.0.1 unless configured; 0.0.0.0 for all.")
  private @Nullable String host;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--dev-security",
      description =
          "Accept the credentials for development, which everybody knows, for security schemes that"
              + " nothing else verifies; on this machine only.")
  private boolean developmentSecurity;

  @Option(
      names = "--verbose",
      description =
          "Show every setting in force with its source; serve shows how the document was read, too.")
  private boolean verbose;

  /** {@return the port, if one was given} */
  Optional<String> port() {
    return Optional.ofNullable(port).map(given -> String.valueOf(given.number()));
  }

  /** {@return the address, if one was given} */
  Optional<String> host() {
    if (host != null && host.isEmpty()) {
      throw Failure.usage("--host needs a host name or an IP address");
    }
    return Optional.ofNullable(host);
  }

  /** {@return the configuration file, if one was given} */
  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** {@return whether credentials for development are accepted} */
  boolean developmentSecurity() {
    return developmentSecurity;
  }

  /** {@return whether to explain more} */
  boolean verbose() {
    return verbose;
  }
}
