package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.codegen.model.Sending;
import io.brrtrouter.codegen.model.Stubs;
import io.brrtrouter.codegen.print.Printer;
import io.brrtrouter.codegen.read.SampleReader;
import io.brrtrouter.codegen.read.SenderReader;
import io.brrtrouter.codegen.read.StubReader;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files a Maven project begins with: pom, settings, handlers that answer from the document's
 * examples, tests of them. All belong to the project's authors from then on; the generated sources
 * are not among them. The same text for the same document, options and version. Reads and writes no
 * files of the project.
 *
 * @param files the files, sorted by path in the project
 * @param untested the operations that no test asks
 * @param unverified the security schemes that operations take; nothing verifies them yet
 * @param unwritten names of the handlers of plain requests, which are to be written, in document
 *     order: those of {@linkplain Options#untyped operations left out} and of WebSockets
 */
public record Project(
    List<SourceFile> files,
    List<Untested> untested,
    Set<String> unverified,
    List<String> unwritten) {
  private static final String SOURCES = "src/main/java/";

  /** Where deliveries are kept, which outlive a container. */
  private static final String DATA = "RUN mkdir data && chown 1000 data\nVOLUME /app/data\n";

  private static final String TESTS = "src/test/java/";

  /** Copies the lists. */
  public Project {
    files = List.copyOf(files);
    untested = List.copyOf(untested);
    unwritten = List.copyOf(unwritten);
    unverified = Collections.unmodifiableSet(new LinkedHashSet<>(unverified));
  }

  /**
   * What a project is called and where its parts come from.
   *
   * @param groupId Maven's group
   * @param artifactId Maven's artifact, which names the jar too
   * @param document the path of the document in the project, with slashes
   * @param others paths of the files it refers to
   * @param untyped names of the handlers of operations that nothing is generated for
   * @param repository the URL of a Maven repository that has BRRTRouter; absent when Maven finds it
   *     by itself
   */
  public record Options(
      String groupId,
      String artifactId,
      String document,
      List<String> others,
      Set<String> untyped,
      Optional<String> repository) {

    /** Copies the collections. */
    public Options {
      others = List.copyOf(others);
      untyped = Set.copyOf(untyped);
    }

    /** {@return the directory of the document, empty or with a slash at its end} */
    private String directory() {
      return document.substring(0, document.lastIndexOf('/') + 1);
    }

    /** {@return directories beside the document's that it refers to, none below another} */
    private List<String> elsewhere() {
      List<String> directories = new ArrayList<>();
      others.stream()
          .filter(file -> !file.startsWith(directory()))
          .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
          .distinct()
          .sorted()
          .filter(each -> directories.stream().noneMatch(each::startsWith))
          .forEach(directories::add);
      return directories.stream()
          .map(each -> each.isEmpty() ? "." : each.substring(0, each.length() - 1))
          .toList();
    }
  }

  /**
   * {@return the files of a new project}
   *
   * @param document the document, read without errors
   * @param generation what was generated from it
   * @param options what it is called
   */
  public static Project of(Loaded document, Generation generation, Options options) {
    JavaModel model = Services.handled(document, generation.model());
    OpenApi api = document.api().orElseThrow();
    List<Sample> samples = SampleReader.read(document, model);
    Stubs stubs = StubReader.read(api, model, samples, options.untyped());
    Map<String, String> files =
        new TreeMap<>(Printer.project(model, stubs, options.document(), options.elsewhere()));
    ProjectSecurity security = ProjectSecurity.of(api, samples);
    Map<String, String> words = words(model, options, security);
    String services = Services.settings(api);
    words.put("services", services);
    boolean handsOn = !services.isEmpty() && model.senders().isEmpty();
    words.put("outbound", handsOn ? resource("outbound.xml") : "");
    Map.of(
            "pom.xml", "pom.xml",
            "config.yaml", options.directory() + "config.yaml",
            "Dockerfile", "Dockerfile",
            "gitignore", ".gitignore",
            "README.md", "README.md")
        .forEach((template, path) -> files.put(path, filled(template, words)));
    List<SourceFile> sorted = new ArrayList<>();
    files.forEach((path, text) -> sorted.add(new SourceFile(path, text)));
    List<Untested> untested =
        Printer.untested(model, stubs).stream().map(each -> Untested.of(each, api)).toList();
    return new Project(
        sorted,
        untested,
        security.schemes().keySet(),
        stubs.plain().stream().map(Stubs.Plain::handlerName).toList());
  }

  /**
   * {@return the parts that a new project generates: those of a service, and senders where the
   * document has webhooks or callbacks}
   *
   * @param document the document, read without errors
   */
  public static Set<Part> parts(Loaded document) {
    return SenderReader.operations(document.api().orElseThrow()).isEmpty()
        ? Part.SERVICE
        : Part.SENDING_SERVICE;
  }

  /**
   * {@return the generated class that registers handlers with a server}
   *
   * @param generation what was generated
   */
  public static ClassName server(Generation generation) {
    return Printer.serverName(generation.model());
  }

  private static Map<String, String> words(
      JavaModel model, Options options, ProjectSecurity security) {
    Map<String, String> words = new TreeMap<>();
    String directory = model.packageName().replace('.', '/');
    words.put("group", options.groupId());
    words.put("artifact", options.artifactId());
    String title = model.api().title().replaceAll("\\s+", " ").strip();
    words.put("title", title);
    words.put("title.xml", xml(title));
    words.put("package", model.packageName());
    words.put("document", options.document());
    words.put("document.xml", xml(options.document()));
    words.put("config", options.directory() + "config.yaml");
    boolean sends = model.senders().isPresent();
    words.put("choices", choices(options, sends));
    words.put("data", sends ? DATA : "");
    words.put("senders", sends ? resource("senders.xml") : "");
    words.put("sending", model.senders().map(each -> sending(each, options)).orElse(""));
    words.put("sources", SOURCES + directory);
    words.put("tests", TESTS + directory);
    words.put("files", copies(options));
    words.put("switch", security.option());
    words.put("security", security.readme(options.directory() + "config.yaml"));
    words.put("providers", security.settings());
    words.put("verifiers", security.needsModule() ? resource("security.xml") : "");
    words.put("container", security.container());
    words.put("repository", options.repository().map(Project::property).orElse(""));
    words.put("repositories", options.repository().isPresent() ? resource("repositories.xml") : "");
    words.put("moving", options.repository().isPresent() ? resource("moving.md") : "");
    versions().forEach((name, version) -> words.put("version." + name, String.valueOf(version)));
    return words;
  }

  private static String sending(Senders senders, Options options) {
    return resource("sending.md")
        .replace("@senders@", senders.name().qualified())
        .replace("@config@", options.directory() + "config.yaml")
        .replace(
            "@operation@",
            senders.sendings().stream().findFirst().map(Sending::id).orElse("operation"));
  }

  /** Lines of a Dockerfile that copy the documents, those of one directory together. */
  private static String copies(Options options) {
    Map<String, List<String>> directories = new TreeMap<>();
    List<String> all =
        new ArrayList<>(List.of(options.directory() + "config.yaml", options.document()));
    all.addAll(options.others());
    for (String file : all) {
      String directory = file.substring(0, file.lastIndexOf('/') + 1);
      directories.computeIfAbsent(directory, any -> new ArrayList<>()).add(source(file));
    }
    List<String> lines = new ArrayList<>();
    directories.forEach((directory, files) ->
        lines.add("COPY [" + String.join(", ", files) + ", " + target(directory) + "]"));
    return String.join("\n", lines);
  }

  /**
   * A source of {@code COPY} is a pattern of Go and may name variables: a question mark stands for
   * every character that means something there, in JSON or in a line.
   */
  private static String source(String file) {
    return '"' + file.replaceAll("[^\\p{L}\\p{N} ._/@+,=()-]", "?") + '"';
  }

  /** A directory to copy to, where a backslash quotes what stands for something else. */
  private static String target(String directory) {
    String quoted = directory.replace("\\", "\\\\").replace("$", "\\$");
    return JsonMapper.shared().writeValueAsString("./" + quoted);
  }

  private static String property(String url) {
    return "    <!-- Where BRRTRouter comes from until it is published. -->\n"
        + "    <brrtrouter.repository>"
        + xml(url)
        + "</brrtrouter.repository>\n";
  }

  /** What the plugin is told beyond the usual. */
  private static String choices(Options options, boolean sends) {
    StringBuilder choices = new StringBuilder();
    list(
        "parts",
        "part",
        sends ? Part.SENDING_SERVICE.stream().map(Part::toString).toList() : List.of(),
        choices);
    list("untyped", "operation", options.untyped().stream().sorted().toList(), choices);
    list(
        "allowDirectories",
        "directory",
        options.elsewhere().stream().map(each -> "${project.basedir}/" + each).toList(),
        choices);
    return choices.toString();
  }

  private static void list(
      String name, String item, List<String> values, StringBuilder configuration) {
    String indent = " ".repeat(14);
    if (!values.isEmpty()) {
      configuration.append("\n%s<%s>\n".formatted(indent, name));
      for (String value : values) {
        configuration.append("%s  <%s>%s</%2$s>\n".formatted(indent, item, xml(value)));
      }
      configuration.append("%s</%s>".formatted(indent, name));
    }
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String filled(String template, Map<String, String> words) {
    String text = resource(template);
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace("@" + word.getKey() + "@", word.getValue());
    }
    return text.stripTrailing() + "\n";
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = open("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  private static String resource(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Project.class.getResourceAsStream("project/" + name), name);
  }
}
