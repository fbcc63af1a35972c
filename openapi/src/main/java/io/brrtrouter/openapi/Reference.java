package io.brrtrouter.openapi;

import io.brrtrouter.openapi.source.LocatedNode;

/**
 * A reference of a document and what it points to, one step: the target may be a reference again.
 *
 * @param section the field of the Components Object that holds such objects, for example {@code
 *     parameters}; {@code pathItems} for path items
 * @param from the URI reference: the text of a {@code $ref}, {@code $dynamicRef} or discriminator
 *     mapping
 * @param target what it points to
 */
public record Reference(String section, LocatedNode from, LocatedNode target) {}
