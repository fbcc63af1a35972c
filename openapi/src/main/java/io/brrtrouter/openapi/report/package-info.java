/** Forms in which what was found in documents is written, for people and for machines. */
@NullMarked
package io.brrtrouter.openapi.report;

import org.jspecify.annotations.NullMarked;
