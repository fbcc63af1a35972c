package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What serving a document does before it listens, load, lint and compile with mocks, takes time in
 * proportion to the document. Measured in the CPU time of the one thread that does all of it here,
 * which the load of the machine changes by a factor of two or three. On two busy cores of 2026 a
 * document of 1.2 MB with 1,000 operations took 2.6 s at first, while nothing was compiled to
 * machine code, and 1.2 s when warm; the bounds are some times that, so that only a mistake of
 * another order exceeds them.
 */
class LoadSpeedTest {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final DispatchOptions MOCKED =
      DispatchOptions.builder()
          .fallback(Fallback.MOCK)
          .security(SecurityOptions.UNREQUIRED)
          .build();

  @TempDir Path directory;

  private static Duration time(Path document, int operations) {
    long start = CPU.getCurrentThreadCpuTime();
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());
    Loaded linted = loaded.withFindings(Linter.lint(loaded));
    Compilation compilation = ApiCompiler.compile(linted, MOCKED, Map.of(), Map.of());
    Duration duration = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - start);
    assertThat(loaded.findings()).isEmpty();
    assertThat(compilation)
        .isInstanceOfSatisfying(
            Compilation.Compiled.class,
            compiled -> assertThat(compiled.api().size()).isEqualTo(operations));
    return duration;
  }

  private static String document(int operations) {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.1\ninfo: {title: Large, version: '1'}\npaths:\n");
    for (int i = 0; i < operations; i++) {
      text.append(
          """
            /resources%d/{id}:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
              put:
                operationId: put%d
                tags: [resources]
                summary: Replaces resource %d
                parameters:
                  - name: expand
                    in: query
                    schema: {type: array, items: {type: string, enum: [a, b, c]}}
                  - $ref: "#/components/parameters/trace"
                requestBody:
                  required: true
                  content:
                    application/json:
                      schema: {$ref: "#/components/schemas/Resource%d"}
                responses:
                  "200":
                    description: ok
                    content:
                      application/json:
                        schema: {$ref: "#/components/schemas/Resource%d"}
                  4XX: {$ref: "#/components/responses/problem"}
          """
              .replace("%d", Integer.toString(i)));
    }
    text.append(
        """
        components:
          parameters:
            trace: {name: X-Trace, in: header, schema: {type: string}}
          responses:
            problem: {description: A problem, content: {application/problem+json: {}}}
          schemas:
        """);
    for (int i = 0; i < operations; i++) {
      text.append(
          """
              Resource%d:
                type: object
                required: [id, name]
                properties:
                  id: {type: string, format: uuid, readOnly: true}
                  name: {type: string, minLength: 1, maxLength: 100, pattern: "^[a-z]+$"}
                  count: {type: integer, minimum: 0, maximum: 1000}
                  tags: {type: array, items: {type: string}, maxItems: 10}
                  parent: {$ref: "#/components/schemas/Resource%d"}
          """
              .replace("%d", Integer.toString(i)));
    }
    return text.toString();
  }

  @Test
  void a_thousand_operations_are_ready_in_about_a_second() throws IOException {
    Path document = Files.writeString(directory.resolve("large.yaml"), document(1_000));
    Duration first = time(document, 1_000);
    Duration best = first;
    for (int i = 0; i < 8; i++) {
      Duration next = time(document, 1_000);
      best = next.compareTo(best) < 0 ? next : best;
    }
    assertThat(best).isLessThan(Duration.ofMillis(2_500));
    assertThat(first).isLessThan(Duration.ofSeconds(8));
  }
}
