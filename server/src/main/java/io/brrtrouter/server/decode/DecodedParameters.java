package io.brrtrouter.server.decode;

import java.util.List;

/**
 * What the parameters of one request are, and everything that is wrong with them. Values are only
 * to be used when there is no violation.
 *
 * @param path path parameters
 * @param query query parameters, and the {@code querystring} parameter under its name
 * @param header header parameters
 * @param cookie cookie parameters
 * @param violations what is wrong, by place and in document order, at most {@link
 *     DecodeLimits#violations}
 * @param omitted how many more violations there are
 */
public record DecodedParameters(
    Parameters path,
    Parameters query,
    Parameters header,
    Parameters cookie,
    List<RequestViolation> violations,
    int omitted) {

  /** No parameters, nothing wrong. */
  public static final DecodedParameters NONE =
      new DecodedParameters(
          Parameters.EMPTY, Parameters.EMPTY, Parameters.EMPTY, Parameters.EMPTY, List.of(), 0);

  /** Copies the list. */
  public DecodedParameters {
    violations = List.copyOf(violations);
  }
}
