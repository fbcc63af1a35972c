package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who could call an operation, who can now, and what is told of it. */
class SecurityComparisonTest {
  private static final String SCHEMES =
      """
      components:
        securitySchemes:
          key: { type: apiKey, in: header, name: X-Key }
          other: { type: apiKey, in: header, name: X-Other }
          login:
            type: oauth2
            flows: { clientCredentials: { tokenUrl: "https://id.example.org/token", scopes: { x: x, y: y, z: z } } }
      """;

  @TempDir Path directory;

  private Map<String, List<Change>> changes(List<String> befores, List<String> afters) {
    Map<String, List<Change>> changes = new HashMap<>();
    DocumentDiff.between(
            Edits.load(directory, "before.yaml", document(befores)),
            Edits.load(directory, "after.yaml", document(afters)),
            Edits.TODAY)
        .changes()
        .forEach(change ->
            change
                .subjects()
                .forEach(
                    each -> changes.computeIfAbsent(each, any -> new ArrayList<>()).add(change)));
    return changes;
  }

  private static String document(List<String> requirements) {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.1\ninfo: { title: Calls, version: 1.0.0 }\n")
            .append(SCHEMES)
            .append("paths:\n");
    for (int i = 0; i < requirements.size(); i++) {
      text.append(
          "  /p%d: { get: { security: %s, responses: { '204': { description: done } } } }\n"
              .formatted(i, requirements.get(i)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      textBlock =
          """
          [{login: [x]}]              | [{login: [x]}]                          | nothing
          [{key: []}, {login: [x]}]   | [{login: [x]}, {key: []}]               | nothing
          [{login: [x, y]}]           | [{login: [y, x]}, {login: [x, y]}]      | nothing
          [{key: []}]                 | [{key: []}, {other: []}]                | compatible other counts too
          [{key: []}, {other: []}]    | [{key: []}]                             | breaking other no longer counts; now it takes key
          [{key: []}]                 | [{other: []}]                           | breaking key no longer counts; now it takes other, compatible other counts too
          [{login: [x, y]}]           | [{login: [x, y]}, {login: [x], key: []}] | compatible login (x) and key counts too
          [{login: [x, y]}, {login: [x], key: []}] | [{login: [x, y]}]          | breaking login (x) and key now needs "y" too
          [{login: [x, y]}]           | [{login: [x, y]}, {login: [z]}]         | compatible login (z) counts too
          [{login: [x, y]}, {login: [z]}] | [{login: [x, y]}]                   | breaking login (z) now needs "x", "y" too
          [{login: [x]}]              | [{login: [z]}]                          | breaking login (x) now needs "z" too, compatible login (z) counts too
          [{login: [x, y]}]           | [{login: [x]}]                          | compatible login (x) no longer needs "y"
          [{login: [x]}]              | [{login: [x, y]}]                       | breaking login (x) now needs "y" too
          [{login: [x]}]              | [{login: [x]}, {login: [x], key: []}]   | nothing
          [{login: [x]}, {login: [x], key: []}] | [{login: [x]}]                | nothing
          [{login: [x], key: []}]     | [{login: [x]}]                          | compatible login (x) is enough; before it took login (x) and key
          [{login: [x]}]              | [{login: [x], key: []}]                 | breaking login (x) is no longer enough; now it takes login (x) and key
          [{login: [x], key: []}]     | [{login: [x], other: []}]               | breaking login (x) and key no longer counts; now it takes login (x) and other, compatible login (x) and other counts too
          [{login: [x, y], key: []}]  | [{login: [x, y], key: []}, {key: []}]   | compatible key is enough; before it took login (x, y) and key
          [{key: []}]                 | [{key: []}, {}]                         | compatible anybody may call it; before it took key
          [{key: []}, {}]             | [{key: []}]                             | breaking anybody could call it; now it takes key
          """)
  void tells_who_is_let_in_and_who_is_not(String before, String after, String expected) {
    List<String> told =
        changes(List.of(before), List.of(after)).getOrDefault("GET /p0", List.of()).stream()
            .map(change -> change.impact().word() + " " + change.message())
            .toList();

    assertThat(String.join(", ", told)).isEqualTo(expected == null ? "" : expected);
  }

  /** Against all requests there are: each has some of two schemes, one with scopes. */
  @Test
  void breaks_and_widens_what_requests_say() {
    Random random = new Random(7);
    List<List<Map<String, Set<String>>>> befores = new ArrayList<>();
    List<List<Map<String, Set<String>>>> afters = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      befores.add(requirements(random));
      afters.add(requirements(random));
    }

    Map<String, List<Change>> changes =
        changes(
            befores.stream().map(SecurityComparisonTest::text).toList(),
            afters.stream().map(SecurityComparisonTest::text).toList());

    int breaking = 0;
    int widening = 0;
    for (int i = 0; i < befores.size(); i++) {
      Set<Map<String, Set<String>>> before = letIn(befores.get(i));
      Set<Map<String, Set<String>>> after = letIn(afters.get(i));
      boolean breaks = !after.containsAll(before);
      boolean widens = !before.containsAll(after);
      List<Change> told = changes.getOrDefault("GET /p" + i, List.of());
      String what = text(befores.get(i)) + " -> " + text(afters.get(i)) + " " + told;
      assertThat(told.stream().anyMatch(each -> each.impact() == Impact.BREAKING))
          .as(what)
          .isEqualTo(breaks);
      assertThat(told.stream().anyMatch(each -> each.impact() == Impact.COMPATIBLE))
          .as(what)
          .isEqualTo(widens);
      breaking += breaks ? 1 : 0;
      widening += widens ? 1 : 0;
    }
    assertThat(breaking).isBetween(200, 700);
    assertThat(widening).isBetween(200, 700);
  }

  private static List<Map<String, Set<String>>> requirements(Random random) {
    List<Map<String, Set<String>>> all = new ArrayList<>(possible());
    all.removeFirst(); // Open operations have rows above.
    Collections.shuffle(all, random);
    return all.subList(0, 1 + random.nextInt(3));
  }

  /** What a request may have, which is also what an alternative may ask for. */
  private static List<Map<String, Set<String>>> possible() {
    List<Map<String, Set<String>>> all = new ArrayList<>();
    for (boolean key : new boolean[] {false, true}) {
      for (List<String> scopes :
          List.of(
              List.of("none"), List.<String>of(), List.of("x"), List.of("y"), List.of("x", "y"))) {
        Map<String, Set<String>> one = new TreeMap<>();
        if (key) {
          one.put("key", Set.of());
        }
        if (!scopes.equals(List.of("none"))) {
          one.put("login", new HashSet<>(scopes));
        }
        all.add(one);
      }
    }
    return all;
  }

  private static Set<Map<String, Set<String>>> letIn(List<Map<String, Set<String>>> alternatives) {
    return possible().stream()
        .filter(request -> alternatives.stream().anyMatch(each -> satisfies(request, each)))
        .collect(Collectors.toSet());
  }

  private static boolean satisfies(
      Map<String, Set<String>> request, Map<String, Set<String>> alternative) {
    return alternative.entrySet().stream()
        .allMatch(each ->
            request.containsKey(each.getKey())
                && request.getOrDefault(each.getKey(), Set.of()).containsAll(each.getValue()));
  }

  private static String text(List<Map<String, Set<String>>> alternatives) {
    return alternatives.stream()
        .map(each ->
            new LinkedHashMap<>(each)
                .entrySet().stream()
                    .map(scheme ->
                        scheme.getKey() + ": [" + String.join(", ", scheme.getValue()) + "]")
                    .collect(Collectors.joining(", ", "{", "}")))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
