package io.brrtrouter.codegen.model;

/** How one JSON string, number or boolean appears in Java. */
public enum Scalar {
  /** An integer of 32 bits. */
  INT("int", "java.lang.Integer"),
  /** An integer of 64 bits. */
  LONG("long", "java.lang.Long"),
  /** An integer without bounds, as far as 64 bits go. */
  INTEGER("long", "java.lang.Long"),
  /** An integer without bounds. */
  BIG_INTEGER("java.math.BigInteger", "java.math.BigInteger"),
  /** A number as a 32-bit float. */
  FLOAT("float", "java.lang.Float"),
  /** A number as a 64-bit double. */
  DOUBLE("double", "java.lang.Double"),
  /** A number, exact. */
  BIG_DECIMAL("java.math.BigDecimal", "java.math.BigDecimal"),
  /** A string of the format {@code decimal}. */
  DECIMAL_TEXT("java.math.BigDecimal", "java.math.BigDecimal"),
  /** A boolean. */
  BOOLEAN("boolean", "java.lang.Boolean"),
  /** A string. */
  STRING("java.lang.String", "java.lang.String"),
  /** A string of the format {@code date-time}. */
  DATE_TIME("java.time.OffsetDateTime", "java.time.OffsetDateTime"),
  /** A string of the format {@code date}. */
  DATE("java.time.LocalDate", "java.time.LocalDate"),
  /** A string of the format {@code uuid}. */
  UUID("java.util.UUID", "java.util.UUID"),
  /** A string of the format {@code uri}. */
  URI("java.net.URI", "java.net.URI"),
  /** A string of the format {@code byte}: base64. */
  BASE64("byte[]", "byte[]"),
  /** Octets as they are: a body that is not JSON, a string of {@code binary}. */
  BINARY("byte[]", "byte[]"),
  /** Octets that are a part of a multipart body, with file name and media type. */
  FILE("io.brrtrouter.schema.codec.FilePart", "io.brrtrouter.schema.codec.FilePart"),
  /** Octets that are read while they come: the whole body of an operation that streams it. */
  STREAM("java.io.InputStream", "java.io.InputStream"),
  /** An event of which the document does not say what it is. */
  EVENT("io.brrtrouter.schema.stream.RawEvent", "io.brrtrouter.schema.stream.RawEvent");

  private final String type;
  private final String boxed;

  Scalar(String type, String boxed) {
    this.type = type;
    this.boxed = boxed;
  }

  /** {@return the Java type, qualified, primitive where there is a primitive} */
  public String type() {
    return type;
  }

  /** {@return the Java type that can be null and be a type argument} */
  public String boxed() {
    return boxed;
  }

  /** {@return whether {@link #type} is primitive} */
  public boolean isPrimitive() {
    return !type.equals(boxed);
  }

  /** {@return whether servers and clients read and write parameters of it without a codec} */
  public boolean isPlain() {
    return switch (this) {
      case INT, LONG, INTEGER, BOOLEAN, STRING, BIG_DECIMAL, DECIMAL_TEXT -> true;
      case BIG_INTEGER,
          FLOAT,
          DOUBLE,
          DATE_TIME,
          DATE,
          UUID,
          URI,
          BASE64,
          BINARY,
          FILE,
          STREAM,
          EVENT ->
          false;
    };
  }

  /** {@return whether the JSON value is a number} */
  public boolean isNumber() {
    return compareTo(BIG_DECIMAL) <= 0;
  }

  /** {@return whether the JSON value is an integer} */
  public boolean isInteger() {
    return compareTo(BIG_INTEGER) <= 0;
  }

  /** {@return whether the JSON value is a string} */
  public boolean isText() {
    return !isNumber() && this != BOOLEAN;
  }
}
