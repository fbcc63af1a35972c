package io.brrtrouter.server.runtime;

/**
 * A project's handlers and filters. Its {@code main} hands it to {@link #run}:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   System.exit(BrrtApplication.run(Shop::configure, Path.of("openapi.yaml")));
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
}
