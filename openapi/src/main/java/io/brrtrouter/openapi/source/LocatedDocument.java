package io.brrtrouter.openapi.source;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.SourceMap;
import java.net.URI;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * The content of a file with the place of every value and of every member's name. Immutable as long
 * as nobody changes the tree; values that aliases repeat are shared.
 */
public final class LocatedDocument implements SourceMap {
  private final Path path;
  private final String name;
  private final int octets;
  private final JsonNode root;
  private final Place places;

  LocatedDocument(Path path, String name, int octets, JsonNode root, Place places) {
    this.path = path;
    this.name = name;
    this.octets = octets;
    this.root = root;
    this.places = places;
  }

  /** {@return the file} */
  public Path path() {
    return path;
  }

  /** {@return the file's address, a {@code file:} URI} */
  public URI uri() {
    return path.toAbsolutePath().normalize().toUri();
  }

  /** {@return the file's name as locations print it} */
  public String name() {
    return name;
  }

  /** {@return the size of the file} */
  public int octets() {
    return octets;
  }

  /** {@return the content} */
  public JsonNode root() {
    return root;
  }

  /** {@return the content with its place, to walk down from} */
  public LocatedNode located() {
    return new LocatedNode(this, null, "", root, places);
  }

  /**
   * Walks to a value.
   *
   * @param pointer a JSON Pointer (RFC 6901), not percent-encoded
   * @return the value, or null when there is none
   */
  public @org.jspecify.annotations.Nullable LocatedNode at(String pointer) {
    LocatedNode node = located();
    for (String token : Pointers.tokens(pointer)) {
      if (node != null) {
        node = node.child(token);
      }
    }
    return node;
  }

  @Override
  public SourceLocation locate(String pointer) {
    Place place = nearest(pointer);
    return new SourceLocation(name, place.line, place.column);
  }

  @Override
  public SourceLocation locateName(String pointer) {
    Place place = nearest(pointer);
    return place.nameLine == 0
        ? new SourceLocation(name, place.line, place.column)
        : new SourceLocation(name, place.nameLine, place.nameColumn);
  }

  private Place nearest(String pointer) {
    Place place = places;
    for (String token : Pointers.tokens(pointer)) {
      Place child = place.child(token);
      if (child == null) {
        return place;
      }
      place = child;
    }
    return place;
  }

  @Override
  public String toString() {
    return name;
  }
}
