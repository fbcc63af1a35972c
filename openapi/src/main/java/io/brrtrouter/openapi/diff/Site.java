package io.brrtrouter.openapi.diff;

/**
 * What is being compared.
 *
 * @param subject an operation, or the document
 * @param path where in it; empty for the whole
 */
record Site(String subject, String path) {
  static final Site DOCUMENT = new Site("document", "");

  Site in(String step) {
    return new Site(subject, path.isEmpty() ? step : path + " " + step);
  }
}
