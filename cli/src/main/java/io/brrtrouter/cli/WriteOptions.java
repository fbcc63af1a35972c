package io.brrtrouter.cli;

import picocli.CommandLine.Option;

/** Options of every command that writes files. */
final class WriteOptions {
  @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
  private boolean dryRun;

  /** {@return whether nothing is to be written} */
  boolean dryRun() {
    return dryRun;
  }
}
