/**
 * The {@code brrt} command: {@link io.brrtrouter.cli.Main} and its subcommands. It never loads a
 * project's classes; {@code brrt run} forks the project's own JVM.
 */
@NullMarked
package io.brrtrouter.cli;

import org.jspecify.annotations.NullMarked;
