package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SchemaResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The walk from a path to a {@link Loaded}: read, check and resolve, build. */
public final class DocumentLoad {
  private final Findings findings = new Findings();
  private final Report report = new Report();
  private final Documents documents;
  private final Session session;

  private DocumentLoad(Path document, LoadOptions options) {
    this.documents = new Documents(document, options, findings, report);
    this.session = new Session(documents, findings, report);
  }

  /**
   * Loads a document.
   *
   * @param document the file
   * @param options limits and allowed directories
   * @return the model, the findings, or both
   */
  public static Loaded load(Path document, LoadOptions options) {
    return new DocumentLoad(document, options).load();
  }

  private Loaded load() {
    Optional<LocatedDocument> first = documents.first();
    Optional<Version> version = first.flatMap(document -> version(document.located()));
    if (first.isEmpty() || version.isEmpty()) {
      return result(Optional.empty(), List.of());
    }
    documents.register(first.get(), version.get());
    SchemaScan schemas = new SchemaScan(session);
    new Checker(session, schemas).check(first.get());
    Resources resources = new Resources(session, schemas);
    OpenApi api = new ModelBuilder(session, resources).document(first.get().located());
    new StepUpRules(findings).check(api);
    new ServiceRules(findings).check(api);
    new StreamedBodyRules(findings).check(api);
    return result(Optional.of(api), resources.all());
  }

  private Loaded result(Optional<OpenApi> api, List<SchemaResource> resources) {
    List<String> names = documents.files().stream().map(Path::toString).toList();
    return new Loaded(
        api,
        findings.sorted(names),
        report.constructs(),
        documents.files(),
        documents.contents(),
        documents.sources().stream().map(Documents.Source::located).toList(),
        resources,
        session.resolver.references());
  }

  private Optional<Version> version(LocatedNode root) {
    if (!root.node().isObject()) {
      Types.wrong(root, "an object", findings);
      return Optional.empty();
    }
    LocatedNode openapi = root.member("openapi");
    LocatedNode swagger = root.member("swagger");
    if (openapi == null && swagger != null) {
      findings.error(
          "unsupported-version",
          swagger.location(),
          "Swagger " + swagger.node().asString("") + " documents cannot be read",
          "convert the document to OpenAPI 3.0, 3.1 or 3.2");
      return Optional.empty();
    }
    if (openapi == null) {
      findings.error(
          "missing-field",
          root.location(),
          "this is no OpenAPI document, it has no \"openapi\"",
          "begin it with openapi: 3.1.1");
      return Optional.empty();
    }
    if (!openapi.node().isString()) {
      Types.wrong(openapi, "text", findings);
      return Optional.empty();
    }
    Optional<Version> version = Version.named(openapi.node().stringValue());
    if (version.isEmpty()) {
      findings.error(
          "unsupported-version",
          openapi.location(),
          "OpenAPI version \"" + openapi.node().stringValue() + "\" is unknown",
          "use 3.0.x, 3.1.x or 3.2.x, for example 3.1.1");
    }
    return version;
  }
}
