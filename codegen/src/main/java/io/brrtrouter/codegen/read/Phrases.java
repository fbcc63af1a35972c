package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Operation.Status;
import java.nio.charset.Charset;
import java.util.Map;

/** Names of statuses (RFC 9110 section 15 and its registry) and of media types. */
final class Phrases {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(100, "Continue"),
          Map.entry(101, "SwitchingProtocols"),
          Map.entry(102, "Processing"),
          Map.entry(103, "EarlyHints"),
          Map.entry(200, "Ok"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(203, "NonAuthoritativeInformation"),
          Map.entry(204, "NoContent"),
          Map.entry(205, "ResetContent"),
          Map.entry(206, "PartialContent"),
          Map.entry(207, "MultiStatus"),
          Map.entry(208, "AlreadyReported"),
          Map.entry(300, "MultipleChoices"),
          Map.entry(301, "MovedPermanently"),
          Map.entry(302, "Found"),
          Map.entry(303, "SeeOther"),
          Map.entry(304, "NotModified"),
          Map.entry(307, "TemporaryRedirect"),
          Map.entry(308, "PermanentRedirect"),
          Map.entry(400, "BadRequest"),
          Map.entry(401, "Unauthorized"),
          Map.entry(402, "PaymentRequired"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(405, "MethodNotAllowed"),
          Map.entry(406, "NotAcceptable"),
          Map.entry(407, "ProxyAuthenticationRequired"),
          Map.entry(408, "RequestTimeout"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(411, "LengthRequired"),
          Map.entry(412, "PreconditionFailed"),
          Map.entry(413, "ContentTooLarge"),
          Map.entry(414, "UriTooLong"),
          Map.entry(415, "UnsupportedMediaType"),
          Map.entry(416, "RangeNotSatisfiable"),
          Map.entry(417, "ExpectationFailed"),
          Map.entry(421, "MisdirectedRequest"),
          Map.entry(422, "UnprocessableContent"),
          Map.entry(423, "Locked"),
          Map.entry(424, "FailedDependency"),
          Map.entry(425, "TooEarly"),
          Map.entry(426, "UpgradeRequired"),
          Map.entry(428, "PreconditionRequired"),
          Map.entry(429, "TooManyRequests"),
          Map.entry(431, "RequestHeaderFieldsTooLarge"),
          Map.entry(451, "UnavailableForLegalReasons"),
          Map.entry(500, "InternalServerError"),
          Map.entry(501, "NotImplemented"),
          Map.entry(502, "BadGateway"),
          Map.entry(503, "ServiceUnavailable"),
          Map.entry(504, "GatewayTimeout"),
          Map.entry(507, "InsufficientStorage"),
          Map.entry(508, "LoopDetected"),
          Map.entry(511, "NetworkAuthenticationRequired"));

  private static final String[] RANGES = {
    "Informational", "Success", "Redirection", "ClientError", "ServerError"
  };

  private Phrases() {}

  /** {@return the name of a record for a status} */
  static String name(Status status) {
    return switch (status) {
      case Status.Exactly(var code) -> NAMES.getOrDefault(code, "Status" + code);
      case Status.Range(var hundreds) -> RANGES[hundreds - 1];
      case Status.Otherwise() -> "Otherwise";
    };
  }

  /** {@return the name of a record for one of several media types} */
  static String mediaType(String mediaType) {
    String bare = MediaTypes.bare(mediaType);
    return switch (bare) {
      case "text/plain" -> "Text";
      case "application/x-www-form-urlencoded" -> "Form";
      case "multipart/form-data" -> "Multipart";
      case "*/*" -> "Any";
      default -> {
        String subtype = bare.substring(bare.indexOf('/') + 1);
        yield Names.shortened(
            Names.type(
                subtype.equals("*") ? "any " + bare.substring(0, bare.indexOf('/')) : subtype));
      }
    };
  }

  /** {@return whether Java can write in the charset of a media type; UTF-8 where it says none} */
  static boolean isCharsetKnown(String mediaType) {
    return MediaTypes.charset(mediaType).map(Phrases::isCharset).orElse(true);
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.forName(name).canEncode();
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
