package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SourceLocation;
import java.util.Optional;

/**
 * Where what changed stands in one of the two documents; where it is not in it, the nearest that is
 * there and would have it.
 *
 * @param location the place
 * @param parent what stands there if not what changed itself: for example {@code the path item} of
 *     an operation that was added or removed
 */
public record ChangeLocation(SourceLocation location, Optional<String> parent) {
  /**
   * {@return the place of what changed itself}
   *
   * @param location the place
   */
  public static ChangeLocation of(SourceLocation location) {
    return new ChangeLocation(location, Optional.empty());
  }

  /**
   * {@return the place of the nearest that is there}
   *
   * @param parent what it is, for example {@code the path item}
   * @param location its place
   */
  public static ChangeLocation inParent(String parent, SourceLocation location) {
    return new ChangeLocation(location, Optional.of(parent));
  }

  /** {@return whether what changed is in this document} */
  public boolean isThere() {
    return parent.isEmpty();
  }

  /** {@return the place; before it, where that is another's, that it is not there} */
  @Override
  public String toString() {
    return parent.map(it -> "not there; " + it + " is at " + location).orElse(location.toString());
  }
}
