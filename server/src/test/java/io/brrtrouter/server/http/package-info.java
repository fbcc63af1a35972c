@NullMarked
package io.brrtrouter.server.http;

import org.jspecify.annotations.NullMarked;
