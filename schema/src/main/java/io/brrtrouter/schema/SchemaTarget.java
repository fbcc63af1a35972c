package io.brrtrouter.schema;

/**
 * Where a reference leads.
 *
 * @param resource the document of the schema
 * @param pointer JSON Pointer of the schema in the document
 */
public record SchemaTarget(SchemaResource resource, String pointer) {}
