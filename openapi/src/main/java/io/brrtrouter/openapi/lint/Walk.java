package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the objects of a document that rules look at, each once however often it is used. */
final class Walk {
  private final Tree tree;
  private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  final List<Site> sites = new ArrayList<>();
  final List<Content> contents = new ArrayList<>();
  final List<LocatedNode> links = new ArrayList<>();
  private final List<LocatedNode> schemas = new ArrayList<>();

  /**
   * An object with a schema and examples of it: a parameter, a header or a media type.
   *
   * @param node the object
   * @param side who sends what it describes
   * @param mediaType the name of the media type, empty for parameters and headers
   */
  record Content(LocatedNode node, Side side, String mediaType) {}

  /** Who sends something; it decides whether {@code readOnly} or {@code writeOnly} counts. */
  enum Side {
    REQUEST,
    RESPONSE
  }

  private Walk(Tree tree) {
    this.tree = tree;
  }

  static Walk over(Tree tree) {
    Walk walk = new Walk(tree);
    LocatedNode root = tree.root();
    Tree.entries(root, "paths").forEach(path -> walk.pathItem(Site.Origin.PATH, path));
    Tree.entries(root, "webhooks").forEach(hook -> walk.pathItem(Site.Origin.WEBHOOK, hook));
    LocatedNode components = root.member("components");
    if (components != null) {
      walk.components(components);
    }
    tree.references().stream()
        .filter(reference -> reference.section().equals("schemas"))
        .map(Reference::target)
        .forEach(walk::schema);
    return walk;
  }

  /** {@return the schemas that are not part of another schema, as far as references lead} */
  List<LocatedNode> schemas() {
    return schemas;
  }

  private void components(LocatedNode components) {
    Tree.entries(components, "parameters").forEach(this::parameter);
    Tree.entries(components, "headers").forEach(header -> header(header, Side.RESPONSE));
    Tree.entries(components, "requestBodies").forEach(body -> content(body, Side.REQUEST));
    Tree.entries(components, "responses").forEach(this::response);
    Tree.entries(components, "links").forEach(this::link);
    Tree.entries(components, "schemas").forEach(this::schema);
    Tree.entries(components, "callbacks").forEach(this::callback);
  }

  private void pathItem(Site.Origin origin, LocatedNode entry) {
    LocatedNode item = tree.resolve(entry);
    Tree.items(item, "parameters").forEach(this::parameter);
    for (Site site : Site.of(origin, entry, item)) {
      sites.add(site);
      operation(site.node());
    }
  }

  private void operation(LocatedNode operation) {
    if (!seen.add(operation.node())) {
      return;
    }
    Tree.items(operation, "parameters").forEach(this::parameter);
    LocatedNode body = operation.member("requestBody");
    if (body != null) {
      content(body, Side.REQUEST);
    }
    Tree.entries(operation, "responses").forEach(this::response);
    LocatedNode socket = operation.member(WebSocketExtension.FIELD);
    if (socket != null) {
      messages(socket.member("fromClient"), Side.REQUEST);
      messages(socket.member("fromServer"), Side.RESPONSE);
    }
    Tree.entries(operation, "callbacks").forEach(this::callback);
  }

  private void messages(@Nullable LocatedNode messages, Side side) {
    if (messages != null) {
      mediaTypes(messages, side);
    }
  }

  private void callback(LocatedNode node) {
    LocatedNode callback = tree.resolve(node);
    if (seen.add(callback.node())) {
      for (LocatedNode entry : callback.members()) {
        if (entry.node().isObject() && !entry.key().startsWith("x-")) {
          pathItem(Site.Origin.CALLBACK, entry);
        }
      }
    }
  }

  private void parameter(LocatedNode node) {
    valued(tree.resolve(node), Side.REQUEST);
  }

  private void header(LocatedNode node, Side side) {
    valued(tree.resolve(node), side);
  }

  private void valued(LocatedNode object, Side side) {
    if (seen.add(object.node())) {
      contents.add(new Content(object, side, ""));
      schemaOf(object, "schema");
      mediaTypes(object, side);
    }
  }

  private void response(LocatedNode node) {
    LocatedNode response = tree.resolve(node);
    Tree.entries(response, "headers").forEach(header -> header(header, Side.RESPONSE));
    Tree.entries(response, "links").forEach(this::link);
    content(response, Side.RESPONSE);
  }

  private void link(LocatedNode node) {
    LocatedNode link = tree.resolve(node);
    if (seen.add(link.node())) {
      links.add(link);
    }
  }

  private void content(LocatedNode node, Side side) {
    LocatedNode object = tree.resolve(node);
    if (seen.add(object.node())) {
      mediaTypes(object, side);
    }
  }

  private void mediaTypes(LocatedNode object, Side side) {
    for (LocatedNode entry : Tree.entries(object, "content")) {
      LocatedNode mediaType = tree.resolve(entry);
      if (seen.add(mediaType.node())) {
        contents.add(new Content(mediaType, side, entry.key()));
        schemaOf(mediaType, "schema");
        schemaOf(mediaType, "itemSchema");
        schemaOf(mediaType, SequentialMediaType.FIELD);
        encodings(mediaType, side);
      }
    }
  }

  private void encodings(LocatedNode object, Side side) {
    List<LocatedNode> encodings = new ArrayList<>(Tree.entries(object, "encoding"));
    encodings.addAll(Tree.items(object, "prefixEncoding"));
    LocatedNode item = object.member("itemEncoding");
    if (item != null) {
      encodings.add(item);
    }
    for (LocatedNode encoding : encodings) {
      Tree.entries(encoding, "headers").forEach(header -> header(header, side));
      encodings(encoding, side);
    }
  }

  private void schemaOf(LocatedNode object, String field) {
    LocatedNode schema = object.member(field);
    if (schema != null) {
      schema(schema);
    }
  }

  private void schema(LocatedNode schema) {
    if (schema.node().isObject() && seen.add(schema.node())) {
      schemas.add(schema);
    }
  }
}
