package io.brrtrouter.codegen.model;

import io.brrtrouter.schema.SourceLocation;
import java.net.URI;

/**
 * The place in the document that something generated comes from.
 *
 * @param resource the URI of the file
 * @param pointer JSON Pointer of the value in the file
 * @param location file, line and column
 */
public record Origin(URI resource, String pointer, SourceLocation location) {}
