package io.brrtrouter.openapi;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;

/**
 * One line of the load report: a kind of construct in the document and what happens to it.
 *
 * @param name the construct, for example {@code parameter style deepObject}
 * @param treatment what happens
 * @param note the caveat or the reason for the refusal; empty when honoured
 * @param places where it occurs
 */
public record Construct(
    String name, Treatment treatment, String note, List<SourceLocation> places) {

  /** What happens to a construct. */
  public enum Treatment {
    /** It does what the specification says. */
    HONOURED,
    /** It does, within the limits the note tells. */
    CAVEAT,
    /** The document is not served. */
    REFUSED
  }

  /** Copies the places. */
  public Construct {
    places = List.copyOf(places);
  }
}
