package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaTarget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Digests of schemas with all they lead to, each schema digested once. A schema's digest is made of
 * its text and the digests of the schemas in it. Schemas that lead to each other are told apart in
 * rounds, each of which looks one step further, until nothing new is seen; so the work is in
 * proportion to the document, except where a long chain of such schemas differs only at its end.
 * Not thread-safe.
 */
final class SchemaDigests {

  /** Octets of a digest that are kept: enough that no two schemas of one program share them. */
  private static final int OCTETS = 16;

  private static final String INSIDE = "*";

  private final SchemaCompiler compiler;
  private final CanonicalSchema.Detail detail;
  private final Map<SchemaPlace, Node> nodes = new HashMap<>();

  // Tarjan's algorithm, without recursion: schemas may lead to each other in chains of any length.
  private final Deque<Node> path = new ArrayDeque<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private int entered;

  private static final class Node {
    final String text;
    final List<SchemaTarget> children;
    int index = -1;
    int low;
    int next;
    boolean isOpen;
    @Nullable String digest;

    Node(CanonicalSchema.Canonical canonical) {
      text = canonical.text();
      children = canonical.children();
    }
  }

  SchemaDigests(SchemaCompiler compiler, CanonicalSchema.Detail detail) {
    this.compiler = compiler;
    this.detail = detail;
  }

  /** {@return the digest of a schema} */
  String of(SchemaTarget schema) {
    Node root = node(CanonicalSchema.target(compiler, schema));
    if (root.digest == null) {
      enter(root);
      walk();
    }
    return digest(root);
  }

  private Node node(SchemaTarget place) {
    return nodes.computeIfAbsent(
        SchemaPlace.of(place), key -> new Node(CanonicalSchema.of(compiler, place, detail)));
  }

  private static String digest(Node node) {
    return Objects.requireNonNull(node.digest, node.text);
  }

  private void enter(Node node) {
    node.index = entered;
    node.low = entered++;
    node.isOpen = true;
    path.push(node);
    open.push(node);
  }

  private void walk() {
    while (!path.isEmpty()) {
      Node node = path.element();
      if (node.next < node.children.size()) {
        Node child = node(node.children.get(node.next++));
        if (child.index < 0) {
          enter(child);
        } else if (child.isOpen) {
          node.low = Math.min(node.low, child.index);
        }
        continue;
      }
      path.pop();
      if (!path.isEmpty()) {
        path.element().low = Math.min(path.element().low, node.low);
      }
      if (node.low == node.index) {
        close(component(node));
      }
    }
  }

  /** Schemas that all lead to each other, or one alone. */
  private List<Node> component(Node root) {
    List<Node> component = new ArrayList<>();
    Node node;
    do {
      node = open.pop();
      node.isOpen = false;
      component.add(node);
    } while (node != root);
    return component;
  }

  private void close(List<Node> component) {
    Map<Node, String> first = new HashMap<>();
    component.forEach(node -> first.put(node, with(node, node.text, SchemaDigests::outside)));
    if (component.size() == 1
        && !component.getFirst().children.stream().map(this::node).anyMatch(component::contains)) {
      component.getFirst().digest = first.get(component.getFirst());
      return;
    }
    Map<Node, String> seen = first;
    Map<Node, String> further = further(first, seen);
    while (kinds(further) > kinds(seen)) {
      seen = further;
      further = further(first, seen);
    }
    Set<String> all = new TreeSet<>();
    for (Node node : component) {
      all.add(seen.get(node) + further.get(node));
    }
    String whole = hash(String.join(",", all));
    for (Node node : component) {
      node.digest = hash(seen.get(node) + whole);
    }
  }

  private static String outside(Node child) {
    return child.digest == null ? INSIDE : child.digest;
  }

  /** What is seen from each schema when every other has looked as far as it has. */
  private Map<Node, String> further(Map<Node, String> first, Map<Node, String> seen) {
    Map<Node, String> further = new HashMap<>();
    first.forEach(
        (node, text) -> further.put(node, with(node, text, child -> seen.getOrDefault(child, ""))));
    return further;
  }

  private String with(Node node, String text, Function<Node, String> child) {
    StringBuilder all = new StringBuilder(text);
    node.children.forEach(place -> all.append(',').append(child.apply(node(place))));
    return hash(text.length() + ":" + all);
  }

  private static int kinds(Map<Node, String> seen) {
    return new HashSet<>(seen.values()).size();
  }

  /** {@return the digest of a text} */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, OCTETS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
