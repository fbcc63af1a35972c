package io.brrtrouter.openapi.read;

import org.jspecify.annotations.Nullable;

/**
 * The objects the specification defines (OpenAPI 3.1.1 section 4.8, 3.2.0 section 4), and those of
 * extensions that refer to them.
 */
enum Kind {
  OPENAPI("OpenAPI Object"),
  INFO("Info Object"),
  CONTACT("Contact Object"),
  LICENSE("License Object"),
  SERVER("Server Object"),
  SERVER_VARIABLE("Server Variable Object"),
  COMPONENTS("Components Object"),
  PATHS("Paths Object"),
  PATH_ITEM("Path Item Object", "pathItems"),
  OPERATION("Operation Object"),
  EXTERNAL_DOCS("External Documentation Object"),
  PARAMETER("Parameter Object", "parameters"),
  REQUEST_BODY("Request Body Object", "requestBodies"),
  MEDIA_TYPE("Media Type Object", "mediaTypes"),
  ENCODING("Encoding Object"),
  RESPONSES("Responses Object"),
  RESPONSE("Response Object", "responses"),
  CALLBACK("Callback Object", "callbacks"),
  EXAMPLE("Example Object", "examples"),
  LINK("Link Object", "links"),
  HEADER("Header Object", "headers"),
  TAG("Tag Object"),
  SCHEMA("Schema Object", "schemas"),
  DISCRIMINATOR("Discriminator Object"),
  XML("XML Object"),
  SECURITY_SCHEME("Security Scheme Object", "securitySchemes"),
  OAUTH_FLOWS("OAuth Flows Object"),
  OAUTH_FLOW("OAuth Flow Object"),
  SECURITY_REQUIREMENT("Security Requirement Object"),
  WEB_SOCKET("WebSocket Object"),
  MESSAGES("Messages Object");

  private final String title;
  private final @Nullable String section;

  Kind(String title) {
    this(title, null);
  }

  Kind(String title, @Nullable String section) {
    this.title = title;
    this.section = section;
  }

  /** {@return the specification's name of the object} */
  String title() {
    return title;
  }

  /** {@return the name with its article, as in "an Operation Object"} */
  String aTitle() {
    return Words.an(title);
  }

  /** {@return the field of the Components Object that holds such objects; null if none does} */
  @Nullable String section() {
    return section;
  }

  /**
   * {@return whether a Reference Object may stand where such an object is expected}. Path items and
   * schemas have a {@code $ref} of their own.
   */
  boolean replaceable(Version version) {
    return switch (this) {
      case SCHEMA, PATH_ITEM -> false;
      case MEDIA_TYPE -> version.atLeast(Version.V3_2);
      default -> section != null;
    };
  }
}
