package io.brrtrouter.maven;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A document whose code another module has: an element of the parameter <code>shared</code>. */
public final class SharedDocument {
  private @Nullable File document;
  private @Nullable String packageName;

  /** Creates an element; Maven sets its values. */
  public SharedDocument() {}

  /**
   * Names the document.
   *
   * @param document the document
   */
  public void setDocument(File document) {
    this.document = document;
  }

  /**
   * Names the package.
   *
   * @param name the package that the document's code is generated in
   */
  public void setPackage(String name) {
    this.packageName = name;
  }

  /**
   * {@return document and package, as the generator reads them}
   *
   * @throws IllegalArgumentException with a sentence, when one of them is missing
   */
  String wanted() {
    if (document == null || packageName == null) {
      throw new IllegalArgumentException(
          "shared: an element "
              + (document == null ? "has no <document>" : "for " + document + " has no <package>")
              + "; give it both");
    }
    return document.getAbsolutePath() + "=" + packageName;
  }
}
