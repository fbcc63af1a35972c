package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.Components;
import io.brrtrouter.openapi.model.Contact;
import io.brrtrouter.openapi.model.ExternalDocs;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.openapi.model.License;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.Tag;
import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the model of a checked document. Whatever the check complained about is left out or gets
 * an empty value, so that lint can look at the rest.
 */
final class ModelBuilder {
  private final Session session;
  private final PartBuilder parts;
  private final OperationBuilder operations;

  ModelBuilder(Session session, Resources resources) {
    this.session = session;
    this.parts = new PartBuilder(session, resources);
    this.operations = new OperationBuilder(session, parts);
  }

  OpenApi document(LocatedNode root) {
    operations.inherit(parts.servers(root), parts.requirements(root));
    return new OpenApi(
        root.location(),
        Nodes.text(root, "openapi", ""),
        info(root),
        self(root),
        parts.servers(root),
        paths(root, "paths"),
        paths(root, "webhooks"),
        components(root),
        parts.requirements(root),
        Nodes.items(root, "tags").stream()
            .filter(tag -> Nodes.has(tag, "name"))
            .map(this::tag)
            .toList(),
        externalDocs(root),
        Nodes.extensions(root));
  }

  private Optional<URI> self(LocatedNode root) {
    return Nodes.has(root, "$self") && session.version(root).atLeast(Version.V3_2)
        ? Optional.of(session.documents.of(root.document()).base())
        : Optional.empty();
  }

  private Info info(LocatedNode root) {
    LocatedNode info = Nodes.object(root, "info");
    if (info == null) {
      return new Info(
          root.location(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "",
          Map.of());
    }
    return new Info(
        info.location(),
        Nodes.text(info, "title", ""),
        Nodes.optional(info, "summary"),
        Nodes.optional(info, "description"),
        Nodes.optional(info, "termsOfService"),
        Optional.ofNullable(Nodes.object(info, "contact")).map(ModelBuilder::contact),
        Optional.ofNullable(Nodes.object(info, "license")).map(ModelBuilder::license),
        Nodes.text(info, "version", ""),
        Nodes.extensions(info));
  }

  private static Contact contact(LocatedNode contact) {
    return new Contact(
        contact.location(),
        Nodes.optional(contact, "name"),
        Nodes.optional(contact, "url"),
        Nodes.optional(contact, "email"),
        Nodes.extensions(contact));
  }

  private static License license(LocatedNode license) {
    return new License(
        license.location(),
        Nodes.text(license, "name", ""),
        Nodes.optional(license, "identifier"),
        Nodes.optional(license, "url"),
        Nodes.extensions(license));
  }

  private Tag tag(LocatedNode tag) {
    return new Tag(
        tag.location(),
        Nodes.text(tag, "name", ""),
        Nodes.optional(tag, "summary"),
        Nodes.optional(tag, "description"),
        externalDocs(tag),
        Nodes.optional(tag, "parent"),
        Nodes.optional(tag, "kind"),
        Nodes.extensions(tag));
  }

  private Optional<ExternalDocs> externalDocs(LocatedNode owner) {
    return PartBuilder.externalDocs(owner);
  }

  private Map<String, PathItem> paths(LocatedNode root, String field) {
    Map<String, PathItem> items = new LinkedHashMap<>();
    for (LocatedNode item : Nodes.members(root, field)) {
      boolean extension = field.equals("paths") && item.key().startsWith("x-");
      if (!extension && item.node().isObject()) {
        items.put(item.key(), operations.pathItem(item, item.key()));
      }
    }
    return items;
  }

  private Components components(LocatedNode root) {
    LocatedNode components = Nodes.object(root, "components");
    if (components == null) {
      return new Components(
          root.location(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of());
    }
    Map<String, PathItem> items = new LinkedHashMap<>();
    Nodes.members(components, "pathItems").stream()
        .filter(item -> item.node().isObject())
        .forEach(item -> items.put(item.key(), operations.pathItem(item, item.key())));
    return new Components(
        components.location(),
        schemas(components),
        parts.map(components, "responses", parts::response),
        parts.map(components, "parameters", parts::parameter),
        parts.map(components, "examples", parts::example),
        parts.map(components, "requestBodies", parts::requestBody),
        parts.map(components, "headers", parts::header),
        parts.map(components, "securitySchemes", parts::securityScheme),
        parts.map(components, "links", parts::link),
        parts.map(components, "callbacks", operations::callback),
        items,
        parts.map(components, "mediaTypes", parts::mediaType),
        Nodes.extensions(components));
  }

  private Map<String, Schema> schemas(LocatedNode components) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    for (LocatedNode schema : Nodes.members(components, "schemas")) {
      parts.schema(schema).ifPresent(record -> schemas.put(schema.key(), record));
    }
    return schemas;
  }
}
