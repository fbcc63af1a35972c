package io.brrtrouter.examples.petstore.database;

/** The database does not answer, or not now. Nothing was changed; a later attempt may succeed. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
