/** Reads OpenAPI documents into the model, with findings and a load report. */
@NullMarked
package io.brrtrouter.openapi;

import org.jspecify.annotations.NullMarked;
