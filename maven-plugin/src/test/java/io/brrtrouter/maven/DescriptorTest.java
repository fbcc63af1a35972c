package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the plugin says of itself to Maven, to Eclipse and to readers of its page. */
class DescriptorTest {
  private static final Path ROOT = FileRepository.ROOT;

  /** Java 17. */
  private static final int CLASS_FILE_VERSION = 61;

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (`brrtrouter\\.\\w+`)? ?\\| ([^|]*) \\| ([^|]+) \\|");

  private static PluginDescriptor plugin;
  private static MojoDescriptor generate;
  private static MojoDescriptor diff;

  private static String text;

  @BeforeAll
  static void read() throws Exception {
    try (InputStream in = GenerateMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    plugin = new PluginDescriptorBuilder().build(new StringReader(text));
    generate = plugin.getMojo("generate");
    diff = plugin.getMojo("diff");
  }

  @Test
  void runs_where_Maven_runs() {
    assertThat(plugin.getGoalPrefix()).isEqualTo("brrtrouter");
    assertThat(text)
        .contains("<requiredMavenVersion>3.8.1</requiredMavenVersion>")
        .contains("<requiredJavaVersion>17</requiredJavaVersion>");
    assertThat(generate.getPhase()).isEqualTo("generate-sources");
    assertThat(generate.isThreadSafe()).isTrue();
    assertThat(diff.getPhase()).isEqualTo("verify");
    assertThat(diff.isThreadSafe()).isTrue();
    assertThat(plugin.getMojos()).hasSize(2);
  }

  @Test
  void every_class_is_one_that_Java_17_loads() throws IOException {
    Path classes = ROOT.resolve("maven-plugin/target/classes");
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    assertThat(files).hasSizeGreaterThan(3);
    for (Path file : files) {
      try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
        assertThat(in.readInt()).as(file.toString()).isEqualTo(CLASS_FILE_VERSION);
      }
    }
    assertThat(classes.resolve("module-info.class")).doesNotExist();
  }

  @Test
  void eclipse_is_told_to_generate() throws IOException {
    assertThat(GenerateMojo.class.getResource("/META-INF/m2e/lifecycle-mapping-metadata.xml"))
        .isNotNull();
    assertThat(
            Files.readString(
                ROOT.resolve(
                    "maven-plugin/src/main/resources/META-INF/m2e/lifecycle-mapping-metadata.xml")))
        .contains("<goal>" + generate.getGoal() + "</goal>")
        .contains("<runOnIncremental>true</runOnIncremental>")
        .contains("<goal>" + diff.getGoal() + "</goal>");
  }

  @Test
  void the_page_has_every_parameter_and_no_other() throws IOException {
    pageHasParameters(generate, 11);
    pageHasParameters(diff, 9);
  }

  private static void pageHasParameters(MojoDescriptor goal, int count) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Parameter each : goal.getParameters()) {
      if (each.isEditable()) {
        expected.put(each.getName(), property(goal, each) + " " + defaultOf(goal, each));
      }
    }
    Map<String, String> written = new TreeMap<>();
    for (MatchResult row : rows(goal)) {
      String otherwise = row.group(3).replace("`", "");
      String property = row.group(2) == null ? "" : row.group(2).replace("`", "");
      written.put(row.group(1), property + " " + (otherwise.isEmpty() ? "null" : otherwise));
    }
    assertThat(written).isEqualTo(expected).hasSize(count);
  }

  private static String property(MojoDescriptor goal, Parameter parameter) {
    return Objects.requireNonNullElse(
            goal.getMojoConfiguration().getChild(parameter.getName()).getValue(), "")
        .replaceAll("^\\$\\{(.*)}$", "$1");
  }

  private static String defaultOf(MojoDescriptor goal, Parameter parameter) {
    return parameter.isRequired() && List.of("document", "old").contains(parameter.getName())
        ? "required"
        : goal.getMojoConfiguration().getChild(parameter.getName()).getAttribute("default-value");
  }

  @Test
  void page_and_help_name_every_choice() throws IOException {
    Map<String, List<?>> choices =
        Map.of(
            "parts", List.of(Part.values()),
            "unknownEnums", List.of(UnknownEnums.values()),
            "integers", List.of(Integers.values()));
    List<String> texts = new ArrayList<>();
    for (MatchResult row : rows(generate)) {
      if (choices.containsKey(row.group(1))) {
        for (Object choice : choices.get(row.group(1))) {
          assertThat(row.group(3) + row.group(4)).contains("`" + choice + "`");
          assertThat(generate.getParameterMap().get(row.group(1)).getDescription())
              .contains(choice.toString());
        }
        texts.add(row.group(1));
      }
    }
    assertThat(texts).containsExactlyInAnyOrderElementsOf(choices.keySet());
  }

  /** The compiler plugin that Maven 3.8 takes by itself ignores the release that the page sets. */
  @Test
  void the_page_names_the_compiler_plugin_that_this_build_has() throws IOException {
    Pattern compiler =
        Pattern.compile("<artifactId>maven-compiler-plugin</artifactId>\\s*<version>([^<]+)<");
    List<String> ours = versions(compiler, ROOT.resolve("pom.xml"));
    assertThat(ours).hasSize(1);
    assertThat(versions(compiler, ROOT.resolve("docs/maven-plugin.md")))
        .hasSize(2)
        .hasSameElementsAs(ours);
  }

  private static List<String> versions(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(each -> each.group(1)).toList();
  }

  /** {@return the rows of a goal's parameters: those of {@code diff} stand below its heading} */
  private static List<MatchResult> rows(MojoDescriptor goal) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/maven-plugin.md"));
    int start = page.indexOf("\n## What a change breaks\n");
    int end = page.indexOf("\n## ", start + 1);
    assertThat(start).isPositive().isLessThan(end);
    String ofDiff = page.substring(start, end);
    String text = goal.equals(diff) ? ofDiff : page.replace(ofDiff, "");
    return ROW.matcher(text).results().toList();
  }
}
