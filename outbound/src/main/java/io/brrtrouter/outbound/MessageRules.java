package io.brrtrouter.outbound;

import io.brrtrouter.openapi.model.ReservedHeaders;
import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Tokens;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be sent at all, looked at when a message is made and when it is taken: by then somebody
 * is there to be told.
 */
final class MessageRules {
  static final int LARGEST_BODY = 1024 * 1024;
  private static final int LONGEST_NAME = 200;
  private static final int LARGEST_HEADERS = 16 * 1024;

  /** A tunnel, and what sends back the signature. */
  private static final Set<String> NO_METHODS = Set.of("CONNECT", "TRACE");

  private final AddressPolicy policy;

  MessageRules(AddressPolicy policy) {
    this.policy = policy;
  }

  /** Refuses what no receiver can be sent. */
  static void check(
      String operation,
      String method,
      List<Map.Entry<String, String>> headers,
      Optional<String> contentType,
      int body) {
    require(
        !operation.isEmpty() && operation.length() <= LONGEST_NAME,
        "the name of an operation has 1 to " + LONGEST_NAME + " characters");
    require(
        Tokens.isToken(method)
            && method.length() <= Method.LONGEST
            && !NO_METHODS.contains(method.toUpperCase(Locale.ROOT)),
        "\"" + method + "\" is no method that can be sent");
    require(body <= LARGEST_BODY, "a body has at most " + LARGEST_BODY + " octets, not " + body);
    for (Map.Entry<String, String> header : headers) {
      require(
          Tokens.isToken(header.getKey()),
          "\"" + header.getKey() + "\" is no name of a header field");
      require(
          !isReserved(header.getKey()),
          header.getKey() + " is a header field that a message cannot set");
    }
    int length = 0;
    for (Map.Entry<String, String> header : all(headers, contentType)) {
      require(
          Headers.isValue(header.getValue()),
          "the value of the header field " + header.getKey() + " cannot be sent");
      length += header.getKey().length() + header.getValue().length() + 2;
    }
    require(
        length <= LARGEST_HEADERS,
        "the header fields of a message have at most " + LARGEST_HEADERS + " octets");
  }

  private static boolean isReserved(String name) {
    return ReservedHeaders.isOfConnection(name)
        || ReservedHeaders.isOfSender(name)
        || name.equalsIgnoreCase("Content-Type");
  }

  private static List<Map.Entry<String, String>> all(
      List<Map.Entry<String, String>> headers, Optional<String> contentType) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    contentType.ifPresent(value -> all.add(Map.entry("Content-Type", value)));
    all.addAll(headers);
    return all;
  }

  NewDelivery checked(Receiver receiver, OutgoingMessage message, Instant time, Instant due) {
    URI url = url(receiver, message);
    String host = checkedHost(url);
    require(
        receiver.secret().orElse("").length() <= LONGEST_NAME,
        "the name of a secret has at most " + LONGEST_NAME + " characters");
    return new NewDelivery(
        TimeOrderedId.at(time),
        message.operation(),
        message.method(),
        url,
        host,
        AddressPolicy.port(url),
        receiver.secret(),
        all(message.headers(), message.contentType()),
        message.body(),
        time,
        due);
  }

  /** {@return the host of a URL that something may be sent to} */
  String checkedHost(URI url) {
    policy
        .refusal(url)
        .ifPresent(reason -> {
          throw new RefusedReceiverException("the URL of the receiver " + reason);
        });
    String host = AddressPolicy.host(url);
    if (host == null) {
      throw new RefusedReceiverException("the URL of the receiver names no host");
    }
    return host;
  }

  private static URI url(Receiver receiver, OutgoingMessage message) {
    if (message.query().isEmpty()) {
      return receiver.url();
    }
    String url = receiver.url().toString();
    boolean queried = receiver.url().getRawQuery() != null;
    String joint = !queried ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
    try {
      return new URI(url + joint + message.query());
    } catch (URISyntaxException unencoded) {
      throw new IllegalArgumentException("the query of a message is not encoded", unencoded);
    }
  }

  private static void require(boolean sound, String complaint) {
    if (!sound) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
