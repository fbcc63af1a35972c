@NullMarked
package io.brrtrouter.server.site;

import org.jspecify.annotations.NullMarked;
