package io.brrtrouter.codegen.model;

/**
 * A constraint that generated code does not check: the schema program has to.
 *
 * @param keyword the keyword
 * @param reason one clause that says why
 * @param origin where the keyword is written
 */
public record Unfusable(String keyword, String reason, Origin origin) {}
