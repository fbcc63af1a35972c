package io.brrtrouter.schema;

import static java.util.Map.entry;

import io.brrtrouter.schema.format.Base64Texts;
import io.brrtrouter.schema.format.DateTimes;
import io.brrtrouter.schema.format.Decimals;
import io.brrtrouter.schema.format.Durations;
import io.brrtrouter.schema.format.Emails;
import io.brrtrouter.schema.format.Hostnames;
import io.brrtrouter.schema.format.HttpDates;
import io.brrtrouter.schema.format.IpAddresses;
import io.brrtrouter.schema.format.JsonPointers;
import io.brrtrouter.schema.format.MediaRanges;
import io.brrtrouter.schema.format.StructuredFields;
import io.brrtrouter.schema.format.UriTemplates;
import io.brrtrouter.schema.format.Uris;
import io.brrtrouter.schema.format.Uuids;
import io.brrtrouter.schema.pattern.EcmaPattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The string formats known without registration: all of JSON Schema validation section 7.3, and the
 * string formats of the OpenAPI Format Registry (<a
 * href="https://spec.openapis.org/registry/format/">spec.openapis.org/registry/format</a>). Formats
 * of numbers ({@code int32} and the like) are not here.
 */
public final class Formats {
  /** Formats that say what a text means to people and exclude none. */
  private static final Format ANYTHING = text -> true;

  private static final Map<String, Format> BY_NAME =
      Map.ofEntries(
          // JSON Schema validation, sections 7.3.1 to 7.3.8.
          entry("date-time", DateTimes::isDateTime),
          entry("date", DateTimes::isDate),
          entry("time", DateTimes::isTime),
          entry("duration", Durations::isDuration),
          entry("email", Emails::isEmail),
          entry("idn-email", Emails::isIdnEmail),
          entry("hostname", Hostnames::isHostname),
          entry("idn-hostname", Hostnames::isIdnHostname),
          entry("ipv4", IpAddresses::isIpv4),
          entry("ipv6", IpAddresses::isIpv6),
          entry("uri", Uris::isUri),
          entry("uri-reference", Uris::isUriReference),
          entry("iri", Uris::isIri),
          entry("iri-reference", Uris::isIriReference),
          entry("uuid", Uuids::isUuid),
          entry("uri-template", UriTemplates::isUriTemplate),
          entry("json-pointer", JsonPointers::isJsonPointer),
          entry("relative-json-pointer", JsonPointers::isRelativeJsonPointer),
          entry("regex", EcmaPattern::isRegularExpression),
          // OpenAPI Format Registry.
          entry("base64url", Base64Texts::isBase64Url),
          entry("binary", ANYTHING),
          entry("byte", Base64Texts::isBase64),
          entry("char", Formats::isCharacter),
          entry("commonmark", ANYTHING),
          entry("date-time-local", DateTimes::isLocalDateTime),
          entry("decimal", Decimals::isDecimal),
          entry("decimal128", Decimals::isDecimal128),
          entry("html", ANYTHING),
          entry("http-date", HttpDates::isHttpDate),
          entry("media-range", MediaRanges::isMediaRange),
          entry("password", ANYTHING),
          entry("sf-binary", StructuredFields::isBinary),
          entry("sf-boolean", StructuredFields::isBoolean),
          entry("sf-string", StructuredFields::isString),
          entry("sf-token", StructuredFields::isToken),
          entry("time-local", DateTimes::isLocalTime));

  private Formats() {}

  /**
   * Looks a format up.
   *
   * @param name the value of the keyword, case-sensitive
   * @return the format, or empty when the name is unknown
   */
  public static Optional<Format> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** {@return every name {@link #named} knows} */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** One code point, so that every letter of every script is one. */
  private static boolean isCharacter(String text) {
    return text.length() == 1 || (text.length() == 2 && text.codePointCount(0, 2) == 1);
  }
}
