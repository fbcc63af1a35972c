package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.util.List;

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
   * Adds handlers and filters. May be called for a new object of a new class loader while the
   * server runs, so whatever is expensive to open and outlives a generation of code, a connection
   * pool for example, is kept in the resources and not in fields.
   *
   * @param builder the server to be, its document and configuration already set
   * @param resources the settings of the application, and what it keeps by name; open until the
   *     server has stopped
   * @throws StartupException if something the application needs is missing; its message is all that
   *     a person at the command line sees
   */
  void configure(BrrtServer.Builder builder, Resources resources);

  /**
   * {@return the application's own settings} They are read like those of the server: from the
   * environment ({@code BRRTR_DATABASE_URL} for {@code database.url}), else the configuration file,
   * else their defaults. {@code --help} lists them.
   */
  default List<DeclaredSetting> settings() {
    return List.of();
  }

  /**
   * Runs a project: reads its configuration, starts its server and returns while that serves.
   * SIGTERM drains and ends the process with exit code 0. When the server cannot start, says why in
   * plain words on standard error and ends the process with exit code 1, or 2 for arguments that
   * are none.
   *
   * <p>In a process of {@code brrt run --watch} it is called again with changed code: the server
   * goes on, and answers as the new object says, unless that could not have been started.
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
    Launch launch = new Launch(System.getenv(), System.out, System.err, Live.current());
    int code = launch.run(application, document, args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
