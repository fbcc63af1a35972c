package io.brrtrouter.server.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is to be done only if the resource is, or is not, in a state that the client
 * knows: {@code If-Match}, {@code If-Unmodified-Since}, {@code If-None-Match} and {@code
 * If-Modified-Since} (RFC 9110 section 13).
 *
 * <p>The server asks this of every 200 to a {@code GET} or {@code HEAD}. What changes something has
 * to be asked before it does, by its handler, which knows the state.
 */
public final class Preconditions {
  /** What a request's conditions come to (RFC 9110 section 13.2.2). */
  public enum Outcome {
    /** They hold, or there are none: the request is to be done. */
    HOLD,
    /** The client has what it asks for: 304. To {@code GET} and {@code HEAD} only. */
    NOT_MODIFIED,
    /** The state is another one than the client wants it to be: 412. */
    FAILED
  }

  /**
   * What tells states of a resource apart. Immutable.
   *
   * @param entityTag the entity tag, null without one
   * @param lastModified when it was modified last, null where nobody knows; compared by seconds
   */
  public record Validators(@Nullable EntityTag entityTag, @Nullable Instant lastModified) {
    /** Nobody knows. */
    public static final Validators NONE = new Validators(null, null);

    /**
     * {@return those of a response}
     *
     * @param headers its header fields
     */
    public static Validators of(Headers headers) {
      EntityTag tag = headers.first("ETag").flatMap(EntityTag::parse).orElse(null);
      Instant time = headers.first("Last-Modified").flatMap(HttpDate::parse).orElse(null);
      return new Validators(tag, time);
    }
  }

  private Preconditions() {}

  /**
   * Evaluates the conditions of a request.
   *
   * @param method its method
   * @param headers its header fields
   * @param current the state of the resource; null if it does not exist
   * @return what they come to
   */
  public static Outcome evaluate(Method method, Headers headers, @Nullable Validators current) {
    String match = headers.combined("If-Match");
    if (match != null ? !matches(match, current, true) : modifiedSince(headers, current)) {
      return Outcome.FAILED;
    }
    boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
    String noneMatch = headers.combined("If-None-Match");
    if (noneMatch != null) {
      return !matches(noneMatch, current, false)
          ? Outcome.HOLD
          : reads ? Outcome.NOT_MODIFIED : Outcome.FAILED;
    }
    Instant since = reads ? time(headers, "If-Modified-Since") : null;
    Instant modified = lastModified(current);
    return since != null && modified != null && !modified.isAfter(since)
        ? Outcome.NOT_MODIFIED
        : Outcome.HOLD;
  }

  private static boolean matches(String field, @Nullable Validators current, boolean strongly) {
    if (current == null) {
      return false;
    }
    EntityTag tag = current.entityTag();
    return field.equals("*") || (tag != null && tag.isIn(field, strongly));
  }

  /** {@return whether {@code If-Unmodified-Since} is there and false} */
  private static boolean modifiedSince(Headers headers, @Nullable Validators current) {
    Instant since = time(headers, "If-Unmodified-Since");
    Instant modified = lastModified(current);
    return since != null && modified != null && modified.isAfter(since);
  }

  private static @Nullable Instant time(Headers headers, String name) {
    String field = headers.get(name);
    return field == null ? null : HttpDate.parse(field).orElse(null);
  }

  private static @Nullable Instant lastModified(@Nullable Validators current) {
    Instant time = current == null ? null : current.lastModified();
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * {@return whether {@code If-Range} lets a part be sent: it is not there, or names exactly the
   * octets that there are (RFC 9110 section 13.1.5)}
   *
   * @param headers the header fields of the request
   * @param current the state of the resource
   * @param now the time; what was modified in the second before may be modified again without its
   *     time telling (section 8.8.2.2)
   */
  public static boolean allowRange(Headers headers, Validators current, Instant now) {
    String field = headers.get("If-Range");
    if (field == null) {
      return true;
    }
    EntityTag tag = EntityTag.parse(field).orElse(null);
    if (tag != null) {
      return current.entityTag() != null && tag.matchesStrongly(current.entityTag());
    }
    Instant modified = lastModified(current);
    return modified != null
        && modified.plusSeconds(2).isBefore(now)
        && HttpDate.parse(field).filter(modified::equals).isPresent();
  }
}
