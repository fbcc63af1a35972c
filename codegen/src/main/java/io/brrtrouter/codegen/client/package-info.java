/**
 * What every generated Java client stands on. These classes are compiled and tested here, and
 * printed into the package of each client: they use the JDK and the schema module only, and nothing
 * in this module calls them.
 */
@NullMarked
package io.brrtrouter.codegen.client;

import org.jspecify.annotations.NullMarked;
