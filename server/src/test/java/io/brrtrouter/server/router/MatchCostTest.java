package io.brrtrouter.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a match looks at, counted in the tree: the same among 20 templates and among 10,000. */
class MatchCostTest {
  private static final String[] SHAPES = {
    "/api/v1/%s",
    "/api/v1/%s/{id}",
    "/api/v1/%s/{id}/items/{item}",
    "/api/v1/%s/{id}/{a}.{b}",
    "/api/v1/%s/{id}/café"
  };

  /** Nodes and alternatives to choose from on the way to a template, by the shape of it. */
  private final Map<String, Integer> looks = new TreeMap<>();

  private int widest;

  @ParameterizedTest(name = "among {0}")
  @ValueSource(ints = {20, 100, 1_000, 10_000})
  void a_match_looks_at_the_same_number_of_nodes(int templates) {
    follow(router(templates).root(), 0);

    assertThat(looks)
        .isEqualTo(
            Map.of(
                "/api/v1/%s", 2,
                "/api/v1/%s/{id}", 3,
                "/api/v1/%s/{id}/items/{item}", 6,
                "/api/v1/%s/{id}/{a}.{b}", 6,
                "/api/v1/%s/{id}/café", 5));
    // Hashes are compared, and hardly ever more than one; the texts of that one node decide.
    assertThat(widest).isBetween(1, 8);
  }

  private static Router<String> router(int templates) {
    Router.Builder<String> builder = Router.builder();
    for (int i = 0; i < templates / SHAPES.length; i++) {
      for (String shape : SHAPES) {
        builder.add(shape.formatted("resource" + i), shape);
      }
    }
    return builder.build();
  }

  private void follow(Node<String> node, int before) {
    int here = before + 1;
    Route<String> route = node.route();
    if (route != null) {
      assertThat(looks.merge(route.value(), here, (one, two) -> one.equals(two) ? one : -1))
          .as("every %s costs the same", route.value())
          .isPositive();
    }
    SegmentTable<String> many = node.many();
    // Few are compared one by one, of many the table finds the one.
    int others = many == null ? Math.max(0, node.literals().size() - 1) : 0;
    widest = Math.max(widest, many == null ? 0 : many.widest());
    node.literals().forEach(next -> follow(next, here + others));
    Beginning<String> templated = node.templated();
    if (templated != null) {
      follow(templated, here + node.literals().size());
    }
  }

  private void follow(Beginning<String> beginning, int before) {
    beginning.longer().forEach(longer -> follow(longer, before));
    beginning.behind().forEach(next -> follow(next, before));
  }

  /** Each segment is literal or not: the path below begins like all templates and matches none. */
  @ParameterizedTest(name = "2 to the power of {0} templates")
  @ValueSource(ints = {4, 10})
  void a_path_that_matches_nothing_looks_at_no_node_twice(int segments) {
    List<String> templates = List.of("");
    for (int i = 0; i < segments; i++) {
      List<String> longer = new ArrayList<>();
      for (String template : templates) {
        longer.add(template + "/a");
        longer.add(template + "/{p" + i + "}");
      }
      templates = longer;
    }
    Router.Builder<String> builder = Router.builder();
    templates.forEach(template -> builder.add(template + "/end", template));
    Router<String> router = builder.build();

    assertThat(router.match("/a".repeat(segments) + "/end")).isNotNull();
    assertThat(router.match("/a".repeat(segments) + "/nope")).isNull();
    Set<Node<String>> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(router.root(), nodes);
    assertThat(nodes).as("a node for each beginning").hasSizeLessThan(4 << segments);
  }

  /** A match goes down as this does, where the path lets it. */
  private static void collect(Node<String> node, Set<Node<String>> nodes) {
    assertThat(nodes.add(node)).as("on one way only").isTrue();
    node.literals().forEach(next -> collect(next, nodes));
    Beginning<String> templated = node.templated();
    if (templated != null) {
      templated.behind().forEach(next -> collect(next, nodes));
    }
  }

  @Test
  void segments_of_one_hash_are_told_apart_by_halving() {
    List<String> segments = List.of("");
    while (segments.size() < 1 << 12) {
      List<String> longer = new ArrayList<>();
      // These two have the same hash, and so has whatever is made of them.
      segments.forEach(segment -> longer.addAll(List.of(segment + "Aa", segment + "BB")));
      segments = longer;
    }
    Router.Builder<String> builder = Router.builder();
    for (int i = 0; i < segments.size(); i += 2) {
      builder.add("/" + segments.get(i), segments.get(i));
    }
    Router<String> router = builder.build();

    SegmentTable<String> table = router.root().many();
    assertThat(table).isNotNull();
    assertThat(table.widest()).as("all in one place").isEqualTo(segments.size() / 2);
    for (int i = 0; i < segments.size(); i += 2) {
      Match<String> match = router.match("/" + segments.get(i));
      assertThat(match).isNotNull();
      assertThat(match.value()).isEqualTo(segments.get(i));
      assertThat(router.match("/" + segments.get(i + 1))).isNull();
    }
  }
}
