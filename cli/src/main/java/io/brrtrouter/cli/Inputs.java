package io.brrtrouter.cli;

import io.brrtrouter.openapi.source.DocumentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at files named on the command line before anything else does. */
final class Inputs {
  private static final Pattern URL = Pattern.compile("(https?):/+(.*)");

  private Inputs() {}

  /** {@return the file, which exists and can be read} */
  static Path file(Path file) {
    if (file.toString().isEmpty()) {
      // Java takes it for the current directory.
      throw Failure.usage("a file name is missing");
    }
    DocumentReader.obstacle(file)
        .ifPresent(obstacle -> {
          throw Failure.failed(file + " " + obstacle);
        });
    if (!Files.exists(file)) {
      throw Failure.failed(absent(file));
    }
    if (Files.isDirectory(file)) {
      throw Failure.failed(file + " is a directory; name a file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw Failure.failed(
          file + " is a pipe, a socket or a device; save what it holds in a file and name that");
    }
    if (!Files.isReadable(file)) {
      throw Failure.failed(file + " cannot be read: permission denied");
    }
    return file;
  }

  /**
   * {@return the configuration file, which can be read: that of the option, else the variable's}
   */
  static Optional<Path> configuration(Optional<Path> option, Console console) {
    return option
        .or(() ->
            Optional.ofNullable(console.environment().get("BRRTR_CONFIG"))
                .filter(named -> !named.isEmpty())
                .map(Path::of))
        .map(Inputs::file);
  }

  /** {@return the certificates of a PEM file, one at least} */
  static List<X509Certificate> certificates(Path file) {
    try (InputStream content = Files.newInputStream(file(file))) {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each :
          CertificateFactory.getInstance("X.509").generateCertificates(content)) {
        chain.add((X509Certificate) each);
      }
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException | IOException unusable) {
      // Told below: neither says more about the file than that.
    }
    throw Failure.failed(
        file + " has no certificate; it is a PEM file with \"-----BEGIN CERTIFICATE-----\" in it");
  }

  private static String absent(Path file) {
    // A path knows no double slash.
    Matcher url = URL.matcher(file.toString());
    if (url.matches()) {
      return "documents are files, and %s://%s is a URL; download it and name the file"
          .formatted(url.group(1), url.group(2));
    }
    return file.toString().equals("-")
        ? "documents are files, standard input is not read; name a file"
        : "there is no file " + file;
  }

  /** {@return the directory, which exists} */
  static Path directory(Path directory) {
    DocumentReader.obstacle(directoryName(directory))
        .ifPresent(obstacle -> {
          throw Failure.failed(directory + " " + obstacle);
        });
    if (!Files.isDirectory(directory)) {
      throw Failure.failed("there is no directory " + directory);
    }
    return directory;
  }

  /** {@return the directory, which has a name; without one Java takes the current directory} */
  static Path directoryName(Path directory) {
    if (directory.toString().isEmpty()) {
      throw Failure.usage("a directory name is missing");
    }
    return directory;
  }
}
