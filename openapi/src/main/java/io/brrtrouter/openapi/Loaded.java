package io.brrtrouter.openapi;

import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.schema.SchemaResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reading a document gave.
 *
 * @param api the model; absent when the document is too broken to have one. Present together with
 *     error findings when lint can still say more
 * @param findings every problem of every file, ordered by file, line and column
 * @param report what happens to each kind of construct in the document
 * @param files every file that was opened, the document itself first
 * @param contents what the document depends on: the absolute path of every file that was opened, or
 *     was looked for and could not be, with the {@link ContentDigest} of what was read
 * @param documents the content of the files that could be read, the document itself first
 * @param resources the same as schema resources, schemas of 3.0 converted: all that a compiler
 *     needs to resolve the references between schemas
 * @param references every reference that has a target
 */
public record Loaded(
    Optional<OpenApi> api,
    List<Finding> findings,
    List<Construct> report,
    List<Path> files,
    Map<Path, String> contents,
    List<LocatedDocument> documents,
    List<SchemaResource> resources,
    List<Reference> references) {

  /** Copies the lists. */
  public Loaded {
    findings = List.copyOf(findings);
    report = List.copyOf(report);
    files = List.copyOf(files);
    contents = Map.copyOf(contents);
    documents = List.copyOf(documents);
    resources = List.copyOf(resources);
    references = List.copyOf(references);
  }

  /**
   * {@return the same with other findings}
   *
   * @param others every problem, those of lint too
   */
  public Loaded withFindings(List<Finding> others) {
    return new Loaded(api, others, report, files, contents, documents, resources, references);
  }

  /** {@return whether a finding is an error} */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
