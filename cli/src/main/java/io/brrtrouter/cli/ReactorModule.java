package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A module of a multi-module Maven build.
 *
 * @param root the directory of the outermost pom that leads to the module
 * @param directory the module's own directory, below the root
 */
record ReactorModule(Path root, Path directory) {

  /** Finds the build a directory belongs to. */
  static ReactorModule at(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw Failure.failed(
          Files.exists(directory)
              ? directory + " is a file; name the directory of a project"
              : "there is no directory " + directory);
    }
    if (!Files.exists(directory.resolve("pom.xml"))) {
      throw Failure.failed(directory + " has no pom.xml; name the directory of a Maven project");
    }
    Path module = real(directory);
    if (childText(parse(module), "packaging").equals("pom")) {
      throw Failure.failed(
          directory
              + " only holds other modules (packaging pom); name the directory of one of them");
    }
    Path root = outermost(module);
    if (root.equals(module)) {
      throw Failure.failed(
          directory
              + " is not a module of a larger Maven build, and only those can be run so far; build it with Maven and"
              + " start its main class with java");
    }
    return new ReactorModule(root, module);
  }

  private static Path outermost(Path module) {
    Path root = module;
    for (Path above = module.getParent(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above.resolve("pom.xml")) && lists(above, root)) {
        root = above;
      }
    }
    return root;
  }

  private static boolean lists(Path parent, Path module) {
    for (Element modules : children(parse(parent), "modules")) {
      for (Element entry : children(modules, "module")) {
        if (parent.resolve(entry.getTextContent().strip()).normalize().equals(module)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Element parse(Path directory) {
    Path pom = directory.resolve("pom.xml");
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(pom.toFile()).getDocumentElement();
    } catch (SAXException e) {
      throw Failure.failed(pom + " is not well-formed XML: " + e.getMessage());
    } catch (IOException e) {
      throw Failure.failed("cannot read " + pom + ": " + e.getMessage());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
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

  private static String childText(Element parent, String name) {
    for (Element child : children(parent, name)) {
      return child.getTextContent().strip();
    }
    return "";
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw Failure.failed("cannot read " + directory + ": " + e.getMessage());
    }
  }

  /** {@return the module as Maven's {@code -pl} wants it} */
  String selector() {
    return root.relativize(directory).toString();
  }
}
