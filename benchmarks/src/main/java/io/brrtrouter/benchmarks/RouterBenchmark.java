package io.brrtrouter.benchmarks;

import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a match costs among 10 to 10,000 routes.
 *
 * <p>Each operation matches one of 512 paths in random order, so that neither branches nor caches
 * learn a single one. {@code -prof gc} shows what is allocated: the match alone, nothing for a path
 * that does not match.
 *
 * <pre>{@code
 * java -cp ... org.openjdk.jmh.Main RouterBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RouterBenchmark {
  private static final int PATHS = 512;

  /** How many templates there are. */
  @Param({"10", "100", "1000", "10000"})
  public int routes;

  /** What kind of path is matched. */
  @Param({"LITERAL", "ONE_PARAMETER", "TWO_PARAMETERS", "MIXED_SEGMENT", "ESCAPED", "NONE"})
  public Kind kind = Kind.LITERAL;

  private Router<Integer> router = Router.<Integer>builder().build();
  private String[] paths = {};
  private int next;

  /** The kinds of paths; each of five templates of a resource has one, and two have none. */
  public enum Kind {
    /** {@code /api/v1/fomuba}. */
    LITERAL("", ""),
    /** {@code /api/v1/fomuba/{id}}. */
    ONE_PARAMETER("/{id}", "/4711"),
    /** {@code /api/v1/fomuba/{id}/items/{itemId}}. */
    TWO_PARAMETERS("/{id}/items/{itemId}", "/4711/items/17"),
    /** {@code /api/v1/fomuba/{id}/{name}.{format}}. */
    MIXED_SEGMENT("/{id}/{name}.{format}", "/4711/photo.jpeg"),
    /** The same as with one parameter, with an escape in literal text and value. */
    ESCAPED("/{id}/caf\u00e9", "/47%2F11/caf%C3%A9"),
    /** A path that no template matches, but for its last segment. */
    NONE("/{id}/items/{itemId}/notes", "/4711/items/17/note");

    private final String template;
    private final String path;

    Kind(String template, String path) {
      this.template = template;
      this.path = path;
    }
  }

  /** Builds the router and the paths. */
  @Setup
  public void build() {
    Random random = new Random(7);
    List<String> resources = new ArrayList<>();
    for (int i = 0; i < Math.max(1, routes / Kind.values().length); i++) {
      resources.add("/api/v1/" + word(i));
    }
    Collections.shuffle(resources, random);
    Router.Builder<Integer> builder = Router.builder();
    int value = 0;
    for (String resource : resources) {
      for (Kind each : Kind.values()) {
        builder.add(resource + each.template, value++);
      }
    }
    router = builder.build();
    paths = new String[PATHS];
    for (int i = 0; i < PATHS; i++) {
      paths[i] = resources.get(random.nextInt(resources.size())) + kind.path;
      if ((router.match(paths[i]) == null) != (kind == Kind.NONE)) {
        throw new IllegalStateException(paths[i]);
      }
    }
  }

  /** {@return a pronounceable word, another for each number} */
  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 1_000_000; rest > 0; rest /= 100) {
      word.append("bdfghklmnprstvwz".charAt(rest % 16)).append("aeiou".charAt(rest % 100 / 16 % 5));
      word.append((char) ('a' + rest % 25));
    }
    return word.toString();
  }

  /**
   * Matches a path.
   *
   * @return the match, as JMH wants it
   */
  @Benchmark
  public @Nullable Match<Integer> match() {
    next = (next + 1) & (PATHS - 1);
    return router.match(paths[next]);
  }
}
