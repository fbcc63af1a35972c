package io.brrtrouter.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random templates and paths against {@link NaiveRouter}, which shares no code with the tree. */
class RouterPropertyTest {
  private static final int ROUNDS = 3_000;
  private static final int PATHS = 40;

  private static final String[] TEXTS = {
    "a", "b", "ab", "abc", "a.b", "-", ".", "é", "%C3%A9", "~", "%7e", "%2F", ":", "%3A", "..",
    "x-y"
  };
  private static final String[] SEPARATORS = {"-", ".", "a", "%2D", "é", ".b"};

  private final Random random = new Random(20_261_122);

  @Test
  void the_tree_agrees_with_the_naive_matcher() {
    int matches = 0;
    int ambiguous = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Map<PathTemplate, String> templates = new LinkedHashMap<>();
      int count = 1 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        String template = template();
        templates.putIfAbsent(PathTemplate.parse(template), template);
      }
      List<String> texts = List.copyOf(templates.values());
      Router.Builder<String> builder = Router.builder();
      texts.forEach(text -> builder.add(text, text));
      Router<String> router = builder.build();
      NaiveRouter naive = new NaiveRouter(texts);
      for (int i = 0; i < PATHS; i++) {
        String path = random.nextBoolean() ? path() : filled(texts);
        List<String> expected = naive.match(path);
        Match<String> match = router.match(path);
        assertThat(described(match)).as("%s among %s", path, texts).isEqualTo(expected);
        matches += expected.isEmpty() ? 0 : 1;
        ambiguous += naive.candidates(path) > 1 ? 1 : 0;
      }
    }
    // The data must be worth the test: many hits, many with a choice.
    assertThat(matches).isGreaterThan(ROUNDS * PATHS / 3);
    assertThat(ambiguous).isGreaterThan(ROUNDS * PATHS / 50);
  }

  private static List<String> described(@Nullable Match<String> match) {
    List<String> parts = new ArrayList<>();
    if (match != null) {
      parts.add(match.value());
      for (int i = 0; i < match.size(); i++) {
        parts.add(match.rawValue(i));
      }
    }
    return parts;
  }

  private String template() {
    StringBuilder text = new StringBuilder();
    int segments = 1 + random.nextInt(3);
    int parameters = 0;
    for (int i = 0; i < segments; i++) {
      text.append('/');
      if (random.nextInt(2) == 0) {
        text.append(random.nextInt(8) == 0 ? "" : pick(TEXTS));
        continue;
      }
      if (random.nextInt(3) == 0) {
        text.append(pick(TEXTS));
      }
      text.append("{p").append(parameters++).append('}');
      while (random.nextInt(3) == 0) {
        text.append(pick(SEPARATORS)).append("{p").append(parameters++).append('}');
      }
      if (random.nextInt(3) == 0) {
        text.append(pick(SEPARATORS));
      }
    }
    return text.toString();
  }

  private String path() {
    StringBuilder text = new StringBuilder();
    int segments = 1 + random.nextInt(3);
    for (int i = 0; i < segments; i++) {
      text.append('/');
      int pieces = random.nextInt(4);
      for (int p = 0; p < pieces; p++) {
        text.append(random.nextBoolean() ? pick(TEXTS) : pick(SEPARATORS));
      }
    }
    return text.toString();
  }

  /** {@return a path made from one of the templates} */
  private String filled(List<String> texts) {
    StringBuilder path = new StringBuilder();
    for (String part : texts.get(random.nextInt(texts.size())).split("[{}]")) {
      path.append(part.matches("p[0-9]") ? pick(TEXTS) + pick(SEPARATORS) : part);
    }
    return path.toString();
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
