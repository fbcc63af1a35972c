package io.brrtrouter.benchmarks;

import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * What a match costs among 10 to 10,000 routes, and what a look-up in a {@link HashMap} of as many
 * paths costs in the same run.
 *
 * <p>Each operation matches one of {@value #PATHS} paths in random order. Every path is a string of
 * its own, with parameters of random text and length, so that few routes give branch predictors and
 * caches no fewer paths to learn than many routes. Still, 10 routes have two resources to tell
 * apart and 10,000 have two thousand, and what is read for them fits the first cache or does not:
 * every way of finding one of many pays for that. {@link #hashMap} shows how much. It looks up
 * whole literal paths, as many different ones as there are routes, whose hash code is known
 * already, so its steps are the same for every number and its growth is that of caches and branches
 * alone. What the router grows by beyond it would be the router's.
 *
 * <p>{@code -prof gc} shows what is allocated: the match alone, nothing for a path that does not
 * match.
 *
 * <pre>{@code
 * ./benchmarks/run RouterBenchmark -prof gc
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RouterBenchmark {
  private static final int PATHS = 4096;

  /** The kinds of paths. Each but the last has one of the five templates of a resource. */
  public enum Kind {
    /** {@code /api/v1/fomuba}. */
    LITERAL(""),
    /** {@code /api/v1/fomuba/{id}}. */
    ONE_PARAMETER("/{id}"),
    /** {@code /api/v1/fomuba/{id}/items/{itemId}}. */
    TWO_PARAMETERS("/{id}/items/{itemId}"),
    /** {@code /api/v1/fomuba/{id}/{name}.{format}}. */
    MIXED_SEGMENT("/{id}/{name}.{format}"),
    /** Two parameters between literal text that the path has escaped. */
    ESCAPED("/{id}/caf\u00e9/{name}"),
    /** A path that matches a template of the resource but for its last segment. */
    NONE("/{id}/items/{itemId}/notes");

    private final String template;

    Kind(String template) {
      this.template = template;
    }

    private String path(String resource, Random random) {
      String path = resource + template.replace("caf\u00e9", "caf%C3%A9");
      for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{')) {
        path = path.substring(0, open) + text(random) + path.substring(path.indexOf('}') + 1);
      }
      return path;
    }
  }

  /** A router and paths for it. */
  @State(Scope.Thread)
  public static class Routing {
    /** How many templates there are. */
    @Param({"10", "100", "1000", "10000"})
    public int routes;

    /** What kind of path is matched. */
    @Param({"LITERAL", "ONE_PARAMETER", "TWO_PARAMETERS", "MIXED_SEGMENT", "ESCAPED", "NONE"})
    public Kind kind = Kind.LITERAL;

    private Router<Integer> router = Router.<Integer>builder().build();
    private final String[] paths = new String[PATHS];
    private int next;

    /** Builds the router and the paths. */
    @Setup
    public void build() {
      Random random = new Random(7);
      List<String> resources = resources(routes / (Kind.values().length - 1), random);
      Router.Builder<Integer> builder = Router.builder();
      int value = 0;
      for (String resource : resources) {
        for (Kind each : Kind.values()) {
          if (each != Kind.NONE) {
            builder.add(resource + each.template, value++);
          }
        }
      }
      router = builder.build();
      for (int i = 0; i < PATHS; i++) {
        paths[i] = kind.path(resources.get(random.nextInt(resources.size())), random);
        if ((router.match(paths[i]) == null) != (kind == Kind.NONE)) {
          throw new IllegalStateException(paths[i]);
        }
      }
    }
  }

  /** A map from paths and paths in it. */
  @State(Scope.Thread)
  public static class Yardstick {
    /** How many paths there are. */
    @Param({"10", "100", "1000", "10000"})
    public int routes;

    private final Map<String, Integer> map = new HashMap<>();
    private final String[] paths = new String[PATHS];
    private int next;

    /** Fills the map and takes paths from it. */
    @Setup
    public void build() {
      Random random = new Random(7);
      List<String> keys = resources(routes, random);
      for (String key : keys) {
        map.put(key, map.size());
      }
      for (int i = 0; i < PATHS; i++) {
        // Equal to the key but not the same, or nothing of the key would be read.
        paths[i] = String.valueOf(keys.get(random.nextInt(keys.size())).toCharArray());
        if (!map.containsKey(paths[i])) {
          throw new IllegalStateException(paths[i]);
        }
      }
    }
  }

  private static List<String> resources(int count, Random random) {
    List<String> resources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      resources.add("/api/v1/" + word(i));
    }
    Collections.shuffle(resources, random);
    return resources;
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

  /** {@return what a parameter takes: one to twelve letters and digits} */
  private static String text(Random random) {
    return Long.toString(random.nextLong(1L << (5 * (1 + random.nextInt(12)))), 32);
  }

  /**
   * Matches a path.
   *
   * @param routing the router and the paths
   * @return the match, as JMH wants it
   */
  @Benchmark
  public @Nullable Match<Integer> match(Routing routing) {
    routing.next = (routing.next + 1) & (PATHS - 1);
    return routing.router.match(routing.paths[routing.next]);
  }

  /**
   * Looks a literal path up.
   *
   * @param yardstick the map and the paths
   * @return what it found, as JMH wants it
   */
  @Benchmark
  public @Nullable Integer hashMap(Yardstick yardstick) {
    yardstick.next = (yardstick.next + 1) & (PATHS - 1);
    return yardstick.map.get(yardstick.paths[yardstick.next]);
  }
}
