package io.brrtrouter.server.runtime;

import java.nio.file.Path;

/**
 * A project's handlers and filters. Its {@code main} hands them to {@link #run}:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   BrrtApplication.run(Shop::configure, Path.of("openapi.yaml"), args);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface BrrtApplication {

  /**
   * Adds handlers and filters.
   *
   * @param builder the server to be, its document and configuration already set
   */
  void configure(BrrtServer.Builder builder);

  /**
   * Runs a project: reads its configuration, starts its server and returns while that serves.
   * SIGTERM drains and ends the process with exit code 0. When the server cannot start, says why in
   * plain words on standard error and ends the process with exit code 1, or 2 for arguments that
   * are none.
   *
   * <p>{@code --help} lists the arguments, {@code --verbose} shows every setting in force and where
   * it comes from.
   *
   * <p>Settings come from the arguments {@code --port}, {@code --host} and {@code --config}, else
   * from the environment ({@code BRRTR_PORT}, {@code BRRTR_HOST}, {@code PORT} and the other names
   * of the configuration reference), else from the file that {@code --config} or {@code
   * BRRTR_CONFIG} names, else from {@code config.yaml} beside the document.
   *
   * @param application the project
   * @param document its OpenAPI document
   * @param args the command line
   */
  static void run(BrrtApplication application, Path document, String... args) {
    Launch launch = new Launch(System.getenv(), System.out, System.err);
    int code = launch.run(application, document, args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
