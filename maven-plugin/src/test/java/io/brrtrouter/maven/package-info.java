/** The plugin, by itself and in builds. */
@NullMarked
package io.brrtrouter.maven;

import org.jspecify.annotations.NullMarked;
