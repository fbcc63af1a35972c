package io.brrtrouter.codegen;

/**
 * A file to write.
 *
 * @param path where, relative to a directory of sources, with slashes
 * @param text its content, lines ended by line feeds, to be written in UTF-8
 */
public record SourceFile(String path, String text) {}
