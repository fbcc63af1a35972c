package io.brrtrouter.examples.petstore.shop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a user wrote.
 *
 * @param id made from the title
 * @param title the title
 * @param text the text, in Markdown
 * @param writtenAt when
 */
public record Post(@Nullable String id, String title, String text, @Nullable Instant writtenAt) {}
