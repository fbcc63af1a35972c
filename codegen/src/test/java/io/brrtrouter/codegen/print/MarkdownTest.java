package io.brrtrouter.codegen.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Descriptions as Javadoc reads them. */
class MarkdownTest {

  @Test
  void lines_are_filled_and_nothing_at_their_beginning_is_misread() {
    assertThat(Markdown.lines("one two - three @four 5. six # seven", 8))
        .containsExactly("one two", "\\- three", "&#64;four", "5\\. six", "\\# seven");
  }

  @Test
  void html_becomes_paragraphs_and_lists() {
    assertThat(Markdown.lines("One<br/>two <b>three</b><ul><li>four</li><li>five</li></ul>", 80))
        .containsExactly("One", "", "two **three**", "", "- four", "- five");
  }

  @Test
  void what_would_be_a_tag_a_link_or_an_escape_is_text() {
    assertThat(Markdown.lines("a < b {@code c} [d] [e](f) \\u0041 `<p>`", 80))
        .containsExactly("a &lt; b {&#64;code c} \\[d] [e](f) \\\\u0041 &lt;p>");
  }

  @Test
  void code_stays_as_it_is() {
    assertThat(Markdown.lines("```json\n{ \"a\":   1 }\n```\n\n    indented\n      code", 80))
        .containsExactly(
            "```json", "{ \"a\":   1 }", "```", "", "```", "indented", "  code", "```");
  }
}
