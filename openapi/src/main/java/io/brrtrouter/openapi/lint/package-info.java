/**
 * Looks for what is allowed but likely to hurt, and for violations that only the whole document
 * shows; renders findings for people and for machines.
 */
@NullMarked
package io.brrtrouter.openapi.lint;

import org.jspecify.annotations.NullMarked;
