package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever copies the blocks of a page has only the imports that the page shows: the tests that have
 * these blocks in them compile with these, in place of their own for what the blocks name.
 */
class PageImportsTest {
  private static final Pattern OURS =
      Pattern.compile(
          "^import (static )?io\\.brrtrouter\\.[\\w.]+\\.(\\w+);\\R", Pattern.MULTILINE);

  @TempDir private Path classes;

  @ParameterizedTest
  @CsvSource({
    "docs/handlers.md, HandlersGuideTest",
    "docs/streams.md, StreamsGuideTest",
    "docs/websocket.md, WebSocketGuideTest",
    "docs/webhooks.md, WebhooksGuideTest",
    "docs/static-files.md, StaticFilesGuideTest",
    "docs/handlers.md, SecurityGuideTest",
    "docs/cors.md, CorsPolicyGuideTest",
    "docs/security.md, TokenCheckGuideTest"
  })
  void are_all_that_the_blocks_need(String page, String test) throws IOException {
    String source =
        Files.readString(
            Pages.ROOT.resolve(
                "conformance/src/test/java/io/brrtrouter/conformance/guide/" + test + ".java"));
    String imports = String.join("\n", Pages.imports(page));
    String code =
        String.join("\n", Pages.blocks(page, "java").stream().filter(Pages::isCode).toList());
    String without =
        OURS.matcher(source).replaceAll(found -> has(code, found.group(2)) ? "" : found.group());
    int first = without.indexOf("import ");

    assertThat(
            mistakes(test, without.substring(0, first) + imports + "\n" + without.substring(first)))
        .isEmpty();
  }

  private static boolean has(String code, String name) {
    return Pattern.compile("\\b" + name + "\\b").matcher(code).find();
  }

  private String mistakes(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:none",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    StringWriter told = new StringWriter();
    boolean compiled =
        compiler.getTask(told, null, null, options, null, new ArrayList<>(List.of(file))).call();
    return compiled ? "" : told.toString();
  }
}
