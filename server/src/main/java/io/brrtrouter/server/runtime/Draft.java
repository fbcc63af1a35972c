package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.DispatchOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt to make a generation of a document and a configuration: the same at start and
 * whenever files change.
 *
 * @param config the configuration
 * @param document the document
 * @param security who verifies credentials
 * @param statics the static files
 * @param options what the document does not say
 * @param claim what it shares with other generations; to be released when nothing comes of it
 * @param compilation what came of it
 * @param services which services answer, for people
 */
record Draft(
    ServerConfig config,
    LintedDocument document,
    SecuritySetup security,
    StaticSetup statics,
    DispatchOptions options,
    SharedParts.Claim claim,
    Compilation compilation,
    List<String> services) {

  /**
   * {@return what was compiled}
   *
   * @throws StartupException if it was refused
   */
  CompiledApi api() {
    return switch (compilation) {
      case Compilation.Compiled compiled -> compiled.api();
      case Compilation.Refused refused -> throw new StartupException(refused.findings());
    };
  }

  /** {@return what a start says of services, files and content codings} */
  List<String> posture() {
    List<String> lines = new ArrayList<>(services);
    lines.addAll(statics.posture());
    CompressionKeys.posture(config.values()).ifPresent(lines::add);
    return lines;
  }

  /** {@return what is odd about serving it, beside what lint says} */
  List<Finding> warnings(Fixtures fixtures) {
    return new Assembly(config, fixtures)
        .warnings(api(), document, options.cors(), compilation.findings());
  }
}
