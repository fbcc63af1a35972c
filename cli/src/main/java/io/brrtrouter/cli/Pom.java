package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a {@code pom.xml} says by itself, without its parents and profiles.
 *
 * @param root its root element
 */
record Pom(Element root) {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

  /** Reads the pom of a directory that a user named. */
  static Pom in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw Failure.failed(
          Files.exists(directory)
              ? directory + " is a file; name the directory of a project"
              : "there is no directory " + directory);
    }
    if (!Files.exists(directory.resolve("pom.xml"))) {
      throw Failure.failed(directory + " has no pom.xml; name the directory of a Maven project");
    }
    return read(directory);
  }

  /** Reads the pom of a directory that has one. */
  static Pom read(Path directory) {
    Path pom = directory.resolve("pom.xml");
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return new Pom(builder.parse(pom.toFile()).getDocumentElement());
    } catch (SAXException e) {
      throw Failure.failed(pom + " is not well-formed XML: " + e.getMessage());
    } catch (IOException e) {
      throw Failure.failed("cannot read " + pom + ": " + e.getMessage());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the packaging, empty for the usual one} */
  String packaging() {
    return text(root, "packaging").orElse("");
  }

  /** {@return the modules it lists, as it writes them} */
  List<String> modules() {
    return children(root, "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(module -> module.getTextContent().strip())
        .toList();
  }

  /** {@return the value of a property} */
  Optional<String> property(String name) {
    return children(root, "properties").stream()
        .flatMap(properties -> text(properties, name).stream())
        .findFirst();
  }

  /**
   * {@return a text with the values of its <code>${...}</code>: what describes the project, and
   * properties}
   *
   * @throws IllegalArgumentException with the sentence to show, when the pom does not say
   */
  String resolve(String text) {
    return resolve(text, Set.of());
  }

  private String resolve(String text, Set<String> within) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), within)));
  }

  private String value(String name, Set<String> within) {
    if (within.contains(name)) {
      throw new IllegalArgumentException("${" + name + "} leads to itself; give it a value");
    }
    Set<String> inside = new HashSet<>(within);
    inside.add(name);
    return property(name)
        .or(() -> ofProject(name.replaceFirst("^(project|pom)\\.", "")))
        .map(value -> resolve(value, inside))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "${"
                    + name
                    + "} is not in this pom, and parents, profiles and the environment are not"
                    + " looked into; write what it stands for"));
  }

  private Optional<String> ofProject(String name) {
    return switch (name) {
      case "basedir" -> Optional.of(".");
      case "artifactId" -> text(root, name);
      case "groupId", "version" ->
          text(root, name)
              .or(() ->
                  children(root, "parent").stream()
                      .flatMap(parent -> text(parent, name).stream())
                      .findFirst());
      case "build.directory" ->
          children(root, "build").stream()
              .flatMap(build -> text(build, "directory").stream())
              .findFirst()
              .or(() -> Optional.of("target"));
      default -> Optional.empty();
    };
  }

  /** {@return a plugin of the build} */
  Optional<Element> plugin(String artifact) {
    return children(root, "build").stream()
        .flatMap(build -> children(build, "plugins").stream())
        .flatMap(plugins -> children(plugins, "plugin").stream())
        .filter(plugin -> text(plugin, "artifactId").filter(artifact::equals).isPresent())
        .findFirst();
  }

  /**
   * {@return where its code is}
   *
   * @param directory the project's
   * @throws Failure if it names a directory by what it does not say itself
   */
  Path code(Path directory) {
    Optional<String> named =
        children(root, "build").stream()
            .flatMap(build -> text(build, "sourceDirectory").stream())
            .findFirst();
    try {
      return directory.resolve(named.map(this::resolve).orElse("src/main/java")).normalize();
    } catch (IllegalArgumentException elsewhere) {
      throw Failure.failed(
          "sourceDirectory of " + directory.resolve("pom.xml") + ": " + elsewhere.getMessage());
    }
  }

  /** {@return whether it says itself what resources there are, filtered ones perhaps} */
  boolean hasResources() {
    return children(root, "build").stream()
        .anyMatch(build -> !children(build, "resources").isEmpty());
  }

  /** {@return a setting of a plugin or of one of its executions} */
  static Optional<String> setting(Element plugin, String name) {
    NodeList configurations = plugin.getElementsByTagName("configuration");
    for (int i = 0; i < configurations.getLength(); i++) {
      Optional<String> value = text((Element) configurations.item(i), name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /** {@return the values of a setting that is a list} */
  static List<String> settings(Element plugin, String name) {
    return elements(plugin, name).stream().map(each -> each.getTextContent().strip()).toList();
  }

  /** {@return the elements of a setting that is a list} */
  static List<Element> elements(Element plugin, String name) {
    List<Element> values = new ArrayList<>();
    NodeList configurations = plugin.getElementsByTagName("configuration");
    for (int i = 0; i < configurations.getLength(); i++) {
      for (Element list : children((Element) configurations.item(i), name)) {
        for (Node node = list.getFirstChild(); node != null; node = node.getNextSibling()) {
          if (node instanceof Element element) {
            values.add(element);
          }
        }
      }
    }
    return values;
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  /** {@return the text of a child, if it has any} */
  static Optional<String> text(Element parent, String name) {
    return children(parent, name).stream()
        .map(child -> child.getTextContent().strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
