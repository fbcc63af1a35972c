package io.brrtrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "a",
        "a b",
        "a..b",
        "~a",
        "a~1",
        "ä.txt",
        "%2e%2e",
        "a;b",
        "a+b",
        "$a",
        "[id].js",
        "index-BfY3x9_k.js",
        ".well-known",
        "console",
        "com10"
      })
  void a_name_of_a_file_is_served_whatever_system_it_is_on(String name) {
    assertThat(SiteNames.isServed(name, false)).isTrue();
    assertThat(SiteNames.isServed(name, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        ".a",
        ".git",
        "..;",
        "a.",
        "a..",
        "a ",
        " ",
        "a/b",
        "/",
        "a\\b",
        "..\\",
        "a:b",
        "C:",
        "a::$DATA",
        "a\0",
        "a\nb",
        "a\u007f",
        "a\u0085",
        ".well-known2"
      })
  void what_a_system_means_something_else_by_is_not(String name) {
    assertThat(SiteNames.isServed(name, false)).isFalse();
    assertThat(SiteNames.isServed(name, true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"con", "NUL", "aux.txt", "Com1", "lpt9.tar.gz", "com\u00b2", "prn .x", "CONIN$"})
  void a_device_is_no_file_where_there_are_devices(String name) {
    assertThat(SiteNames.isServed(name, true)).isFalse();
    assertThat(SiteNames.isServed(name, false)).isTrue();
  }

  @Test
  void a_name_has_255_characters_at_most() {
    assertThat(SiteNames.isServed("a".repeat(255), false)).isTrue();
    assertThat(SiteNames.isServed("a".repeat(256), false)).isFalse();
  }
}
