package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.ExternalDocs;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.Tag;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares what people read, and extensions without meaning. */
final class Notes {
  private final Changes changes;

  Notes(Changes changes) {
    this.changes = changes;
  }

  /** A field as both documents have it. */
  private record Field(String name, Object before, Object after) {}

  void documents(OpenApi before, OpenApi after) {
    Site site = Site.DOCUMENT;
    if (!before.version().equals(after.version())) {
      changes.add(
          site,
          DocumentRule.OPENAPI_VERSION_CHANGED,
          before.location(),
          after.location(),
          "openapi changed from %s to %s".formatted(before.version(), after.version()));
    }
    info(site, before.info(), after.info());
    tags(site, before, after);
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("externalDocs", text(before.externalDocs()), text(after.externalDocs()))));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  private void info(Site site, Info before, Info after) {
    if (!before.version().equals(after.version())) {
      changes.add(
          site,
          DocumentRule.API_VERSION_CHANGED,
          before.location(),
          after.location(),
          "the version changed from %s to %s"
              .formatted(Texts.cut(before.version()), Texts.cut(after.version())));
    }
    String changed =
        differing(
            List.of(
                new Field("title", before.title(), after.title()),
                new Field("summary", before.summary(), after.summary()),
                new Field("description", before.description(), after.description()),
                new Field("termsOfService", before.termsOfService(), after.termsOfService()),
                new Field("contact", contact(before), contact(after)),
                new Field("license", license(before), license(after))));
    if (!changed.isEmpty()) {
      changes.add(
          site,
          DocumentRule.INFO_CHANGED,
          before.location(),
          after.location(),
          "info: " + changed + " changed");
    }
  }

  private static Optional<String> contact(Info info) {
    return info.contact().map(each -> each.name() + " " + each.url() + " " + each.email());
  }

  private static Optional<String> license(Info info) {
    return info.license().map(each -> each.name() + " " + each.identifier() + " " + each.url());
  }

  private void tags(Site site, OpenApi before, OpenApi after) {
    if (!tags(before.tags()).equals(tags(after.tags()))) {
      changes.add(
          site,
          DocumentRule.TAGS_CHANGED,
          before.location(),
          after.location(),
          "the declared tags changed from %s to %s"
              .formatted(names(before.tags()), names(after.tags())));
    }
  }

  private static Set<String> tags(List<Tag> tags) {
    return tags.stream()
        .map(each ->
            String.join(
                "\n",
                each.name(),
                each.summary().orElse(""),
                each.description().orElse(""),
                each.parent().orElse(""),
                each.kind().orElse(""),
                text(each.externalDocs())))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String names(List<Tag> tags) {
    return listed(tags.stream().map(Tag::name).toList());
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : Texts.quoted(names);
  }

  void pathItems(Site site, PathItem before, PathItem after) {
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("summary", before.summary(), after.summary()),
            new Field("description", before.description(), after.description())));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  void operations(Site site, Operation before, Operation after) {
    if (!before.tags().equals(after.tags())) {
      changes.add(
          site,
          DocumentRule.TAGS_CHANGED,
          before.location(),
          after.location(),
          "the tags changed from %s to %s".formatted(listed(before.tags()), listed(after.tags())));
    }
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("summary", before.summary(), after.summary()),
            new Field("description", before.description(), after.description()),
            new Field("externalDocs", text(before.externalDocs()), text(after.externalDocs()))));
  }

  void parameters(Site site, Parameter before, Parameter after) {
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("description", before.description(), after.description()),
            examples(before.example(), before.examples(), after.example(), after.examples())));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  void bodies(Site site, RequestBody before, RequestBody after) {
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(new Field("description", before.description(), after.description())));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  void responses(Site site, Response before, Response after) {
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("summary", before.summary(), after.summary()),
            new Field("description", before.description(), after.description())));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  void mediaTypes(Site site, MediaType before, MediaType after) {
    documentation(
        site,
        before.location(),
        after.location(),
        List.of(
            new Field("description", before.description(), after.description()),
            examples(before.example(), before.examples(), after.example(), after.examples())));
    extensions(site, before.location(), after.location(), before.extensions(), after.extensions());
  }

  private static Field examples(
      Optional<JsonNode> before,
      Map<String, Example> named,
      Optional<JsonNode> after,
      Map<String, Example> namedAfter) {
    return new Field(
        "examples",
        List.of(before.map(Texts::canonical), texts(named)),
        List.of(after.map(Texts::canonical), texts(namedAfter)));
  }

  private static Map<String, String> texts(Map<String, Example> examples) {
    Map<String, String> texts = new TreeMap<>();
    examples.forEach((name, each) ->
        texts.put(
            name,
            each.summary()
                + "\n"
                + each.description()
                + "\n"
                + each.value().or(each::dataValue).map(Texts::canonical)
                + "\n"
                + each.serializedValue().or(each::externalValue)));
    return texts;
  }

  private static String text(Optional<ExternalDocs> docs) {
    return docs.map(each -> each.url() + " " + each.description().orElse("")).orElse("");
  }

  private void documentation(
      Site site, SourceLocation before, SourceLocation after, List<Field> fields) {
    String changed = differing(fields);
    if (!changed.isEmpty()) {
      changes.add(site, DocumentRule.DOCUMENTATION_CHANGED, before, after, changed + " changed");
    }
  }

  private static String differing(List<Field> fields) {
    List<String> names = new ArrayList<>();
    fields.stream()
        .filter(field -> !field.before().equals(field.after()))
        .forEach(field -> names.add(field.name()));
    return String.join(", ", names);
  }

  private void extensions(
      Site site,
      SourceLocation before,
      SourceLocation after,
      Map<String, JsonNode> old,
      Map<String, JsonNode> now) {
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(old.keySet());
    for (String name : names) {
      if (!ExtensionComparison.same(old.get(name), now.get(name))) {
        changes.add(
            site,
            DocumentRule.DOCUMENT_EXTENSION_CHANGED,
            before,
            after,
            ExtensionComparison.message(name, old.get(name), now.get(name)));
      }
    }
  }
}
