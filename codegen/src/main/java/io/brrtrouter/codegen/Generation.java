package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Unfused;
import io.brrtrouter.openapi.Finding;
import java.util.List;
import java.util.Set;

/**
 * What was generated from a document.
 *
 * @param model every decision that was made
 * @param files the files, sorted by path
 * @param directories where its files are: whatever else was generated there is out of date
 * @param findings what could not be generated as the document means it, sorted by place; with an
 *     error among them, the code is of no use
 * @param unfused bodies and parameters whose decoders cannot decide alone
 */
public record Generation(
    JavaModel model,
    List<SourceFile> files,
    Set<String> directories,
    List<Finding> findings,
    List<Unfused> unfused) {

  /** Copies the collections. */
  public Generation {
    files = List.copyOf(files);
    directories = Set.copyOf(directories);
    findings = List.copyOf(findings);
    unfused = List.copyOf(unfused);
  }
}
