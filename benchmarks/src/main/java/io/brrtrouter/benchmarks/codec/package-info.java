/**
 * What generated models and codecs look like, written by hand for the schemas {@code
 * pet.schema.json} and {@code payment.schema.json}, and measured.
 */
@NullMarked
package io.brrtrouter.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
