package io.brrtrouter.codegen.model;

/**
 * The interface that has a method for every operation.
 *
 * @param name the name of the class
 * @param title the title of the document
 * @param docs what the document says about itself
 */
public record Api(ClassName name, String title, Docs docs) {}
