package io.brrtrouter.server.websocket;

import io.brrtrouter.server.http.TokenList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What clients say of {@code permessage-deflate} (RFC 7692 section 7.1). Each message is compressed
 * for itself, so that a WebSocket at rest needs no memory for it.
 */
final class CompressionOffer {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_BITS = "server_max_window_bits";
  private static final String CLIENT_BITS = "client_max_window_bits";
  private static final String SERVER_ALONE = "server_no_context_takeover";
  private static final String CLIENT_ALONE = "client_no_context_takeover";

  /** What the server answers. A client may be asked to compress each message for itself. */
  static final String ACCEPTED = NAME + "; " + SERVER_ALONE + "; " + CLIENT_ALONE;

  /** The window of the JDK's compressor, which has no other. */
  private static final String WINDOW_BITS = "15";

  private static final Set<String> BITS =
      Set.of("8", "9", "10", "11", "12", "13", "14", WINDOW_BITS);

  private CompressionOffer() {}

  /**
   * {@return whether one of the offers can be accepted}
   *
   * @param extensions of the request
   */
  static boolean isIn(String extensions) {
    return TokenList.parse(extensions).stream()
        .flatMap(list -> list.elements().stream())
        .anyMatch(offer -> offer.token().equals(NAME) && isAcceptable(offer.parameters()));
  }

  private static boolean isAcceptable(List<TokenList.Parameter> parameters) {
    Set<String> seen = new HashSet<>();
    return parameters.stream().allMatch(each -> seen.add(each.name()) && isAcceptable(each));
  }

  private static boolean isAcceptable(TokenList.Parameter parameter) {
    Optional<String> value = parameter.value();
    return switch (parameter.name()) {
      case SERVER_ALONE, CLIENT_ALONE -> value.isEmpty();
      case SERVER_BITS -> value.equals(Optional.of(WINDOW_BITS));
      case CLIENT_BITS -> value.isEmpty() || BITS.contains(value.get());
      default -> false;
    };
  }
}
