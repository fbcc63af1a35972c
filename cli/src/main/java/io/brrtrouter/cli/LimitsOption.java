package io.brrtrouter.cli;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where commands that start no server find the limits of documents: where the server does, so that
 * a document is one for both or for none.
 */
final class LimitsOption {
  /** What the names of variables about documents begin with. */
  private static final String VARIABLES = "BRRTR_DOCUMENT_";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration file, of which the limits of documents count.")
  private @Nullable Path config;

  /** {@return the configuration file, if one is named} */
  Optional<Path> file(Console console) {
    return Inputs.configuration(Optional.ofNullable(config), console);
  }

  /** {@return how documents are loaded} */
  LoadOptions options(List<Path> directories, Console console) {
    Optional<Path> file = Inputs.configuration(Optional.ofNullable(config), console);
    if (file.isEmpty()
        && console.environment().keySet().stream().noneMatch(each -> each.startsWith(VARIABLES))) {
      // Who has not configured anything does not wait until all settings are known.
      return LoadOptions.defaults().withRoots(directories);
    }
    try {
      return ServerConfig.loadOptions(file, console.environment()).withRoots(directories);
    } catch (ConfigException broken) {
      console.err().print(FindingRenderer.text(broken.findings()));
      throw Failure.failed(Documents.UNUSABLE_CONFIGURATION);
    }
  }
}
