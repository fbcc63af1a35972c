package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.schema.SourceLocation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What changed from one document to another. Immutable, and keeps nothing of the documents.
 *
 * @param changes every change, in the order of the new document's operations; what is about the
 *     document as a whole last
 */
public record DocumentDiff(List<Change> changes) {

  /** Copies the list. */
  public DocumentDiff {
    changes = List.copyOf(changes);
  }

  /**
   * Compares two documents that have a model. Where references lead does not matter, only what
   * stands there.
   *
   * @param before the old document
   * @param after the new document
   * @param today decides whether the {@code x-sunset} of an operation has come
   * @return every change
   * @throws IllegalArgumentException when one of the documents is too broken to have a model
   */
  public static DocumentDiff between(Loaded before, Loaded after, LocalDate today) {
    return between(before, after, today, SchemaComparison.MAX_PAIRS);
  }

  /** The same with a bound on the work: pairs of schemas that are compared. */
  static DocumentDiff between(Loaded before, Loaded after, LocalDate today, int mostPairs) {
    Changes changes = new Changes();
    SchemaComparison schemas =
        new SchemaComparison(
            new Schemas(before.resources()),
            new Schemas(after.resources()),
            new Owner("the document", api(before).location(), api(after).location()),
            changes,
            mostPairs);
    new DocumentComparison(api(before), api(after), paths(before, after), schemas, changes, today)
        .compare();
    return new DocumentDiff(changes.list());
  }

  private static Owner paths(Loaded before, Loaded after) {
    return new Owner("the paths object", paths(before), paths(after));
  }

  private static SourceLocation paths(Loaded loaded) {
    LocatedDocument document = loaded.documents().getFirst();
    return document.root().has("paths") ? document.locateName("/paths") : api(loaded).location();
  }

  private static OpenApi api(Loaded loaded) {
    return loaded
        .api()
        .orElseThrow(
            () -> new IllegalArgumentException("a document without model: " + loaded.files()));
  }

  /** {@return whether nothing changed} */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** {@return the worst impact of all changes; empty when there are none} */
  public Optional<Impact> worst() {
    return changes.stream().map(Change::impact).min(Impact::compareTo);
  }

  /**
   * {@return the changes of one impact, in order}
   *
   * @param impact the impact
   */
  public List<Change> of(Impact impact) {
    return changes.stream().filter(change -> change.impact() == impact).toList();
  }

  /** {@return for example {@code 1 breaking, 2 risky, 3 compatible changes}} */
  public String summary() {
    return ChangeRenderer.summary(changes);
  }
}
