package io.brrtrouter.codegen.model;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The schemas of a document that a program without it carries.
 *
 * @param texts the schemas, in order of discovery
 * @param resources the files of the document, each with what it is called in the program
 * @param dialects what {@code $schema} means where no schema has one, by what the file is called
 */
public record SchemaCopies(
    List<SchemaText> texts, Map<URI, String> resources, Map<String, String> dialects) {

  /** Copies the collections. */
  public SchemaCopies {
    texts = List.copyOf(texts);
    resources = Demand.copyOf(resources);
    dialects = Demand.copyOf(dialects);
  }

  /**
   * A schema as it is written.
   *
   * @param resource what its file is called
   * @param pointer where it stands there
   * @param json its text, without what is for people only
   */
  public record SchemaText(String resource, String pointer, String json) {}
}
