package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.DecodeLimits;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.InvalidItemException;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.limit.Standing;
import java.util.List;

/** Why a request gets no answer from its handler. {@link ProblemRenderer} words them. */
sealed interface Rejection {

  /** {@return in what the request does not match the document, as far as that is listed} */
  default List<RequestViolation> violations() {
    return List.of();
  }

  /** No path of the document matches, nor a built-in endpoint, and no mount has anything there. */
  record NotFound() implements Rejection {}

  /** The file that was to be sent has been deleted since. */
  record ContentGone() implements Rejection {}

  /**
   * The path is no path.
   *
   * @param index where its first invalid percent-encoding begins
   */
  record InvalidPath(int index) implements Rejection {}

  /**
   * The path exists and does not answer the method, which is known.
   *
   * @param allow value of {@code Allow}
   */
  record MethodNotAllowed(String allow) implements Rejection {}

  /**
   * Neither the server nor any operation knows the method.
   *
   * @param known the methods that are known, separated by commas
   */
  record UnknownMethod(String known) implements Rejection {}

  /**
   * No success of the operation has an acceptable media type.
   *
   * @param available what it has
   */
  record NotAcceptable(List<String> available) implements Rejection {}

  /**
   * A mock would have to answer in a media type that it cannot write.
   *
   * @param mediaType the media type
   * @param available media types of the response that it can
   */
  record Unmockable(String mediaType, List<String> available) implements Rejection {}

  /**
   * The operation takes no body of this media type.
   *
   * @param method the method's token
   * @param message what is wrong with its {@code Content-Type} and what would be right
   * @param supported what it takes
   */
  record UnsupportedMediaType(String method, String message, List<String> supported)
      implements Rejection {}

  /** The body is coded and the server decodes no content codings. */
  record UnsupportedContentCoding() implements Rejection {}

  /**
   * The body is too large.
   *
   * @param limit the most bytes the operation takes
   */
  record ContentTooLarge(long limit) implements Rejection {}

  /**
   * The body has too many of something.
   *
   * @param message one sentence
   */
  record TooMuchContent(String message) implements Rejection {}

  /**
   * No security requirement is satisfied.
   *
   * @param challenges values of {@code WWW-Authenticate}
   * @param detail why, as a clause
   */
  record Unauthenticated(List<String> challenges, String detail) implements Rejection {}

  /**
   * Credentials are good, but do not grant enough.
   *
   * @param challenges values of {@code WWW-Authenticate}
   * @param missing scopes or roles that are missing
   * @param detail which for what, as a clause
   */
  record InsufficientScope(List<String> challenges, List<String> missing, String detail)
      implements Rejection {}

  /** Whoever knows the credential cannot be asked at present. The log knows more. */
  record Unverifiable() implements Rejection {}

  /** The request comes from a page of an origin that the CORS policy does not list. */
  record OriginNotAllowed() implements Rejection {}

  /**
   * A page of a listed origin asks for more than the CORS policy allows.
   *
   * @param reason a sentence
   */
  record PreflightDenied(String reason) implements Rejection {}

  /**
   * A page of another origin sent the request, and the browser added the credential.
   *
   * @param sameSite whether the browser says that the page is of the same site all the same
   */
  record CrossSite(boolean sameSite) implements Rejection {}

  /**
   * What is for this machine only is asked for under a name that is not this machine's.
   *
   * @param why why it is, as a clause
   */
  record NotThisMachine(String why) implements Rejection {}

  /**
   * A page of another site asks for what is for this machine only.
   *
   * @param why why it is, as a clause
   * @param fix what would be right, as a clause about pages
   */
  record ForeignPage(String why, String fix) implements Rejection {}

  /**
   * The operation is a WebSocket, and the request opens none.
   *
   * @param detail why not, as a sentence
   */
  record UpgradeRequired(String detail) implements Rejection {}

  /**
   * The client has asked for more than it may.
   *
   * @param standing how much that is, and when there is more
   */
  record RateLimited(Standing standing) implements Rejection {}

  /**
   * So many requests came from the client's address to where credentials are asked for that these
   * are not looked at.
   *
   * @param standing how many those may be, and when there is more
   */
  record AddressLimited(Standing standing) implements Rejection {}

  /**
   * Too many credentials that came from the client's address were refused.
   *
   * @param standing how many those may be, and when one is looked at again
   */
  record Barred(Standing standing) implements Rejection {}

  /** Too much is in flight. */
  record Overloaded() implements Rejection {}

  /** Too many requests of the operation are in flight. */
  record OperationOverloaded() implements Rejection {}

  /**
   * The body is not JSON.
   *
   * @param line where, counted from 1
   * @param column where, counted from 1
   * @param message what is wrong, without the place
   * @param violations what is wrong with the parameters
   */
  record MalformedJson(int line, int column, String message, List<RequestViolation> violations)
      implements Rejection {}

  /**
   * The body is not of the media type it claims.
   *
   * @param message what is wrong
   * @param violations what is wrong with the parameters
   */
  record MalformedBody(String message, List<RequestViolation> violations) implements Rejection {}

  /**
   * Parameters or body do not match the document.
   *
   * @param violations why, at most {@link DecodeLimits#violations}
   * @param omitted how many more there were
   */
  record Invalid(List<RequestViolation> violations, int omitted) implements Rejection {}

  /**
   * An item of the body, which was read while it came, does not match the document.
   *
   * @param which which item
   * @param why why
   */
  record InvalidItem(InvalidItemException which, Rejection why) implements Rejection {
    @Override
    public List<RequestViolation> violations() {
      return why.violations();
    }
  }

  /**
   * {@code Prefer} asks for what the document does not have.
   *
   * @param preference {@code code}, {@code example} or {@code dynamic}
   * @param available what could be asked for
   */
  record UnknownPreference(String preference, List<String> available) implements Rejection {}

  /** The resource is in another state than the client wants it to be (RFC 9110 section 13.1). */
  record PreconditionFailed() implements Rejection {}

  /**
   * The content has none of the parts that are asked for.
   *
   * @param length how many octets it has
   */
  record RangeNotSatisfiable(long length) implements Rejection {}

  /** Something of ours, or the handler, failed. The log knows more. */
  record InternalError() implements Rejection {}

  /** The handler's response broke the document and the check enforces it. The log knows more. */
  record ResponseContract() implements Rejection {}

  /**
   * Another service was to answer, and did not.
   *
   * @param failure what became of it
   */
  record Service(ServiceException failure) implements Rejection {}

  /**
   * The handler took too long.
   *
   * @param millis the deadline
   */
  record DeadlineExceeded(long millis) implements Rejection {}

  /**
   * The request never became one, or never became complete.
   *
   * @param failure why
   */
  record Broken(TransportFailure failure) implements Rejection {}
}
