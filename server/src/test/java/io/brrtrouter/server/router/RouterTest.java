package io.brrtrouter.server.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static Router<String> router(String... templates) {
    Router.Builder<String> builder = Router.builder();
    for (String template : templates) {
      builder.add(template, template);
    }
    return builder.build();
  }

  /** {@return the template that matched and its decoded parameters, or "none"} */
  private static String outcome(Router<String> router, String path) {
    Match<String> match = router.match(path);
    if (match == null) {
      return "none";
    }
    StringBuilder text = new StringBuilder(match.value());
    for (int i = 0; i < match.size(); i++) {
      text.append(' ').append(match.name(i)).append('=').append(match.rawValue(i));
    }
    return text.toString();
  }

  @Nested
  class One_template {
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
        delimiter = '|',
        nullValues = "none",
        value = {
          "/              | /                | /",
          "/              | //               | none",
          "/              | ''               | none",
          "/              | *                | none",
          "/pets          | /pets            | /pets",
          "/pets          | /pets/           | none",
          "/pets          | /Pets            | none",
          "/pets          | /pet             | none",
          "/pets          | /petss           | none",
          "/pets          | pets             | none",
          "/pets          | //pets           | none",
          "/pets/         | /pets/           | /pets/",
          "/pets/         | /pets            | none",
          "/a//b          | /a//b            | /a//b",
          "/a//b          | /a/b             | none",
          "/a/./b         | /a/./b           | /a/./b",
          "/a/./b         | /a/%2e/b         | /a/./b",
          "/b             | /a/../b          | none",
          "/pets/{id}     | /pets/7          | /pets/{id} id=7",
          "/pets/{id}     | /pets/           | none",
          "/pets/{id}     | /pets/7/         | none",
          "/pets/{id}     | /pets//7         | none",
          "/pets/{id}     | /pets/..         | /pets/{id} id=..",
          "/pets/{id}     | /pets/a%2Fb      | /pets/{id} id=a%2Fb",
          "/pets/{id}     | /pets/a%252Fb    | /pets/{id} id=a%252Fb",
          "/pets/{id}     | /pets/a+b        | /pets/{id} id=a+b",
          "/pets/{id}     | /pets/%41%c3%A9x | /pets/{id} id=%41%c3%A9x",
          "/pets/{id}     | /pets/x%20%F0%9F%98%80 | /pets/{id} id=x%20%F0%9F%98%80",
          "/pets/{id}     | /pets/%7        | none",
          "/pets/{id}/    | /pets/7/         | /pets/{id}/ id=7",
          "/{a}/{b}       | /x/y             | /{a}/{b} a=x b=y",
          "/{a}/{b}       | /x               | none",
          "/{a}/{b}       | /x/y/z           | none",
          "/x{a}          | /x               | none",
          "/x{a}          | /xy              | /x{a} a=y",
          "/{id}.json     | /7.json          | /{id}.json id=7",
          "/{id}.json     | /.json           | none",
          "/{id}.json     | /7.jso           | none",
          "/{id}.json     | /7.jsonx         | none",
          "/{id}.json     | /7.json.json     | /{id}.json id=7.json",
          "/{id}.json     | /7%2Ejson        | /{id}.json id=7",
          "/{id}.json     | /7.js%6Fn        | /{id}.json id=7",
          "/{id}é         | /7%C3%A9         | /{id}é id=7",
          "/{id}é         | /%C3%A9          | none",
          "/{id}%2F       | /7%2f            | /{id}%2F id=7",
          "/{id}:cancel   | /7:cancel        | /{id}:cancel id=7",
          "/{id}:cancel   | /7%3Acancel      | none",
          "/{a}-{b}       | /x-y             | /{a}-{b} a=x b=y",
          "/{a}-{b}       | /x-y-z           | /{a}-{b} a=x b=y-z",
          "/{a}-{b}       | /x--y            | /{a}-{b} a=x b=-y",
          "/{a}-{b}       | /-x-y            | /{a}-{b} a=-x b=y",
          "/{a}-{b}       | /-x              | none",
          "/{a}-{b}       | /x-              | none",
          "/{a}-{b}       | /x%2Dy           | /{a}-{b} a=x b=y",
          "/v{x}.{y}      | /v1.2            | /v{x}.{y} x=1 y=2",
          "/v{x}.{y}      | /v1.2.3          | /v{x}.{y} x=1 y=2.3",
          "/v{x}.{y}      | /v1              | none",
          "/v{x}.{y}      | /w1.2            | none",
          "/{a}.{b}.json  | /x.json          | none",
          "/{a}.{b}.json  | /x.y.json        | /{a}.{b}.json a=x b=y",
          "/{a}.{b}.json  | /x.y.json.json   | /{a}.{b}.json a=x b=y.json",
          "/{a},{b};{c}   | /1,2;3           | /{a},{b};{c} a=1 b=2 c=3",
          "/café          | /caf%C3%A9       | /café",
          "/café          | /caf%c3%a9       | /café",
          "/café          | /café            | /café",
          "/caf%C3%A9     | /caf%C3%A9       | /caf%C3%A9",
          "/café          | /cafe            | none",
          "/~x            | /%7Ex            | /~x",
          "/%7ex          | /~x              | /%7ex",
          "/a b           | /a%20b           | /a b",
          "/a%20b         | /a+b             | none",
          "/a%2Fb         | /a%2fb           | /a%2Fb",
          "/a%2Fb         | /a/b             | none",
          "/a/b           | /a%2Fb           | none",
          "/a:b           | /a%3Ab           | none",
          "/😀            | /%F0%9F%98%80    | /😀",
          "/😀            | /😀              | /😀",
          "/%00           | /%00             | /%00",
        })
    void matches_as_the_rules_say(String template, String path, @Nullable String expected) {
      assertThat(outcome(router(template), path)).isEqualTo(expected == null ? "none" : expected);
    }

    @Test
    void a_raw_bar_equals_its_escape() {
      assertThat(outcome(router("/a|b"), "/a%7Cb")).isEqualTo("/a|b");
      assertThat(outcome(router("/a%7Cb"), "/a|b")).isEqualTo("/a%7Cb");
    }

    @Test
    void gives_values_as_they_were_sent() {
      Match<String> match = router("/{a}/x/{b}").match("/%41/x/1%2F2");
      assertThat(match).isNotNull();
      assertThat(match.names()).containsExactly("a", "b");
      assertThat(match.rawValue(0)).isEqualTo("%41");
      assertThat(match.rawValue(1)).isEqualTo("1%2F2");
      assertThat(match.template()).hasToString("/{a}/x/{b}");
      assertThat(match).hasToString("/{a}/x/{b} matches /%41/x/1%2F2");
      assertThatThrownBy(() -> match.rawValue(2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> match.name(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Nested
  class Several_templates {
    private static final String[] TEMPLATES = {
      "/pets",
      "/pets/{petId}",
      "/pets/mine",
      "/pets/{id}/toys",
      "/pets/mine/food",
      "/pets/{id}/toys/{toyId}",
      "/{kind}/mine",
      "/{kind}/{id}/toys/new",
      "/files/{name}.{ext}",
      "/files/{name}.json",
      "/files/{name}.tar.json",
      "/files/{name}",
      "/files/read{me}",
      "/files/readme",
      "/files/r{x}.json",
      "/jobs/{id}:stop",
      "/jobs/{id}:start",
      "/jobs/{id}"
    };

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "/pets, /pets",
      "/pets/mine, /pets/mine",
      "/pets/min, /pets/{petId} petId=min",
      "/pets/mines, /pets/{petId} petId=mines",
      "/pets/mine/toys, /pets/{id}/toys id=mine",
      "/pets/mine/food, /pets/mine/food",
      "/pets/x/food, none",
      "/cats/mine, /{kind}/mine kind=cats",
      "/cats/x, none",
      "/pets/1/toys/2, /pets/{id}/toys/{toyId} id=1 toyId=2",
      "/pets/1/toys/new, /pets/{id}/toys/{toyId} id=1 toyId=new",
      "/cats/1/toys/new, /{kind}/{id}/toys/new kind=cats id=1",
      "/cats/1/toys/2, none",
      "/files/x, /files/{name} name=x",
      "/files/x.txt, /files/{name}.{ext} name=x ext=txt",
      "/files/x.json, /files/{name}.json name=x",
      "/files/x.tar.json, /files/{name}.tar.json name=x",
      "/files/readme, /files/readme",
      "/files/readme.json, /files/read{me} me=me.json",
      "/files/re.json, /files/r{x}.json x=e",
      "/files/r.json, /files/{name}.json name=r",
      "/files/read, /files/{name} name=read",
      "/jobs/7:stop, /jobs/{id}:stop id=7",
      "/jobs/7:start, /jobs/{id}:start id=7",
      "/jobs/7:pause, /jobs/{id} id=7:pause",
    })
    void concrete_beats_templated_at_each_segment_and_dead_ends_go_back(
        String path, String expected) {
      assertThat(outcome(router(TEMPLATES), path)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '~',
        nullValues = "none",
        value = {
          "/caf%C3%A9       ~ /café",
          "/caf%c3%a9/x     ~ /{a}/x a=caf%c3%a9",
          "/caf%C3%A9s      ~ none",
          "/caf             ~ none",
          "/a|b             ~ /a%7Cb",
          "/a%7cb           ~ /a%7Cb",
          "/a%2Fb           ~ /a%2fb",
          "/a/b             ~ none",
          "/%61%2fb         ~ /a%2fb",
          "/%F0%9F%98%80    ~ /😀",
          "/                ~ /",
          "//x              ~ none",
          "/v1-2/x          ~ /v1-2/x",
          "/v1-2/y          ~ /v{n}-{m}/y n=1 m=2",
          "/v1              ~ /v1",
          "/v1-x            ~ none",
        })
    void many_literal_segments_match_equivalent_text(String path, @Nullable String expected) {
      Router<String> router =
          router(
              "/café", "/a%7Cb", "/a%2fb", "/😀", "/", "/v1", "/v1-2/x", "/v{n}-{m}/y", "/{a}/x");
      assertThat(outcome(router, path)).isEqualTo(expected == null ? "none" : expected);
    }

    @Test
    void the_order_of_adding_does_not_matter() {
      List<String> paths =
          List.of("/pets/mine", "/files/readme.json", "/files/x.tar.json", "/files/r.json");
      Router<String> reference = router(TEMPLATES);
      Random random = new Random(42);
      for (int round = 0; round < 20; round++) {
        List<String> shuffled = new ArrayList<>(Arrays.asList(TEMPLATES));
        Collections.shuffle(shuffled, random);
        Router<String> router = router(shuffled.toArray(new String[0]));
        for (String path : paths) {
          assertThat(outcome(router, path)).isEqualTo(outcome(reference, path));
        }
      }
    }

    @Test
    void an_empty_router_matches_nothing() {
      assertThat(router().match("/")).isNull();
      assertThat(router().match("")).isNull();
    }
  }

  @Nested
  class Invalid_escapes {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "/a, -1",
      "/%41, -1",
      "/%, 1",
      "/%4, 1",
      "/a%4g, 2",
      "/%41%zz, 4",
      "/%C3%A9, -1",
      "/%C3, 1",
      "/%C3x, 1",
      "/%C3%41, 1",
      "/x%80, 2",
      "/%C0%80, 1",
      "/%E0%80%80, 1",
      "/%E2%82%AC, -1",
      "/%E2%82, 1",
      "/%ED%A0%80, 1",
      "/%ED%9F%BF, -1",
      "/%F0%8F%BF%BF, 1",
      "/%F0%90%80%80, -1",
      "/%F4%8F%BF%BF, -1",
      "/%F4%90%80%80, 1",
      "/%FF, 1",
    })
    void are_found_anywhere(String path, int index) {
      assertThat(Router.invalidEscape(path)).isEqualTo(index);
      Match<String> match = router("/{x}").match(path);
      assertThat(match == null).isEqualTo(index >= 0);
    }

    @Test
    void match_nothing_even_behind_what_matches() {
      assertThat(router("/a/{x}").match("/a/%zz")).isNull();
    }
  }

  @Nested
  class What_cannot_be_built {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "pets | a template begins with \"/\"",
          "/{id | the \"{\" at index 1 is not closed; add the \"}\"",
          "/{a/b} | the \"{\" at index 1 is not closed; add the \"}\"",
          "/{a{b}} | the \"{\" at index 1 is not closed; add the \"}\"",
          "/id} | the \"}\" at index 3 closes nothing; add the \"{\"",
          "/{} | the parameter at index 1 has no name; write \"{name}\"",
          "/{a}{b} | nothing separates {a} from {b}; put text between them",
          "/{a}/{a} | the parameter \"a\" occurs twice; give each its own name",
          "/a?b=c | the \"?\" at index 2 cannot be in a path; declare a query parameter instead",
          "/a#b | the \"#\" at index 2 cannot be in a path; declare a query parameter instead",
          "/a%zz | the \"%\" at index 2 does not begin percent-encoded UTF-8; a percent sign itself"
              + " is \"%25\"",
        })
    void a_text_that_is_no_template(String text, String problem) {
      String message = "path template \"" + text + "\": " + problem;
      assertThatThrownBy(() -> PathTemplate.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> router(text))
          .isInstanceOf(TemplateException.class)
          .hasMessage(message);
    }

    @Test
    void a_path_deeper_than_any_that_is_used() {
      String deepest = "/{a}" + "/b".repeat(PathTemplate.MOST_SEGMENTS - 1);
      assertThat(outcome(router(deepest), deepest.replace("{a}", "x"))).isEqualTo(deepest + " a=x");
      assertThatThrownBy(() -> PathTemplate.parse(deepest + "/b"))
          .hasMessage(
              "path template \"" + deepest + "/b\": it has 257 segments; at most 256 can be");
    }

    @Test
    void equal_templates_and_everything_else_at_once() {
      assertThatThrownBy(() ->
              router(
                  "/pets/{petId}",
                  "/pets/{id}",
                  "/x{",
                  "/a",
                  "/a",
                  "/café",
                  "/caf%c3%a9",
                  "/f/{n}.{e}",
                  "/f/{name}.{ext}",
                  "/f/{name}-{ext}"))
          .isInstanceOfSatisfying(
              TemplateException.class,
              e ->
                  assertThat(e.problems())
                      .containsExactly(
                          "path template \"/x{\": the \"{\" at index 2 is not closed; add the"
                              + " \"}\"",
                          "path templates \"/pets/{petId}\" and \"/pets/{id}\" match the same"
                              + " paths: they differ only in names of parameters; keep one",
                          "path template \"/a\" is there twice; keep one",
                          "path templates \"/café\" and \"/caf%c3%a9\" match the same paths: they"
                              + " differ only in percent-encoding; keep one",
                          "path templates \"/f/{n}.{e}\" and \"/f/{name}.{ext}\" match the same"
                              + " paths: they differ only in names of parameters; keep one"));
    }

    @Test
    void equal_templates_are_equal_values() {
      PathTemplate one = PathTemplate.parse("/a/{b}.{c}/%7E");
      PathTemplate two = PathTemplate.parse("/a/{x}.{y}/~");
      assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isNotEqualTo(PathTemplate.parse("/a"));
      assertThat(one.names()).containsExactly("b", "c");
      assertThat(PathTemplate.parse("/{a}.x")).isNotEqualTo(PathTemplate.parse("/{a}.y"));
    }
  }
}
