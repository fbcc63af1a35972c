/** Files below a prefix, as the pages of a site and what belongs to them. */
@NullMarked
package io.brrtrouter.server.site;

import org.jspecify.annotations.NullMarked;
